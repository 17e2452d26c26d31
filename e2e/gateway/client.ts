/** Where a client finds the gateway. */
export interface Endpoint {
  readonly baseURL: string;
  readonly apiKey: string;
}

/** The answer to a tool call, and what the model says of it. */
export interface ToolTurn {
  readonly inputs: readonly unknown[];
  readonly text: string;
}

/** What a program does with its client. Errors are thrown as the client throws them. */
export interface Client {
  readonly name: string;
  /** One streamed answer, in the pieces that come. */
  stream(endpoint: Endpoint, model: string, prompt: string): Promise<string[]>;
  /** One answer in whole, to several turns. */
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
