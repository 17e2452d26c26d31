import type { ChatRequest, Message } from "@llm-provider/core";
import type { Task } from "../suite/suite.ts";

/** Builds the request for a task. */
export function toRequest({ system, prompt, attachments, tools, parameters }: Task, model: string): ChatRequest {
  const content = attachments.length === 0 ? prompt : [{ type: "text", text: prompt }, ...attachments];
  const messages: Message[] = [
    ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
    { role: "user", content },
  ];
  return { ...parameters, ...(tools.length > 0 && { tools }), model, messages };
}
