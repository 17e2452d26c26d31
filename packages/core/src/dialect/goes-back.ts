import type { AnswerSummary } from "../chat/dialect.ts";
import type { JsonObject } from "../json.ts";
import { limitDepth } from "../limit-depth.ts";
import { textOf, type KeptReasoning } from "./read-reasoning.ts";

/** The parts of an answer that must go back verbatim: reasoning blocks, and message fields that only this provider reads. */
export function goesBack(
  { details, thinkingBlocks, fields: kept }: KeptReasoning,
  images: readonly JsonObject[],
): Pick<AnswerSummary, "reasoningDetails" | "messageFields"> {
  const join = (blocks: readonly JsonObject[]): JsonObject[] =>
    joinReasoningDetails(blocks.map((block) => limitDepth(block) as JsonObject));
  const [joined, blocks] = [join(details), join(thinkingBlocks)];
  const fields: JsonObject = {
    ...Object.fromEntries([...kept].map(([name, value]) => [name, limitDepth(value)])),
    ...(blocks.length > 0 && { thinking_blocks: blocks }),
    ...(images.length > 0 && { images }),
  };
  return {
    reasoningDetails: joined.length > 0 ? joined : undefined,
    messageFields: Object.keys(fields).length > 0 ? fields : undefined,
  };
}

/**
 * The blocks of a stream as they must go back: fragments of one block (same type and index, in a row) are joined, their
 * texts in full, other fields with their last value. Thinking parts without a signature are plain text and need no block.
 */
function joinReasoningDetails(fragments: readonly JsonObject[]): JsonObject[] {
  const blocks: JsonObject[] = [];
  for (const fragment of fragments) {
    const last = blocks.at(-1);
    if (last && isContinued(last, fragment)) {
      const joined = Object.entries(fragment).map(([field, value]) => [field, joinField(field, last[field], value)]);
      blocks[blocks.length - 1] = { ...last, ...(Object.fromEntries(joined) as JsonObject) };
    } else blocks.push(fragment);
  }
  return blocks.some((block) => block["type"] !== "thinking" || block["signature"]) ? blocks : [];
}

function isContinued(block: JsonObject, fragment: JsonObject): boolean {
  if (block["type"] !== fragment["type"] || block["index"] !== fragment["index"]) return false;
  if (fragment["type"] === "thinking") return block["signature"] === undefined || block["signature"] === null;
  // Without an index, two blocks cannot be recognized as one.
  return (
    fragment["index"] !== undefined &&
    (fragment["id"] === undefined || fragment["id"] === null || fragment["id"] === block["id"])
  );
}

function joinField(field: string, before: JsonObject[string], after: JsonObject[string]): JsonObject[string] {
  if (after === null || after === undefined) return before;
  if (field === "thinking" && Array.isArray(before) && Array.isArray(after))
    return [{ type: "text", text: textOf([...before, ...after]) }];
  const isText = field === "text" || field === "summary" || field === "data" || field === "thinking";
  return isText && typeof before === "string" && typeof after === "string" ? before + after : after;
}
