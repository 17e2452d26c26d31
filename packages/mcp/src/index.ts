export { errorSentence } from "./error-sentence.ts";
export { readSecret, type SecretSource } from "./read-secret.ts";
export type { HttpOptions } from "./serve-http.ts";
export { serveTools, type ServeOptions } from "./serve-tools.ts";
export type { ToolServer } from "./tool-server.ts";
export { writeJson } from "./write-json.ts";
export type { LocalServerOptions } from "./local-server-options.ts";
export { startLocalServer, type LocalServer } from "./start-local-server.ts";
