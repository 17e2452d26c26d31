/** The first words of a fetch error in Node, browsers, Deno and workers when a connection fails or breaks off. */
const phrases =
  /^(fetch failed|failed to fetch|load failed|terminated|network ?error|network connection lost|error sending request|error decoding response|error reading a body)/i;

/** Codes of sockets, name look-ups and certificates in Node, and of connections in Bun. */
const codes =
  /^(ECONN\w+|ENOTFOUND|EAI_\w+|ETIMEDOUT|EPIPE|EPROTO|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_(?!INVALID)\w+|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|ERR_(SSL|TLS)_\w+|Connection(Refused|Closed)|FailedToOpenSocket)$/;

/** Did a connection fail? fetch throws a TypeError, as faulty code does: message and code distinguish the two. */
export function isNetworkFailure(error: unknown): boolean {
  if (hasNetworkCode(error)) return true;
  return error instanceof TypeError && (phrases.test(error.message) || hasNetworkCode(error.cause));
}

function hasNetworkCode(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && codes.test(error.code);
}
