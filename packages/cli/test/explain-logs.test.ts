import { expect, test } from "vitest";
import { canary, runCommand } from "./run-command.ts";

interface Case {
  readonly what: string;
  readonly provider?: string;
  readonly input: string;
  readonly says: readonly RegExp[];
  readonly never?: readonly RegExp[];
  /** @default 0 */
  readonly code?: number;
}

const client = "[api/server/controllers/agents/client.js #sendCompletion]";
const link = "Troubleshooting URL: https://js.langchain.com/docs/troubleshooting/errors/MODEL_NOT_FOUND/";
const anyVendor = /\b(?:DeepSeek|Fireworks|Groq|Mistral|Ollama|OpenRouter|xAI)\b|^OpenAI/;

const cases: readonly Case[] = [
  // Unknown paths: the model is not the cause.
  ...[
    ["Error: 404 Invalid URL (POST /v1/chat/completions/chat/completions)", undefined],
    ['404 {"message":"no Route matched with those values","request_id":"abc"}', "mistral"],
    [
      '404 {"error":{"message":"Path not found: /v1/v1/chat/completions","param":null,"code":"NOT_FOUND","type":"error"}}',
      undefined,
    ],
    [
      '404 {"error":{"code":404,"message":"The requested resource was not found. Please check the URL and try again. Documentation is available at https://docs.x.ai/"}}',
      undefined,
    ],
    [
      "Unhandled error type 404 Unknown request URL: POST /openai/chat/completions. Please check the URL for typos",
      undefined,
    ],
  ].map(([input, provider]): Case => ({
    what: `an unknown path: ${input!.slice(0, 30)}`,
    input: input!,
    ...(provider && { provider }),
    says: [/has nothing at this path/, /baseURL:/],
    never: [/models: \{/],
  })),
  {
    what: "Ollama's message for a model that was not pulled, at /v1",
    input: '404 model "llama3" not found, try pulling it first',
    says: [/^Ollama/m, /ollama pull/],
  },
  {
    what: "OpenRouter's message for input that no provider accepts",
    input: "404 No endpoints found that support image input",
    says: [/^OpenRouter/m, /No provider of this model supports/],
    never: [/models: \{/],
  },
  {
    what: "Groq's message for invalid JSON by the model, without a code",
    provider: "groq",
    input: `2026-03-01 10:00:00 error: ${client} Operation aborted 400 Failed to validate JSON. Please adjust your prompt. See 'failed_generation' for more details.`,
    says: [/invalid-response/, /did not write valid JSON/],
  },
  // LibreChat's own messages
  {
    what: "two Azure groups with one model",
    input: `2026-05-02 09:00:00 error: Invalid Azure OpenAI configuration:\nDuplicate model name detected: "o4-mini". Model names must be unique across groups.`,
    says: [/the model "o4-mini"/, /endpoints\.azureOpenAI\.groups/],
    never: [anyVendor],
  },
  {
    what: "an Azure model without a deployment, thrown at the start",
    input: `2026-05-02 09:00:00 info: Connected to MongoDB\n/app/api/server/index.js:40\n    throw new Error(message);\n    ^\n\nError: Invalid Azure OpenAI configuration:\nModel "gpt-5" in group "east" is missing a required deploymentName or version.\n    at AppService (/app/api/server/services/AppService.js:80:13)`,
    says: [/"gpt-5" of the group "east"/, /`deploymentName` and `version`/],
  },
  {
    what: "an Azure variable that is not set, in an agent's error",
    input: `{"level":"error","message":"[api/server/controllers/agents/client.js #sendCompletion] Unhandled error type Azure configuration environment variable \\"\${AZURE_EAST_KEY}\\" was not found."}`,
    says: [/\$\{AZURE_EAST_KEY\}/, /\.env/],
    never: [anyVendor],
  },
  {
    what: "a key unknown to the release, after another container's lines",
    input: [
      'chat-mongodb  | {"t":{"$date":"2026-05-02T09:00:00Z"},"s":"I","msg":"Connection accepted"}',
      "LibreChat     | 2026-05-02 09:00:01 error: Invalid custom config file at /app/librechat.yaml:",
      "LibreChat     | {",
      'LibreChat     |   "issues": [',
      "LibreChat     |     {",
      'LibreChat     |       "code": "unrecognized_keys",',
      'LibreChat     |       "keys": [ "memory" ],',
      'LibreChat     |       "path": [],',
      'LibreChat     |       "message": "Unrecognized key(s) in object: \'memory\'"',
      "LibreChat     |     }",
      "LibreChat     |   ]",
      "LibreChat     | }",
      'chat-mongodb  | {"t":{"$date":"2026-05-02T09:00:02Z"},"s":"I","msg":"Connection ended"}',
    ].join("\n"),
    says: [/`memory` at the top/, /librechat doctor/],
  },
  {
    what: "a file that is not in the container, in winston's form",
    input:
      "api-1  | 2026-05-02 09:00:01 error: Config file YAML format is invalid: ENOENT: no such file or directory, open '/app/librechat.yaml'",
    says: [/no file at \/app\/librechat\.yaml/, /Mount it/],
  },
  {
    what: "Google's built-in client without a key",
    input:
      "Something went wrong. Here's the specific error message we encountered: An error occurred while processing the request: Please set an API key for Google GenerativeAI in the environment variable GOOGLE_API_KEY or in the `apiKey` field",
    says: [/named Google/, /endpoints\.custom/],
  },
  {
    what: "the agents endpoint as a provider, in a whole log",
    input:
      '2026-05-02 09:00:00 info: Server listening\n2026-05-02 09:00:05 error: [ResumableAgentController] Generation error for 77aa-b: Provider Agents not supported {"userId":"68f"}\n2026-05-02 09:00:06 info: next',
    says: [/"Agents"/, /not an endpoint's/],
    never: [/--provider/],
  },
  {
    what: "LibreChat's own count of tokens, by its type",
    input: `2026-05-02 09:00:00 error: [handleAbortError] AI response error; aborting request: { "type": "INPUT_LENGTH", "info": "214500 / 32000" }`,
    says: [/LibreChat's own count/, /tokenConfig/],
    never: [anyVendor],
  },
  {
    what: "a model that LibreChat refuses, in an event of its stream",
    input: `event: error\ndata: {"error":"{ \\"type\\": \\"illegal_model_request\\", \\"info\\": \\"Acme|acme-1\\" }"}`,
    says: [/LibreChat itself refused the model/, /Acme\|acme-1/],
  },
  {
    what: "a model that LibreChat refuses, in its log",
    input: "2026-11-28 10:00:00 warn: [validateModel] illegal_model_request",
    says: [/LibreChat itself refused the model/],
    never: [anyVendor],
  },
  {
    what: "LibreChat's balance",
    input: "Insufficient Funds! Balance: 0. Prompt tokens: 112. Cost: 336.",
    says: [/LibreChat's own balance/, /balance: \{ enabled: false \}/],
    never: [anyVendor],
  },
  {
    what: "an enforced model spec",
    input: "Something went wrong. Here's the specific error message we encountered: Model spec mismatch",
    says: [/modelSpecs/, /enforce: false/],
  },
  {
    what: "an MCP server that is slow to start",
    input: "LibreChat | 2026-05-02 09:00:00 error: [MCP][files] Server initialization timed out",
    says: [/`initTimeout` of "files"/],
  },
  {
    what: "an MCP server that LibreChat treats as an OAuth server",
    input: "2026-05-02 09:00:00 error: [MCP][search] OAuth authentication required",
    says: [/requiresOAuth: false/],
  },
  {
    what: "a program missing from the container",
    input: "2026-05-02 09:00:00 error: [MCP][clock] Connection failed: spawn uvx ENOENT",
    says: [/no such program/, /no `uvx`/],
  },
  {
    what: "a private MCP address, in a JSON line with a stack",
    input: `{"code":"MCP_DOMAIN_NOT_ALLOWED","domain":"http://10.0.0.8:9000","level":"error","message":"[createMCPServer] Domain \\"http://10.0.0.8:9000\\" is not allowed","stack":"MCPDomainNotAllowedError: Domain\\n    at x (/app/index.js:1:1)","statusCode":403}`,
    says: [/allowedAddresses/, /10\.0\.0\.8:9000/],
  },
  {
    what: "a title that took too long",
    input: "2026-05-02 09:00:00 error: [titleConvo] Title generation timeout",
    says: [/titleModel/, /answer itself is not affected/],
  },
  {
    what: "a harmless line alone",
    input: "2026-05-02 09:00:00 error: No plugin auth FIRECRAWL_API_URL found for user",
    says: [/Harmless/, /FIRECRAWL_API_URL/],
  },
  // Choosing the error of a log
  {
    what: "the last error of a log, not an older one",
    provider: "groq",
    input: [
      "2026-05-02 08:00:00 error: [fetchModels] getaddrinfo ENOTFOUND api.groq.example",
      "2026-05-02 09:00:00 info: ok",
      `2026-05-02 09:10:00 error: ${client} Unhandled error type 401 Invalid API Key`,
      "",
      link,
      ' {"userId":"68f0"}',
      "2026-05-02 09:10:01 error: No plugin auth JINA_API_URL found",
      "2026-05-02 09:10:02 info: done",
    ].join("\n"),
    says: [/HTTP 401 · invalid-key/, /GROQ_API_KEY/],
    never: [/ENOTFOUND|host name/, /LangChain/],
  },
  {
    what: "an announcement whose error is in the next lines",
    provider: "deepseek",
    input: `2026-05-02 09:00:00 error: ${client} Unhandled error type\n402 Insufficient Balance\n    at APIError.generate (/app/node_modules/openai/error.js:44:20)`,
    says: [/HTTP 402 · quota/],
    never: [/no words/],
  },
  {
    what: "an announcement whose error is in the entry before",
    provider: "deepseek",
    input: `2026-05-02 09:00:00 error: [handleAbortError] AI response error; aborting request: 402 Insufficient Balance\n2026-05-02 09:00:00 error: ${client} Unhandled error type {"userId":"1"}`,
    says: [/HTTP 402 · quota/],
  },
  {
    what: "colors, Windows line ends, and a pod's prefix",
    provider: "mistral",
    input: `[pod/librechat-0/librechat] 2026-05-02 09:00:00 info: up\r\n[pod/librechat-0/librechat] \u001B[31m2026-05-02 09:00:01 error: [x] 422 {"detail":[{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted"}]}\u001B[39m\r\n`,
    says: [/does not take `user`/, /dropParams: \["user"\]/],
  },
  // Finding the provider
  {
    what: "a limit per minute without a proven provider",
    input: `2026-05-02 09:00:00 error: ${client} Unhandled error type 429 Rate limit reached for model \`m\` on tokens per minute (TPM): Limit 8000. Please try again in 12.5s.`,
    says: [/^error|HTTP 429 · rate-limit/, /Wait 12\.5 s/],
    never: [anyVendor, /day/],
  },
  {
    what: "a message that two providers share",
    input: "404 The model `acme-9` does not exist or you do not have access to it.",
    says: [/not-found/],
    never: [anyVendor],
  },
  {
    what: "a provider proven by its host, in curl's output",
    input: `* Connected to api.mistral.ai\n> POST /v1/chat/completions HTTP/2\n> Host: api.mistral.ai\n> authorization: Bearer sk-${canary}\n>\n< HTTP/2 429\n< content-type: application/json\n< retry-after: 7\n<\n{"object":"error","message":"Requests rate limit exceeded","type":"rate_limited","code":"1300"}`,
    says: [/^error|Mistral · HTTP 429/, /Wait 7 s/],
  },
  {
    what: "a local port that proves a provider",
    input:
      "FetchError: request to http://localhost:11434/v1/chat/completions failed, reason: connect ECONNREFUSED 127.0.0.1:11434",
    says: [/^Ollama/, /container itself/],
  },
  {
    what: "another local server, which nothing identifies",
    input: "connect ECONNREFUSED 127.0.0.1:8080",
    says: [/Nothing listens/],
    never: [anyVendor],
  },
  // A rule applies only with its own pattern and status
  {
    what: "the message of a 413 does not explain a 429",
    provider: "groq",
    input: `An error occurred while processing the request: 429 Rate limit reached for model \`m\` on tokens per minute (TPM): Limit 6000, Used 5900, Requested 300. Please try again in 2s.`,
    says: [/limit per minute/],
    never: [/never pass/, /daily limit/],
  },
  {
    what: "a limit per day",
    provider: "groq",
    input:
      "429 Rate limit reached for model `m` on tokens per day (TPD): Limit 100000, Used 99900, Requested 4000. Please try again in 56m9.6s.",
    says: [/daily limit/, /Wait 57 minutes/],
  },
  // Fields
  {
    what: "a field of a tool",
    provider: "mistral",
    input:
      '422 {"detail":[{"type":"extra_forbidden","loc":["body","tools",0,"function","strict"],"msg":"Extra inputs are not permitted"}]}',
    says: [/`strict` inside `tools`/],
    never: [/dropParams/, /\{detail/],
  },
  {
    what: "a field of a message by its path",
    input: "400 messages.2.reasoning: Extra inputs are not permitted",
    says: [/`reasoning` inside `messages`/, /includeReasoningHistory: false/],
    never: [/dropParams/, anyVendor],
  },
  {
    what: "a value, not a parameter",
    provider: "mistral",
    input:
      '422 {"detail":[{"type":"less_than_equal","loc":["body","temperature"],"msg":"Input should be less than or equal to 1.5"}]}',
    says: [/refuses the value of `temperature`/],
    never: [/dropParams/],
  },
  {
    what: "messages are never dropped",
    provider: "mistral",
    input:
      '422 {"detail":[{"type":"extra_forbidden","loc":["body","messages"],"msg":"Extra inputs are not permitted"}]}',
    says: [/messages/],
    never: [/dropParams/],
  },
  // Forms
  {
    what: "an error of OpenAI's SDK as Node prints it",
    input: `BadRequestError: 400 Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\n    at APIError.generate (file:///app/node_modules/openai/error.mjs:41:20)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5) {\n  status: 400,\n  headers: Headers {},\n  error: {\n    message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",\n    type: 'invalid_request_error',\n    param: 'max_tokens',\n    code: 'unsupported_parameter'\n  },\n  code: 'unsupported_parameter'\n}`,
    says: [/HTTP 400 · unsupported-parameter/, /dropParams: \["max_tokens","maxTokens"\]/],
  },
  {
    what: "an error of OpenAI's SDK as Python prints it",
    input:
      "openai.BadRequestError: Error code: 400 - {'error': {'message': \"This model's maximum context length is 8192 tokens.\", 'type': 'invalid_request_error', 'param': None, 'code': 'context_length_exceeded'}}",
    says: [/HTTP 400 · context-overflow/, /tokenConfig/],
  },
  {
    what: "a web page where JSON was expected",
    input: `2026-05-02 09:00:00 error: ${client} Unhandled error type Unexpected token '<', "<!DOCTYPE "... is not valid JSON`,
    says: [/web page, not JSON/],
  },
  {
    what: "a path unknown to the server, after a screenshot's sentence",
    input:
      "Something went wrong. Here’s the specific error message we encountered: An error occurred while processing the request: 404 404 page not found",
    says: [/nothing at this path/, /\/v1/],
    never: [/pull/],
  },
  {
    what: "an axios error with the reason in its cause",
    input: `{"cause":{"code":"ENOTFOUND","message":"getaddrinfo ENOTFOUND llm"},"level":"error","message":"${client} Unhandled error type Connection error."}`,
    says: [/host name is not known/],
  },
  {
    what: "a JSON line that keeps the body in `error`",
    provider: "openai",
    input:
      '{"code":"insufficient_quota","error":{"code":"insufficient_quota","message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota"},"level":"error","message":"[x] Unhandled error type 429 You exceeded your current quota","status":429}',
    says: [/HTTP 429 · quota/],
  },
  {
    what: "the Responses switch on an endpoint without that path",
    input:
      "404 Unknown request URL: POST /openai/v1/responses. Please check the URL for typos, or see the docs at https://console.groq.com/docs/",
    says: [/^Groq/, /"Use Responses API"/, /dropParams: \["useResponsesApi", "web_search"\]/],
  },
  {
    what: "the last line of an entry, which is not the error",
    input: ' {"userId":"68f0c1"}',
    says: [/lines before it/, /docker compose logs/],
    never: [anyVendor],
  },
  {
    what: "a gateway's page about a 502",
    input: "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    says: [/HTTP 502/, /web page, not JSON/],
  },
  {
    what: "a screenshot of a narrow window",
    input:
      "Something went wrong. Here’s the specific error\nmessage we encountered: An error occurred while\nprocessing the request: 400 Invalid model: acme-tiny",
    says: [/HTTP 400 · not-found/],
    never: [anyVendor],
  },
  {
    what: "a key in the vendor's own message",
    input:
      "401 Incorrect API key provided: sk-proj-Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z. You can find your API key at https://platform.openai.com/account/api-keys.",
    says: [/^OpenAI · HTTP 401 · invalid-key/],
    never: [/Ab3dEf6h/],
  },
  {
    what: "a tool call without its answer, at an unidentified endpoint",
    input: `2026-05-02 09:00:00 error: ${client} Unhandled error type 400 An assistant message with "tool_calls" must be followed by tool messages responding to each "tool_call_id"`,
    says: [/HTTP 400/, /has no answer/],
    never: [anyVendor],
  },
  {
    what: "thinking that a model behind a gateway requires back",
    input: "400 Error from provider: The `reasoning_content` in the thinking mode must be passed back to the API.",
    says: [/includeReasoningHistory: true/],
    never: [anyVendor],
  },
  {
    what: "a value that is too large",
    input: "400 `max_tokens` is too large: 40000. This model supports at most 16384 completion tokens",
    says: [/refuses the value of `max_tokens`/, /16384/],
    never: [/dropParams/],
  },
  {
    what: "an MCP server that refuses the key",
    input:
      '2026-05-02 09:00:00 error: [MCP][code] Connection failed: Error POSTing to endpoint (HTTP 401): {"error":"invalid_token"}',
    says: [/"code" refused the key/, /`headers`/],
  },
  {
    what: "LibreChat's database",
    input: "LibreChat | 2026-05-02 09:00:00 error: MongooseServerSelectionError: getaddrinfo ENOTFOUND mongodb",
    says: [/MongoDB/, /MONGO_URI/],
    never: [/base URL/],
  },
  {
    what: "file search without its address",
    input:
      "error: [uploadVectors] Error: RAG_API_URL not defined\n    at uploadVectors (/app/api/server/services/Files/VectorDB/crud.js:52:11)",
    says: [/llm-provider rag/, /RAG_API_URL into\s+\.env/],
  },
  {
    what: "file search that does not read a type",
    input: "error: Error uploading vectors File embedding failed. The filetype application/zip is not supported",
    says: [/application\/zip/, /PDF/],
  },
  {
    what: "file search that does not answer",
    input:
      "warn: RAG API is either not running or not reachable at http://localhost:8000, you may experience errors with file uploads.",
    says: [/JWT_SECRET/],
  },
  { what: "nonsense stays unknown", input: "2026-05-02 09:00:00 error: the moon is full", says: [/unknown/], code: 1 },
];

test.each(cases)("$what", async ({ input, provider, says, never = [], code: wanted = 0 }) => {
  const { out, code } = await runCommand(["explain", "-", ...(provider ? ["-p", provider] : [])], { input });
  const text = out.replaceAll(/\s+/g, " ");
  for (const one of says) expect(text).toMatch(one);
  for (const one of never) expect(text).not.toMatch(one);
  expect(out.match(/^(?:cause|unknown) /gm), "one answer").toHaveLength(1);
  expect(text, "an unfilled placeholder").not.toMatch(/(?<!\$)\{[a-z]+(?:\.\w+)*\}/);
  expect(out).not.toContain(canary);
  expect(code).toBe(wanted);
});

test("--json without a provider prints a list with one explanation", async () => {
  const { out } = await runCommand(["explain", "-", "--json"], { input: "402 Insufficient Balance" });
  expect(JSON.parse(out)).toMatchObject([{ isKnown: true, code: "quota", status: 402 }]);
});

test("a hostile text of a megabyte is read quickly", async () => {
  const texts = ["a-", "{[", "messages.1.", "2026-01-01 00:00:00 error: x\n", "word.word", '{"error":"', "\\n "];
  for (const text of texts) {
    const start = performance.now();
    await runCommand(["explain", "-"], { input: text.repeat(1_000_000 / text.length) });
    expect(performance.now() - start, text).toBeLessThan(5000);
  }
});
