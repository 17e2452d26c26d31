import type { Sink } from "./sink.ts";

/** The request, the same for all contenders. */
export type Task = {
  baseURL: string;
  apiKey: string;
  model: string;
  messages: readonly [{ role: "system"; content: string }, { role: "user"; content: string }];
  tools?: readonly WireTool[];
};

export type WireTool = {
  type: "function";
  function: { name: string; description: string; parameters: Record<string, unknown> };
};

/** One contender. It makes one client for each base URL, as a program would. */
export type Driver = {
  /** Reads a stream to its end. */
  stream(task: Task): Promise<Sink>;
  /** Requests a whole answer. */
  chat(task: Task): Promise<{ text: string }>;
};
