/** A text of the network, of Node, or of a client library. It says that no answer came, or what became of one. */
export interface ClientText {
  readonly pattern: RegExp;
  /** It is one even where the error has a status. */
  readonly isAnswer?: true;
  /** It is what the whole field says: tried only where nothing else knows the error. */
  readonly isCommon?: true;
  readonly cause: string;
  readonly fix: string;
  /** The line of librechat.yaml that mends it. */
  readonly librechat?: string;
  readonly source: string;
}

const issue = (number: number): string => `https://github.com/danny-avila/LibreChat/issues/${number}`;
const node = "https://nodejs.org/api/errors.html#common-system-errors";
const openBaseURL = 'baseURL: "https://<host>/v1"   # the path in front of /chat/completions';

/** First match wins. */
export const clientTexts: readonly ClientText[] = [
  {
    pattern: /status code \(no body\)/,
    isAnswer: true,
    cause:
      "The client library could not read the body of the endpoint's answer and shows its status alone. The body says what was wrong.",
    fix: "Send the same request with `llm-provider curl … | sh` and explain what comes back. With 400 or 422 it is most often a parameter that the endpoint does not take.",
    source: issue(1540),
  },
  {
    pattern: /^\s*\{"userId":"[^"]*"\}\s*$/,
    cause: "This is the last line of an entry of LibreChat's log; the error is in the lines before it.",
    fix: "Give the whole log: `docker compose logs api | llm-provider explain -`.",
    source: issue(5978),
  },
  {
    pattern: /\b(?:POST|path|URL)\b[^\n]{0,40}\/responses\b/i,
    isAnswer: true,
    cause:
      'LibreChat sent the request to `/responses`, which this endpoint does not have: "Use Responses API" or web search is on.',
    fix: "Switch both off in the conversation's parameters, or take the switches away for everybody.",
    librechat: 'dropParams: ["useResponsesApi", "web_search"]',
    source: issue(9793),
  },
  {
    pattern:
      /^(?:404:? ?)?404 page not found|Cannot POST \/|^(?:404:? ?)?Not Found$|\bUnknown request URL\b|no Route matched|Unexpected endpoint or method/i,
    isAnswer: true,
    cause: "The server answers, but has nothing at this path. The model is not the reason.",
    fix: "Look at the end of `baseURL`: `/v1` is missing or doubled, or `/chat/completions` is in it, which the client adds itself.",
    librechat: openBaseURL,
    source: issue(10865),
  },
  {
    pattern: /Unexpected token '?<|<!DOCTYPE|<html/i,
    isAnswer: true,
    cause: "The answer is a web page, not JSON: a proxy, a login page, or a path that is not the API.",
    fix: "Look at `baseURL`, and open it with curl from the same machine or container.",
    librechat: openBaseURL,
    source: issue(9793),
  },
  {
    pattern: /ECONNREFUSED[^\n]*(?:host\.docker\.internal|172\.1[67]\.)|host\.docker\.internal[^\n]*ECONNREFUSED/,
    cause: "The container reached the machine it runs on, but no program there listens for it at that port.",
    fix: "Start the server, and let it listen on all addresses, not on 127.0.0.1 alone: for Ollama, set OLLAMA_HOST=0.0.0.0 and restart it.",
    source: issue(2961),
  },
  {
    pattern: /ECONNREFUSED[^\n]*(?:127\.0\.0\.1|localhost|::1)|(?:localhost|127\.0\.0\.1)[^\n]*ECONNREFUSED/,
    cause: "Nothing listens at that address.",
    fix: "Start the server. From a container, `localhost` is the container itself: write `host.docker.internal` or the service's name.",
    source: node,
  },
  {
    pattern: /ECONNREFUSED/,
    cause: "Nothing listens at that address.",
    fix: "Start the server, and look at host and port. Between containers it is the service's name and the port inside.",
    source: node,
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN/,
    cause: "The host name is not known.",
    fix: "Look at the base URL for a slip, and at the network's DNS. A container's name is known only in its own Docker network.",
    source: node,
  },
  {
    pattern: /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_|self[- ]signed certificate|certificate has expired/,
    cause: "The certificate is signed by somebody whom Node does not trust, often a proxy, or it has expired.",
    fix: "Name the proxy's certificate in NODE_EXTRA_CA_CERTS.",
    source: "https://nodejs.org/api/cli.html#node_extra_ca_certsfile",
  },
  {
    pattern: /EPROTO|wrong version number|packet length too long/i,
    cause: "The base URL says https, and the server speaks http, or the reverse.",
    fix: "Change the beginning of `baseURL`.",
    source: node,
  },
  {
    pattern:
      /ETIMEDOUT|ECONNABORTED|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|EHOSTUNREACH|ENETUNREACH|Request timed out/i,
    cause: "The server did not answer in time.",
    fix: "Try the base URL with curl from the same machine or container: a firewall or a proxy (PROXY in LibreChat's .env) may stand between. A local model that is just loading needs longer.",
    source: node,
  },
  {
    pattern: /\bterminated\b|Premature close|ECONNRESET|EPIPE|socket hang up|other side closed/i,
    cause: "The connection was cut before the answer was whole.",
    fix: "Try again. If it goes on, look for a proxy that limits time, and at the endpoint's status page.",
    source: node,
  },
  {
    pattern: /Invalid URL|ERR_INVALID_URL|Failed to parse URL/,
    cause: "The base URL is not a URL: it is empty, or its variable is not set.",
    fix: "Look at `baseURL` and, where it is a variable, at .env.",
    source: node,
  },
  {
    pattern: /Request was aborted|AbortError|This operation was aborted/,
    cause: "The request was stopped, by the user or by a limit of time; the endpoint did nothing wrong.",
    fix: "Send the message again, if it was not you who stopped it.",
    source: node,
  },
  {
    pattern: /Connection error\.?\s*$|fetch failed/,
    cause: "There was no answer at all: the address is wrong, nothing listens, or a proxy stands between.",
    fix: "Try the base URL with curl from the same machine or container.",
    source: issue(8520),
  },
  {
    pattern: /^(?:Unhandled error type)?$/,
    cause: 'LibreChat has no words for this error, and what follows its "Unhandled error type" is missing here.',
    fix: "Give the whole log: `docker compose logs api | llm-provider explain -`.",
    source: issue(5978),
  },
  {
    pattern: /must be followed by tool messages|did not have response messages|No tool output found for/,
    isCommon: true,
    cause:
      "A tool call in the conversation has no answer: the turn was stopped while the tool ran, or the answer was cut out.",
    fix: "Edit the message before that turn and send it again, or begin a new conversation.",
    source: "https://github.com/BerriAI/litellm/issues/28995",
  },
  {
    pattern: /reasoning_content.{0,60}(?:passed back|must be)/,
    isCommon: true,
    cause: "The model wants the thinking of its earlier turns back, and the request does not hold it.",
    fix: "Switch on that LibreChat sends it. Thinking of another provider's turns does not help: begin a new conversation.",
    librechat: "customParams: { includeReasoningContent: true, includeReasoningHistory: true }",
    source: "https://github.com/Kuberwastaken/claurst/issues/121",
  },
  {
    pattern: /Unexpected role|roles must alternate|last message.{0,40}role/i,
    isCommon: true,
    cause: "The endpoint refuses the order of the roles in the conversation.",
    fix: "Begin a new conversation; after a tool's answer many models want a message of the assistant first.",
    source: issue(12429),
  },
];

/** LangChain's link: said only where the answer itself says no more. */
export const langChainText: ClientText = {
  pattern: /MODEL_NOT_FOUND|troubleshooting\/errors/,
  isAnswer: true,
  cause: "The link is LangChain's and stands under every 404, also when the path and not the model is wrong.",
  fix: "Look at the end of baseURL first (often `/v1`, never `/chat/completions`), then at the model's name.",
  librechat: openBaseURL,
  source: issue(9793),
};
