export { createCheck, type GuardOptions, type Refusal, type RequestCheck, type Token } from "./create-check.ts";
export { guard, type GuardEnv, type ToErrorBody } from "./guard.ts";
export { listen, type RunningServer } from "./listen.ts";
export { readSecret, type SecretSource } from "./read-secret.ts";
export { serveApp, type ServerOptions } from "./serve-app.ts";
export { untilStopped } from "./until-stopped.ts";
