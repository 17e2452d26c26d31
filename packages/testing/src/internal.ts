/** For the packages of this repository. Not versioned: any release may change it. */
export { ourServer } from "./cassette/build-cassette.ts";
export { createRecorder } from "./cassette/create-recorder.ts";
export type { Interaction } from "./cassette/cassette.ts";
export { readPayloads, responseBytes } from "./cassette/recorded-response.ts";
export { scenarios } from "./scenario/scenarios.ts";
