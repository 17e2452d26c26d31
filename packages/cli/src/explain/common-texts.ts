/** An error text that no endpoint wrote: LibreChat's, a client library's, the network's. */
export type CommonText = {
  readonly pattern: RegExp;
  readonly cause: string;
  readonly fix: string;
  readonly source: string;
};

const librechat = "https://github.com/danny-avila/LibreChat/issues/";

/** First match wins. */
export const commonTexts: readonly CommonText[] = [
  {
    pattern: /status code \(no body\)/,
    cause:
      "The client library could not read the body of the endpoint's answer and shows its status alone. The body says what was wrong.",
    fix: "Send the same request with `llm-provider curl … | sh` and explain what comes back. With 400 or 422 it is most often a parameter that the endpoint does not take.",
    source: `${librechat}1540`,
  },
  {
    pattern: /Missing (API Key|Base URL)/i,
    cause: "LibreChat found nothing behind the variable in `apiKey` or `baseURL` of this endpoint.",
    fix: "Set the variable in .env under the very name that librechat.yaml uses, and restart. `llm-provider librechat doctor librechat.yaml --env-file .env` shows which.",
    source: `${librechat}4736`,
  },
  {
    pattern: /MODEL_NOT_FOUND|troubleshooting\/errors/,
    cause: "The link is LangChain's and stands under every 404, also when the path and not the model is wrong.",
    fix: "Look at the end of baseURL first (often `/v1`, never `/chat/completions`), then at the model's name.",
    source: `${librechat}9793`,
  },
  {
    pattern: /ECONNREFUSED/,
    cause: "Nothing listens at that address.",
    fix: "Start the server. From a container, `localhost` is the container itself: use `host.docker.internal`.",
    source: "https://nodejs.org/api/errors.html#common-system-errors",
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN/,
    cause: "The host name is not known.",
    fix: "Look at the base URL for a slip, and at the network's DNS.",
    source: "https://nodejs.org/api/errors.html#common-system-errors",
  },
  {
    pattern: /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_/,
    cause: "The certificate is signed by somebody whom Node does not trust, often a proxy.",
    fix: "Name the proxy's certificate in NODE_EXTRA_CA_CERTS.",
    source: "https://nodejs.org/api/cli.html#node_extra_ca_certsfile",
  },
  {
    pattern: /\bterminated\b|Premature close|ECONNRESET|socket hang up|other side closed/,
    cause: "The connection was cut before the answer was whole.",
    fix: "Try again. If it goes on, look for a proxy that limits time, and at the endpoint's status page.",
    source: "https://nodejs.org/api/errors.html#common-system-errors",
  },
  {
    pattern: /Connection error\.?$|fetch failed/,
    cause: "There was no answer at all: the address is wrong, nothing listens, or a proxy stands between.",
    fix: "Try the base URL with curl from the same machine or container.",
    source: `${librechat}8520`,
  },
  {
    pattern: /Unhandled error type/,
    cause: "LibreChat has no words for this error and hides it.",
    fix: "Look in the server's log for the line above it, and explain that one.",
    source: `${librechat}5978`,
  },
];
