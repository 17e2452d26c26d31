import type { ChatResult } from "@llm-provider/core";

/** How models usually begin a refusal. Most endpoints have no field for it. */
const opening =
  /^\W*(?:i['’]?m (?:really |very |so )?sorry|i apologi[sz]e|sorry|unfortunately|i can(?:['’]t|not| not)|i(?:['’]m| am) (?:not able|unable|not going)|i won['’]t|as an ai\b)/i;
const refusing =
  /\b(?:can(?:['’]t|not| not)|(?:not able|unable) to|won['’]t|not going to|must decline)\b.{0,60}?\b(?:help|assist|comply|provide|do|fulfil|fulfill|answer|create|write|generate|share|discuss|continue|support|with)\b/is;

/** A refusal is marked by a field of the answer, or by its first words if it contains no code. */
export function isRefusal({
  refusal,
  finishReason,
  text,
}: Pick<ChatResult, "refusal" | "finishReason" | "text">): boolean {
  if (refusal !== undefined || finishReason === "content-filter") return true;
  const start = text.trim().slice(0, 300);
  return opening.test(start) && refusing.test(start) && !/```|~~~/.test(text);
}
