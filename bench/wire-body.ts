import type { Task } from "./driver.ts";

/** The request as a Chat Completions body. */
export function wireBody({ model, messages, tools }: Task, stream: boolean): Record<string, unknown> {
  return {
    model,
    messages,
    ...(tools && { tools }),
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  };
}
