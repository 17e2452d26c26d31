/** For the packages of this repository. Not versioned: any release may change it. */
export { applyParameters } from "./request/apply-parameters.ts";
export { classifyError } from "./errors/classify-error.ts";
export { closestName } from "./definition/closest-name.ts";
export { costOf } from "./answer/cost-of.ts";
export { createScrubber } from "./scrubber.ts";
export { errorSentence } from "./errors/error-sentence.ts";
export { fillHint } from "./errors/fill-hint.ts";
export { findKeys, firstKey, isKeyName, maskKeys, type FoundKey } from "./key-shapes.ts";
export { isEssential } from "./definition/is-essential.ts";
export { isLoopback } from "./is-loopback.ts";
export { knownParameters } from "./definition/known-parameters.ts";
export { mapToolCallId } from "./request/map-tool-call-id.ts";
export { modelInfo } from "./definition/model-info.ts";
export { parameterRules } from "./definition/parameter-rules.ts";
export { parseDuration } from "./parse-duration.ts";
export { readField } from "./read-field.ts";
export { readPath } from "./read-path.ts";
export { sourceOf } from "./definition/source-of.ts";
