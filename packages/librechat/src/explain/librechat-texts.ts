/** A text that LibreChat itself writes into its log or shows to its user. No endpoint sent it. */
export interface LibreChatText {
  /** Tried on the error with its line breaks made spaces. Named groups fill the holes of `cause` and `fix`. */
  readonly pattern: RegExp;
  readonly cause: string;
  /** Sentences; one with a hole that the pattern did not fill is left out. */
  readonly fix: readonly string[];
  /** The line of librechat.yaml that mends it. */
  readonly librechat?: string;
  /** The error is noise: another error in the same log is the one to explain. */
  readonly isHarmless?: true;
  /** The thread, or the file of LibreChat, in which the text was read. */
  readonly source: string;
  /** The release, or the version of librechat-data-provider, that it was seen in. */
  readonly version: string;
}

const repository = "https://github.com/danny-avila/LibreChat";
const issue = (number: number): string => `${repository}/issues/${number}`;
const file = (path: string): string => `${repository}/blob/main/${path}`;
const azure = { source: file("packages/data-provider/src/azure.ts"), version: "librechat-data-provider 0.8.524" };
const shown = { source: file("client/src/locales/en/translation.json"), version: "0.8.7" };
const live = "0.8.7, measured 2026-11-28";
const doctor = "Run `llm-provider librechat doctor librechat.yaml`: it names the line.";
const typed = (type: string): string => String.raw`"(?:type|code)"\s*:\s*"${type}"`;

