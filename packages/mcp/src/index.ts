export { errorSentence } from "./error-sentence.ts";
export { readSecret, type SecretSource } from "./read-secret.ts";
export type { HttpOptions } from "./serve-http.ts";
export { serveTools, type ServeOptions, type ToolServer } from "./serve-tools.ts";
export { writeJson } from "./write-json.ts";
export { startLocalServer, type LocalServer, type LocalServerOptions } from "./start-local-server.ts";
