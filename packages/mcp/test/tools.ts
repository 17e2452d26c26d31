import { defineTool, ProviderError, type Tool } from "@llm-provider/core";
import { z } from "zod";

const common = { docs: "https://example.com/", auth: "none" as const, toText: (text: string) => text };
const aborted: string[] = [];
/** The names of the started calls of `wait`. */
export const waiting: string[] = [];

const echo = defineTool<{ text: string }, string>({
  ...common,
  id: "echo",
  name: "echo",
  description: "Says it again.",
  input: z.object({ text: z.string().min(1) }),
  execute: async ({ text }) => text,
});

/** Never ends by itself. It records that it was aborted. */
const wait = defineTool<{ name: string }, string>({
  ...common,
  id: "wait",
  name: "wait",
  description: "Waits.",
  input: z.object({ name: z.string() }),
  execute: ({ name }, { signal }) =>
    new Promise((_, reject) => {
      waiting.push(name);
      signal?.addEventListener("abort", () => {
        aborted.push(name);
        reject(new Error("stopped"));
      });
    }),
});

const listAborted = defineTool<object, string>({
  ...common,
  id: "aborted",
  name: "list_aborted",
  description: "Lists the stopped waits.",
  input: z.object({}),
  execute: async () => aborted.join(","),
});

const fail = defineTool<object, string>({
  ...common,
  id: "fail",
  name: "fail",
  description: "Fails like an endpoint.",
  input: z.object({}),
  execute: () =>
    Promise.reject(
      new ProviderError("The vendor is down", {
        code: "server",
        provider: "fail",
        status: 503,
        hint: "Try again later.",
      }),
    ),
});

export const tools: Tool<never, unknown>[] = [echo(), wait({ timeout: 5000 }), listAborted(), fail()];
