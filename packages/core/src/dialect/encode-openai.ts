import type { Change } from "../chat/chat-result.ts";
import type { AssistantMessage, ChatRequest, ContentPart } from "../chat/chat-request.ts";
import type { JsonObject } from "../json.ts";
import type { OpenaiOptions } from "./openai-options.ts";

/** Some endpoints refuse an empty text where they want reasoning; a space is the least that all of them take. */
const lostReasoning = " ";

/** Our request as a Chat Completions body: reasoning goes into the endpoint's own field, everything else stays. */
export function encodeOpenai(
  request: ChatRequest,
  settings: Required<OpenaiOptions>,
  changes: Omit<Change, "source">[] = [],
): JsonObject {
  const messages = request.messages.map((message) =>
    message.role === "assistant" ? encodeAssistant(message, settings, changes) : message,
  );
  const body: ChatRequest = { ...request, messages };
  if (
    settings.usage === "asked" &&
    request["stream"] === true &&
    request["stream_options"]?.include_usage === undefined
  ) {
    body["stream_options"] = { ...request["stream_options"], include_usage: true };
  }
  return body as unknown as JsonObject;
}

function encodeAssistant(
  message: AssistantMessage,
  { reasoning: form, history }: Required<OpenaiOptions>,
  changes: Omit<Change, "source">[],
): AssistantMessage {
  const { reasoning: own, reasoning_details: details, reasoning_content: foreign, ...rest } = message;
  // A caller may have written the field of another endpoint: it is the same thing under another name.
  const reasoning = own || (typeof foreign === "string" ? foreign : "") || "";
  if (history === "omit") return rest;
  const calledTools = (rest.tool_calls?.length ?? 0) > 0;
  switch (form) {
    case "reasoning_content": {
      if (typeof foreign === "string" && foreign !== "") return { ...rest, reasoning_content: foreign };
      if (history === "required-with-tools" && calledTools && reasoning === "") {
        if (!changes.some((change) => change.parameter === "messages[].reasoning_content")) {
          changes.push({
            parameter: "messages[].reasoning_content",
            action: "mapped",
            from: foreign,
            to: lostReasoning,
            reason:
              "A turn that called tools must carry its reasoning, and this one had lost it: a space stands in for it.",
          });
        }
        return { ...rest, reasoning_content: lostReasoning };
      }
      if (reasoning !== "" && (history !== "required-with-tools" || calledTools))
        return { ...rest, reasoning_content: reasoning };
      return typeof foreign === "string" ? { ...rest, reasoning_content: foreign } : rest;
    }
    case "reasoning":
      return reasoning === "" ? rest : { ...rest, reasoning };
    case "details":
      return {
        ...rest,
        ...(reasoning !== "" && { reasoning }),
        ...(details?.length && { reasoning_details: details }),
      };
    case "parts":
      return withThinkingParts(rest, reasoning, details);
  }
}

function withThinkingParts(
  message: AssistantMessage,
  reasoning: string,
  details: readonly unknown[] | undefined,
): AssistantMessage {
  const { content } = message;
  const thinking: ContentPart[] = details?.length
    ? (details as ContentPart[])
    : reasoning === ""
      ? []
      : [{ type: "thinking", thinking: [{ type: "text", text: reasoning }], closed: true }];
  // Content that holds thinking parts already was written for this endpoint.
  if (thinking.length === 0 || (Array.isArray(content) && content.some((part) => part.type === "thinking")))
    return message;
  const rest: readonly ContentPart[] = Array.isArray(content)
    ? content
    : typeof content === "string" && content !== ""
      ? [{ type: "text", text: content }]
      : [];
  return { ...message, content: [...thinking, ...rest] };
}
