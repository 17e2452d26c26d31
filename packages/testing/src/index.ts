export type { Origin } from "./cassette/cassette.ts";
export type { Difference } from "./record/compare-cassettes.ts";
export { recordTool, type RecordToolOptions } from "./record/record-tool.ts";
export { record, type Recorded, type RecordOptions, type RecordReport } from "./record/record.ts";
export { runSuite, type CheckReport, type SuiteOptions, type SuiteReport } from "./run-suite.ts";
export { startTwin, type Twin } from "./twin/start-twin.ts";
export type { TwinFault, TwinOptions, TwinRequest, TwinScenario } from "./twin/twin-options.ts";
export { chatCompletionsWire } from "./wire/chat-completions-wire.ts";
export type { Answer, Tokens, Wire, WireError } from "./wire/wire.ts";
