export type { Answer, Tokens } from "./twin/answer.ts";
export { openaiWire } from "./twin/openai-wire.ts";
export { startTwin, type Twin, type TwinOptions, type TwinRequest } from "./twin/start-twin.ts";
export type { TwinFault, TwinScenario } from "./twin/twin-scenario.ts";
export type { Wire, WireError } from "./twin/wire.ts";
