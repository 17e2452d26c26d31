export {
  createCheck,
  guard,
  isSameSecret,
  shownToken,
  type GuardEnv,
  type GuardOptions,
  type Refusal,
  type RequestCheck,
  type ToErrorBody,
  type Token,
} from "./create-check.ts";
export { listen, type RunningServer, untilStopped } from "./listen.ts";
export { checkSecret, readSecret, type SecretSource } from "./read-secret.ts";
export { serveApp, type ServerOptions } from "./serve-app.ts";
