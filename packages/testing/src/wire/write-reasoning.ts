import type { Json, JsonObject } from "@llm-provider/core";
import type { Answer } from "./wire.ts";

/** The four fields in which endpoints of this format put reasoning. */
export type ReasoningForm = "reasoning_content" | "reasoning" | "details" | "parts";

/** An answer's reasoning in one of the four forms: fields beside `content`, or a `content` made of parts. */
export function writeReasoning(answer: Answer, form: ReasoningForm): { reasoning: JsonObject; content?: Json } {
  const { reasoning: text, text: visible, reasoningDetails } = answer;
  if (text === "") return { reasoning: {} };
  switch (form) {
    case "reasoning_content":
      return { reasoning: { reasoning_content: text } };
    case "reasoning":
      return { reasoning: { reasoning: text } };
    case "details": {
      const details = reasoningDetails ?? [];
      return { reasoning: { reasoning: text, ...(details.length > 0 && { reasoning_details: details }) } };
    }
    case "parts": {
      const parts: Json[] = [{ type: "thinking", thinking: [{ type: "text", text }] }];
      if (visible !== "") parts.push({ type: "text", text: visible });
      return { reasoning: {}, content: parts };
    }
  }
}
