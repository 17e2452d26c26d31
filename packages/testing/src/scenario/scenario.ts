import type { ChatEvent, ChatRequest, ChatResult, Definition, Provider } from "@llm-provider/core";

/** The caller's view of one request. */
export type Outcome =
  | { readonly kind: "chat"; readonly result: ChatResult }
  | { readonly kind: "stream"; readonly events: readonly ChatEvent[]; readonly result: ChatResult }
  | { readonly kind: "models"; readonly models: readonly { readonly id: string }[] }
  | { readonly kind: "error"; readonly error: unknown; readonly events: readonly ChatEvent[] };

/** The context of a scenario. */
export interface ScenarioContext {
  readonly definition: Definition;
  readonly provider: Provider;
  /** The same provider with a key that does not exist. */
  readonly withWrongKey: Provider;
}

/** One use of a provider by a caller: recorded once, replayed by the suite. Outcome n belongs to request n. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Undefined if the definition has it; else the reason why not. */
  readonly missing: (definition: Definition) => string | undefined;
  readonly run: (stage: ScenarioContext) => Promise<Outcome[]>;
  /** Is the endpoint expected to refuse? */
  readonly fails?: true;
}

/** Calls `chat`; an error is an outcome too. */
export async function performChat(provider: Provider, request: ChatRequest): Promise<Outcome> {
  try {
    return { kind: "chat", result: await provider.chat(request) };
  } catch (error) {
    return { kind: "error", error, events: [] };
  }
}

export async function performStream(provider: Provider, request: ChatRequest): Promise<Outcome> {
  const events: ChatEvent[] = [];
  try {
    const stream = provider.stream(request);
    for await (const event of stream) events.push(event);
    return { kind: "stream", events, result: await stream.result };
  } catch (error) {
    return { kind: "error", error, events };
  }
}

export async function performModels(provider: Provider): Promise<Outcome> {
  try {
    return { kind: "models", models: await provider.models() };
  } catch (error) {
    return { kind: "error", error, events: [] };
  }
}
