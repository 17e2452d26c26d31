/** The hover texts of keys in an editor, in our own words; LibreChat's schema describes hardly any. `*` is an item or any key. */
export const descriptions: { readonly [path: string]: string } = {
  version: "The version of this file's format, as text: 1.3.17 for LibreChat v0.8.8, 1.3.13 for v0.8.7.",
  cache: "Keep the configuration in LibreChat's cache.",
  endpoints: "Which model providers LibreChat offers, and how it talks to them.",
  interface: "Which parts of the user interface are shown.",
  mcpServers: "MCP servers whose tools agents and conversations may use, by name.",
  mcpSettings: "Which addresses MCP servers may have.",
  modelSpecs: "Presets that users choose from instead of bare models.",
  registration: "Who may create an account.",
  fileConfig: "Limits of uploaded files, by endpoint.",
  rateLimits: "How many requests a user or an address may make.",
  memory: "What LibreChat remembers of a user between conversations.",
  summarization: "When and how a long conversation is shortened.",
  speech: "Speech to text and text to speech.",
  webSearch: "The search, scraper and reranker behind the web search tool.",
  "endpoints.custom": "Your own OpenAI-compatible endpoints.",
  "endpoints.custom.*.name": "The name that users see. It must be unique and not that of a built-in endpoint.",
  "endpoints.custom.*.apiKey":
    'The key. Write the name of a variable of .env, such as "${GROQ_API_KEY}", or user_provided to let each user enter theirs.',
  "endpoints.custom.*.baseURL":
    "The address of the API up to and including its version, such as https://api.groq.com/openai/v1; a variable or user_provided also works.",
  "endpoints.custom.*.headers": "Headers that are added to every request. Values may hold variables.",
  "endpoints.custom.*.models": "The models that the endpoint offers.",
  "endpoints.custom.*.models.default": "Models that are shown if `fetch` is off or fails. At least one.",
  "endpoints.custom.*.models.fetch": "Ask the endpoint's /models for the list when LibreChat starts.",
  "endpoints.custom.*.titleConvo": "Let a model write the title of each conversation.",
  "endpoints.custom.*.titleModel":
    "The model that writes titles. Without it, the model of the conversation writes them; choose a cheap one.",
  "endpoints.custom.*.titleMethod":
    "How the title is asked for: as plain text, through a tool call, or as structured output.",
  "endpoints.custom.*.titlePrompt": "The prompt that asks for the title.",
  "endpoints.custom.*.titleEndpoint": "The endpoint that writes titles, if not this one.",
  "endpoints.custom.*.modelDisplayLabel": "The name that is shown beside the answers.",
  "endpoints.custom.*.iconURL": "The address of an icon, or the name of a built-in one.",
  "endpoints.custom.*.streamRate":
    "Milliseconds between two pieces of a streamed answer. Without it, LibreChat v0.8.8 shows 40 pieces a second.",
  "endpoints.custom.*.addParams": "Parameters that are added to every request, whatever the user sets.",
  "endpoints.custom.*.dropParams":
    "Parameters that are never sent, because the endpoint refuses them. Some need LibreChat's own spelling too, such as frequencyPenalty.",
  "endpoints.custom.*.directEndpoint": "Use `baseURL` as it is and append no path.",
  "endpoints.custom.*.tokenConfig":
    "Context window and prices of models, by id. Without it, LibreChat guesses from the name.",
  "endpoints.custom.*.tokenConfig.*.prompt": "US dollars for a million input tokens.",
  "endpoints.custom.*.tokenConfig.*.completion": "US dollars for a million output tokens.",
  "endpoints.custom.*.tokenConfig.*.context": "The context window in tokens.",
  "endpoints.custom.*.tokenConfig.*.cacheRead": "US dollars for a million input tokens that are read from the cache.",
  "endpoints.custom.*.tokenConfig.*.cacheWrite": "US dollars for a million input tokens that are written to the cache.",
  "endpoints.custom.*.customParams": "How the endpoint differs from OpenAI's, and which parameters users may set.",
  "endpoints.custom.*.customParams.defaultParamsEndpoint":
    "Whose set of parameters users see, such as openAI, anthropic or google.",
  "endpoints.custom.*.customParams.reasoningFormat": "How the endpoint is asked to think.",
  "endpoints.custom.*.customParams.reasoningKey": "The field of the answer that holds the model's thinking.",
  "endpoints.custom.*.customParams.paramDefinitions": "Defaults and bounds of single parameters.",
};