/** First match wins; the narrower text comes first. Read on 2026-11-28. */
export const libreChatTexts: readonly LibreChatText[] = [
  // The configuration
  {
    pattern: /ENOENT: no such file or directory, open '(?<path>[^']*\.ya?ml)'/,
    cause: "LibreChat found no file at {path}. In Docker that means the file is not in the container.",
    fix: [
      "Mount it in docker-compose.override.yml: under services.api.volumes, `{ type: bind, source: ./librechat.yaml, target: /app/librechat.yaml }`. Then run `docker compose up -d`.",
      "If Docker made a folder of that name on the host, delete the folder first.",
    ],
    source: issue(5070),
    version: "0.7.5",
  },
  {
    pattern: /EISDIR: illegal operation on a directory, read/,
    cause: "librechat.yaml is a folder in the container: Docker makes one where the file to be mounted was missing.",
    fix: ["Stop the containers, delete the folder, put the file in its place, and start again."],
    source: issue(5070),
    version: "0.7.5",
  },
  {
    pattern: /Invalid custom config file at (?<path>[^\s:[]+)/,
    cause: "LibreChat refuses {path}. It exits, or, in older releases, starts without any of it.",
    fix: [doctor, "A key that this release does not know is a slip, or belongs to a newer release: update LibreChat."],
    source: issue(5280),
    version: "0.7.6",
  },
  {
    pattern: /Config file YAML format is invalid|Failed to parse the YAML config|YAMLException/,
    cause: "librechat.yaml is not valid YAML, so LibreChat starts without it.",
    fix: [doctor, "The usual causes are a tab, a lost dash, and a wrong indentation."],
    source: file("api/server/services/Config/loadCustomConfig.js"),
    version: "0.8.7",
  },
  {
    pattern: /Custom config file missing or YAML format invalid/,
    cause: "LibreChat found no librechat.yaml, or could not read it.",
    fix: ["Look whether it is mounted at /app/librechat.yaml, or where CONFIG_PATH says.", doctor],
    source: file("api/server/services/Config/loadCustomConfig.js"),
    version: "0.8.7",
  },
  {
    pattern: /Failed to fetch the remote config file from (?<url>\S+)/,
    cause: "CONFIG_PATH is a URL, and LibreChat could not fetch the file from {url}.",
    fix: ["Try the URL with curl from the container. It must give the raw YAML, not a page about it."],
    source: file("api/server/services/Config/loadCustomConfig.js"),
    version: "0.8.7",
  },
  {
    pattern: /Please specify a correct `?imageOutputType/,
    cause: "`imageOutputType` in librechat.yaml has a value that LibreChat does not take; the server exits.",
    fix: ["Write png, webp or jpeg, in lower case."],
    source: file("api/server/services/Config/loadCustomConfig.js"),
    version: "0.8.7",
  },
  {
    pattern:
      /(?:defaultParamsEndpoint|paramDefinitions) of "(?<endpoint>[^"]+)" endpoint|Custom parameter definitions for "(?<name>[^"]+)"/,
    cause: "LibreChat refuses the `customParams` of an endpoint, and the server exits.",
    fix: [
      'Correct `customParams` of the endpoint "{endpoint}".',
      'Correct `customParams` of the endpoint "{name}".',
      doctor,
    ],
    source: file("api/server/services/Config/loadCustomConfig.js"),
    version: "0.8.7",
  },
  {
    pattern: /Outdated Config version: (?<version>[\d.]+)/,
    cause: "The `version` in librechat.yaml ({version}) is not the one of this release. LibreChat only remarks on it.",
    fix: ["Nothing is broken. `llm-provider librechat doctor librechat.yaml --fix` writes the right number."],
    isHarmless: true,
    source: file("api/server/services/AppService.js"),
    version: live,
  },
  {
    pattern: /\[?unrecognized_keys\b|Unrecognized key\(s\) in object/,
    cause: "LibreChat's schema refuses librechat.yaml: it has a key that this release does not know.",
    fix: [doctor, "A key that this release does not know is a slip, or belongs to a newer release: update LibreChat."],
    source: issue(4059),
    version: "0.7.5",
  },
  // Azure
  {
    pattern: /Azure configuration environment variable "(?<variable>[^"]+)" was not found/,
    cause: "The Azure group in librechat.yaml names {variable}, and LibreChat's .env does not set it.",
    fix: ["Set the variable in .env under that very name, and restart LibreChat."],
    ...azure,
  },
  {
    pattern: /Duplicate (?<what>model|group) name detected: "(?<name>[^"]+)"/,
    cause: 'Two Azure groups in librechat.yaml have the {what} "{name}". Names must be unique, so the server exits.',
    fix: ["Rename or delete one of the two under endpoints.azureOpenAI.groups."],
    librechat: "endpoints: { azureOpenAI: { groups: [ … ] } }   # each group and each model once",
    ...azure,
  },
  {
    pattern: /Model "(?<model>[^"]+)" in group "(?<group>[^"]+)".{0,40}? is missing a (?:required )?deploymentName/,
    cause: 'The Azure model "{model}" of the group "{group}" has no deploymentName or no version.',
    fix: ["Set `deploymentName` and `version` at the model or at its group, under endpoints.azureOpenAI.groups."],
    ...azure,
  },
  {
    pattern: /Group "(?<group>[^"]+)" is missing an "?instanceName/,
    cause: 'The Azure group "{group}" has no `instanceName`.',
    fix: [
      "Add it under endpoints.azureOpenAI.groups: the part of the address before `.openai.azure.com`. A serverless group needs `serverless: true` and `baseURL` instead.",
    ],
    ...azure,
  },
  {
    pattern: /Group "(?<group>[^"]+)" is (?:serverless but missing|missing the required base URL)/,
    cause: 'The serverless Azure group "{group}" has no `baseURL`.',
    fix: ["Add `baseURL` to the group under endpoints.azureOpenAI.groups."],
    ...azure,
  },
  {
    pattern:
      /Invalid Azure OpenAI (?:Assistants )?configuration|(?:Model|Group) named "(?<name>[^"]+)" not found in configuration/,
    cause: "LibreChat refuses endpoints.azureOpenAI.groups of librechat.yaml.",
    fix: ["Compare the groups with https://www.librechat.ai/docs/configuration/azure.", doctor],
    ...azure,
  },
  // Servers beside LibreChat
  {
    pattern: /MongooseServerSelectionError|MongoNetworkError|MongoServerSelectionError/,
    cause: "LibreChat cannot reach its database, MongoDB.",
    fix: ["Look whether the container `mongodb` runs, and at MONGO_URI in .env."],
    source: file(".env.example"),
    version: "0.8.7",
  },
  {
    pattern: /(?:Error|Failed).{0,20} (?:uploading|embedding|deleting) vectors|RAG_API_URL|rag_api/i,
    cause: "LibreChat's server for file search, rag_api, failed or cannot be reached.",
    fix: ["Look at the log of the container `rag_api`, and at RAG_API_URL and the key for embeddings in .env."],
    source: "https://www.librechat.ai/docs/configuration/rag_api",
    version: "0.8.7",
  },
  // Endpoints and keys
  {
    pattern: /Please set an API key for Google GenerativeAI|GOOGLE_(?:API_)?KEY environment variable/,
    cause:
      "The endpoint is named Google, or is the built-in one, so LibreChat uses its built-in Google client, and that one has no key.",
    fix: [
      'If it is your own endpoint, rename it in endpoints.custom, e.g. to "Gemini API".',
      "If you want the built-in one, set GOOGLE_KEY in .env.",
    ],
    librechat: 'endpoints: { custom: [{ name: "Gemini API", … }] }   # any name but Google',
    source: issue(6763),
    version: "0.7.7",
  },
  {
    pattern: /Missing (?<what>API Key|Base URL) for (?<endpoint>[^."]+)/i,
    cause: 'LibreChat found nothing behind the variable in `apiKey` or `baseURL` of the endpoint "{endpoint}".',
    fix: [
      "Set the variable in .env under the very name that librechat.yaml uses, and restart.",
      "`llm-provider librechat doctor librechat.yaml --env-file .env` shows which.",
    ],
    source: file("packages/api/src/endpoints/custom/initialize.ts"),
    version: "0.8.7",
  },
  {
    pattern: /Config not found for the (?<endpoint>.+?) custom endpoint|(?<name>\S+) (?:API key|Base URL) not provided/,
    cause: "The conversation belongs to an endpoint whose entry in librechat.yaml is missing or incomplete.",
    fix: [
      'Look for the endpoint "{endpoint}" in endpoints.custom: it was renamed or deleted. Start a new conversation.',
      'Complete `apiKey` and `baseURL` of "{name}" in endpoints.custom.',
    ],
    source: file("packages/api/src/endpoints/custom/initialize.ts"),
    version: "0.8.7",
  },
  {
    pattern: /Provider (?<provider>\S+) not supported/,
    cause:
      'LibreChat\'s own error, not an endpoint\'s: it looked for a client for "{provider}" and has none. With "agents", a conversation or preset names the agents endpoint where a model\'s provider belongs.',
    fix: [
      "Open the agent, choose its provider and model again, and save it.",
      "Look at presets and at modelSpecs in librechat.yaml: `endpoint: agents` needs an `agent_id`.",
      "Start a new conversation: an old one may hold an endpoint that no longer exists.",
    ],
    source: issue(12699),
    version: "0.8.5",
  },
  {
    pattern: new RegExp(
      `${typed("illegal_model_request")}(?:.{0,80}?"info"\\s*:\\s*"(?<info>[^"]*)")?|Illegal model request|The model ".+" is not available for .+ select a different model`,
    ),
    cause: "LibreChat itself refused the model: it is not in the endpoint's list.",
    fix: [
      "The request was for {info} (endpoint|model).",
      "Add the model to `models.default`. With `models.fetch: true` the list comes from the endpoint: if that request fails, for a wrong key for instance, the list is short, and the log says so earlier.",
    ],
    librechat: 'models: { default: ["<the model>"] }',
    source: file("api/server/middleware/validateModel.js"),
    version: live,
  },
  {
    pattern: new RegExp(
      `${typed("(?:endpoint_)?models_not_loaded")}|Models (?:for .+|configuration) could not be loaded|Failed to (?:fetch|load) models from (?<endpoint>.{1,40}?) ?API`,
    ),
    cause: "LibreChat could not fetch the endpoint's list of models.",
    fix: [
      "Look at `baseURL` and the key: LibreChat asks for `/models` behind `baseURL`.",
      "Or list the models yourself and fetch none.",
    ],
    librechat: 'models: { default: ["<model>"], fetch: false }',
    source: issue(1626),
    version: "0.8.7",
  },
  {
    pattern: new RegExp(`${typed("missing_model")}|No model selected for `),
    cause: "The conversation has no model.",
    fix: ["Choose a model. In modelSpecs, each `preset` needs `model`."],
    ...shown,
  },
  {
    pattern: new RegExp(
      `${typed("(?:no|invalid|expired)_user_key")}|No key found\\. Please provide a key|Provided key for .+ expired|Invalid key provided\\. Please provide`,
    ),
    cause: "The endpoint has `apiKey: user_provided`, and this user's key is missing, wrong or expired.",
    fix: [
      "Enter the key in LibreChat, at the endpoint's name in the menu of models.",
      "Or give one key for everybody: write a variable into `apiKey`.",
    ],
    ...shown,
  },
  {
    pattern: new RegExp(`${typed("(?:no|invalid)_base_url")}|No base URL found\\. Please provide`),
    cause: "The endpoint has `baseURL: user_provided`, and this user has given none.",
    fix: ["Enter it in LibreChat, at the endpoint's name in the menu of models, or write it into librechat.yaml."],
    ...shown,
  },
  // Limits that LibreChat counts itself
  {
    pattern: new RegExp(
      `latest message token count is too long|${typed("INPUT_LENGTH")}|Your message needs .+ tokens, but`,
      "i",
    ),
    cause:
      "LibreChat's own count: the message is longer than the window that LibreChat takes for this model. The window comes from `tokenConfig`, or is assumed where the model is not in LibreChat's table.",
    fix: [
      "Write the model's real window; `llm-provider librechat add` does it.",
      'Or raise "Max Context Tokens" in the conversation\'s parameters, or send a shorter message.',
    ],
    librechat: 'tokenConfig: { "<model>": { prompt: …, completion: …, context: … } }',
    ...shown,
  },
  {
    pattern: new RegExp(
      `${typed("(?:final_context_overflow|empty_messages)")}|empty_messages|All messages (?:were )?pruned`,
      "i",
    ),
    cause: "LibreChat cut the conversation to the window that it takes for this model, and no message was left.",
    fix: [
      "Write the model's real window; `llm-provider librechat add` does it. Long instructions and many tools count too.",
    ],
    librechat: 'tokenConfig: { "<model>": { prompt: …, completion: …, context: … } }',
    source: issue(14228),
    version: "0.8.7",
  },
  {
    pattern: new RegExp(`${typed("token_balance")}|Insufficient Funds! Balance: (?<balance>[\\d.-]+)`),
    cause:
      "LibreChat's own balance of this user is too small for the message; no provider was asked. The account at the provider has nothing to do with it.",
    fix: ["Add credits with `npm run add-balance`, or switch the balance off."],
    librechat: "balance: { enabled: false }",
    source: issue(4672),
    version: "0.8.7",
  },
  {
    pattern: new RegExp(
      `${typed("(?:message_limit|concurrent)")}|You hit the message limit|Only \\d+ messages? at a time`,
    ),
    cause: "LibreChat's own limit for users: too many messages at once, or in its window of time.",
    fix: [
      "Wait, or change LIMIT_CONCURRENT_MESSAGES, CONCURRENT_MESSAGE_MAX, MESSAGE_IP_MAX and MESSAGE_USER_MAX in .env.",
    ],
    source: file(".env.example"),
    version: "0.8.7",
  },
  {
    pattern: new RegExp(`${typed("ban")}|temporarily banned due to violations`),
    cause: "LibreChat banned this user or address, after too many violations of its own limits.",
    fix: ["Wait for the ban to end (BAN_DURATION in .env), or set BAN_VIOLATIONS=false."],
    source: file(".env.example"),
    version: "0.8.7",
  },
  {
    pattern: new RegExp(`${typed("moderation")}|flagged by our moderation system`),
    cause: "LibreChat's own moderation (OPENAI_MODERATION in .env) stopped the message; the endpoint was not asked.",
    fix: ["Change the message, or switch the moderation off in .env."],
    ...shown,
  },
  // Model specs and agents
  {
    pattern: /No model spec selected|Model spec mismatch|Invalid model spec/,
    cause:
      "modelSpecs in librechat.yaml is enforced, and the message was sent with an endpoint or model that no spec has.",
    fix: [
      "Set `enforce: false`, or choose one of the specs. `endpoint` and `model` in a spec's `preset` must be written as in endpoints.custom.",
    ],
    librechat: "modelSpecs: { enforce: false }",
    source: issue(5283),
    version: "0.7.6",
  },
  {
    pattern: new RegExp(`${typed("invalid_agent_provider")}|provider is not available for use with Agents`),
    cause: "The agent uses a provider that endpoints.agents.allowedProviders does not list.",
    fix: ["Add the endpoint's name to the list, or choose another provider in the agent."],
    librechat: 'endpoints: { agents: { allowedProviders: ["<endpoint>"] } }',
    ...shown,
  },
  {
    pattern: new RegExp(`${typed("google_tool_conflict")}|built-in Google tools are not supported with external tools`),
    cause: "Google takes its own search tool or other tools, not both in one request.",
    fix: ['Switch "Grounding with Google Search" off, or remove the agent\'s other tools.'],
    ...shown,
  },
  {
    pattern: /Recursion limit of (?<limit>\d+) reached|GRAPH_RECURSION_LIMIT/,
    cause: "The agent took more steps than LibreChat allows.",
    fix: ["Raise the limit, or look why the model calls its tools again and again."],
    librechat: "endpoints: { agents: { recursionLimit: 50, maxRecursionLimit: 100 } }",
    source: "https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/agents",
    version: "0.8.7",
  },
  // Titles
  {
    pattern: /Title generation timeout/,
    cause: "The title took longer than LibreChat waits (45 s). The answer itself is not touched.",
    fix: [
      "Set `titleModel` to a small, quick model. If every request is slow, look for retries: a parameter that the endpoint refuses is sent again and again.",
    ],
    librechat: 'titleModel: "<a small model>"',
    source: file("api/server/services/Endpoints/agents/title.js"),
    version: live,
  },
  {
    pattern: /Received non-string content from /,
    cause:
      "The endpoint sent its answer in parts (text and thinking), and LibreChat drops those that are not plain text.",
    fix: ["Turn the thinking of this model off, or use a gateway that sends it as `reasoning_content`."],
    source: file("api/server/controllers/agents/client.js"),
    version: live,
  },
  // MCP and tools
  {
    pattern:
      /\[MCP\]\[(?<server>[^\]]+)\].*?(?:initialization timed out|Connection timeout)|MCP server.{0,40}initialization timed out/i,
    cause: "The MCP server did not answer in time. With `npx` or `uvx`, the first start downloads the package.",
    fix: [
      'Raise `initTimeout` of "{server}" in mcpServers.',
      "On Windows, LibreChat in Docker runs the command inside the container, which must have it.",
    ],
    librechat: 'mcpServers: { "<server>": { initTimeout: 120000 } }',
    source: issue(6923),
    version: live,
  },
  {
    pattern: /OAuth authentication required|\[MCP\]\[(?<server>[^\]]+)\].*?OAuth (?:is )?required/i,
    cause: "The MCP server answered 401, so LibreChat takes it for one with OAuth and lists no tools.",
    fix: ["If your entry sends a key in `headers`, say that it needs no OAuth."],
    librechat: 'mcpServers: { "<server>": { requiresOAuth: false } }',
    source: "https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/mcp_servers",
    version: live,
  },
  {
    pattern:
      /MCP_DOMAIN_NOT_ALLOWED|Domain \\?"(?<domain>[^"\\]+)\\?" is not allowed|MCP server domain is not (?:in the )?allowed/,
    cause:
      "LibreChat blocks the MCP server's address: private addresses need leave, and so does every address once mcpSettings.allowedDomains is set.",
    fix: [
      "Allow {domain} under mcpSettings: `allowedAddresses` takes host:port of a private server, `allowedDomains` the rest.",
    ],
    librechat: 'mcpSettings: { allowedAddresses: ["<host>:<port>"] }',
    source: issue(11387),
    version: "0.8.2",
  },
  {
    pattern:
      /\[MCP\]\[(?<server>[^\]]+)\].*?spawn (?<command>\S+) ENOENT|spawn (?<program>npx|uvx|python3?|node|docker) ENOENT/,
    cause: "LibreChat could not start the MCP server's command: there is no such program where LibreChat runs.",
    fix: [
      "In Docker, the command runs inside LibreChat's container, which has `node` and `npx` but no `{command}`.",
      "Use a container that has it, or run the server elsewhere and give its `url`.",
    ],
    source: issue(5808),
    version: "0.7.6",
  },
  {
    pattern: /\[MCP\]\[(?<server>[^\]]+)\].*?(?:\b401\b|\b403\b|Unauthorized|invalid_token|Forbidden)/i,
    cause: 'The MCP server "{server}" refused the key, or got none.',
    fix: [
      "Look at `headers` of the server in mcpServers, and whether their variables are set in .env.",
      "If it takes a key and no OAuth, add `requiresOAuth: false`.",
    ],
    source: "https://www.librechat.ai/docs/configuration/librechat_yaml/object_structure/mcp_servers",
    version: "0.8.7",
  },
  {
    pattern: /MCP error -32000: Connection closed/,
    cause: "The MCP server's program ended right after its start.",
    fix: ["Run its `command` and `args` by hand to see what it says. A missing key in `env` is the usual cause."],
    source: issue(6923),
    version: "0.7.7",
  },
  {
    pattern: /\[MCP\]\[(?<server>[^\]]+)\].*?(?:fail|error)/i,
    cause: 'LibreChat could not reach the MCP server "{server}".',
    fix: [
      "Look at its entry in mcpServers: `type: streamable-http` belongs beside a `url`, and a key into `headers`.",
      doctor,
    ],
    source: issue(14094),
    version: "0.8.7",
  },
  {
    pattern: /No plugin auth (?<variable>\w+) found/,
    cause: "Harmless: LibreChat asked for {variable}, which is optional, and this user has set none.",
    fix: ["Nothing needs to be done, unless a web search fails; then set {variable} in .env."],
    isHarmless: true,
    source: "https://www.librechat.ai/docs/features/web_search",
    version: live,
  },
];
