/** For the packages of this repository. Not versioned: any release may change it. */
export { assistantMessage, ownFields, type Said } from "./chat/assistant-message.ts";
export { applyParameters } from "./request/apply-parameters.ts";
export {
  describeIssues,
  offsetIn,
  type DescribedIssue,
  type ParsedDocument,
  type ValuePath,
} from "./check/describe-issues.ts";
export { closestName } from "./definition/closest-name.ts";
export { curlLine } from "./provider/curl-line.ts";
export { charactersPerToken, estimateTokens } from "./answer/estimate-tokens.ts";
export { costOf } from "./answer/cost-of.ts";
export { dearestCost, longestAnswer } from "./answer/dearest-cost.ts";
export { createScrubber, formsOf } from "./scrubber.ts";
export { endpointURL } from "./transport/endpoint-url.ts";
export { errorSentence } from "./errors/error-sentence.ts";
export { canBeStrict, fitFormat, knowsSchemas, type FittedRequest } from "./provider/fit-format.ts";
export { cutText, fitBlocks, oneLine } from "./tools/fit-text.ts";
export { filePart, readDataUrl, type GivenFile } from "./chat/file-part.ts";
export { findKeys, firstKey, isKeyName, maskKeys, type FoundKey } from "./key-shapes.ts";
export { isEssential } from "./definition/is-essential.ts";
export { isLoopback } from "./is-loopback.ts";
export { isPrivateHost } from "./is-private-host.ts";
export { keyVariableKind } from "./key-variable.ts";
export { knownParameters } from "./definition/known-parameters.ts";
export { matches } from "./errors/match-error-rule.ts";
export { loadAllParts } from "./provider/load-all-parts.ts";
export { mapToolCallId } from "./request/map-tool-call-id.ts";
export { modelInfo } from "./definition/model-info.ts";
export { isOfType, parameterTypes, type WireType } from "./definition/parameter-types.ts";
export { parameterRules } from "./definition/parameter-rules.ts";
export { parseDuration } from "./parse-duration.ts";
export { readAnswer } from "./tools/read-answer.ts";
export { readField } from "./read-field.ts";
export { readPath } from "./read-path.ts";
export { readKeyVariable } from "./transport/resolve-key.ts";
export { nameKey, redactHeaders, secretsIn } from "./transport/redact-headers.ts";
export { sourceOf } from "./definition/source-of.ts";
export { watchFetch, type WatchedCall } from "./provider/settings.ts";
export { withRetries } from "./transport/with-retries.ts";
export type { AimedTarget, FallbackHooks } from "./provider/fallback-hooks.ts";
export { createFallback } from "./provider/with-fallback.ts";
export { parseTarget } from "./parse-target.ts";
export { readBatches, type BatchReader } from "./provider/chat-stream.ts";
