import type { Sink } from "./sink.ts";

/** What a contender is asked for; the same for all. */
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

/** One contender. Clients are made once a base URL, as a program would. */
export type Driver = {
  /** Reads a stream to its end. */
  stream(task: Task): Promise<Sink>;
  /** Asks for a whole answer. */
  chat(task: Task): Promise<{ text: string }>;
};
