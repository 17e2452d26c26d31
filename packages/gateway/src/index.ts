export type {
  ClientConfig,
  ConfigPath,
  ConfigProblem,
  GatewayConfig,
  ModelConfig,
  ReadConfig,
  Route,
  TargetConfig,
} from "./config/config.ts";
export type { HealthSettings, TargetState } from "./health/target-health.ts";
export { RequestLog } from "./log/request-log.ts";
export type { AttemptRecord, RequestRecord } from "./log/request-record.ts";
export {
  checkGateway,
  ConfigError,
  defaultPort,
  startGateway,
  type GatewayOptions,
  type RunningGateway,
} from "./server/start-gateway.ts";
export { configOfProviders } from "./target/config-of-providers.ts";
export type { LoadProblem, LoadProvider } from "./target/load-models.ts";
export { configJsonSchema, readConfig } from "./config/read-config.ts";
export { readConfigFile, watchConfig } from "./config/watch-config.ts";
export { describeGateway, type DescribeOptions } from "./server/describe-gateway.ts";
