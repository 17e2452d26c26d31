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
export type { GatewayInspector } from "./server/open-inspector.ts";
export type { FailedAttempt } from "./inspector/to-inspected.ts";
export type {
  DifferenceLine,
  FieldNote,
  InspectedAnswer,
  InspectedAttempt,
  InspectedBody,
  InspectedChange,
  InspectedExplanation,
  InspectedPrice,
  InspectedRequest,
  InspectedResponse,
  InspectorHealth,
  InspectorRow,
  Timeline,
} from "./inspector/inspected-request.ts";
export {
  inspectFile,
  type InspectedFile,
  type InspectorServer,
  type InspectorServerOptions,
} from "./inspector/serve-inspector.ts";
export type { KeptProblem } from "./inspector/read-kept-file.ts";
export { withInspector, type Inspected, type InspectorOptions } from "./inspector/with-inspector.ts";
export { configOfProviders } from "./target/config-of-providers.ts";
export type { LoadProblem, LoadProvider } from "./target/load-models.ts";
export { configJsonSchema, readConfig } from "./config/read-config.ts";
export { readConfigFile, watchConfig } from "./config/watch-config.ts";
export { describeGateway, type DescribeOptions } from "./server/describe-gateway.ts";
