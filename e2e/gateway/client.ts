/** The gateway's address for a client. */
export interface Endpoint {
  readonly baseURL: string;
  readonly apiKey: string;
}

/** The inputs of the tool's calls, and the model's final text. */
export interface ToolTurn {
  readonly inputs: readonly unknown[];
  readonly text: string;
}

/** The calls that a program makes with its client. Errors pass through as the client throws them. */
export interface Client {
  readonly name: string;
  /** One streamed answer, in the pieces that arrive. */
  stream(endpoint: Endpoint, model: string, prompt: string): Promise<string[]>;
  /** One whole answer to several turns. */
  ask(endpoint: Endpoint, model: string, turns: readonly Turn[]): Promise<string>;
  /** A streamed answer with the tool `get_weather`, which always says "12 degrees", to the end. */
  useTool(endpoint: Endpoint, model: string, prompt: string): Promise<ToolTurn>;
}

export interface Turn {
  readonly role: "user" | "assistant";
  readonly content: string;
}

export const weather = {
  name: "get_weather",
  description: "The weather of a city.",
  schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  result: "12 degrees",
} as const;
