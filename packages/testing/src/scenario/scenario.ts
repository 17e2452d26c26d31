import type { ChatEvent, ChatResult, Definition, Provider } from "@llm-provider/core";

/** What a caller saw of one request. */
export type Outcome =
  | { readonly kind: "chat"; readonly result: ChatResult }
  | { readonly kind: "stream"; readonly events: readonly ChatEvent[]; readonly result: ChatResult }
  | { readonly kind: "models"; readonly models: readonly { readonly id: string }[] }
  | { readonly kind: "error"; readonly error: unknown; readonly events: readonly ChatEvent[] };

/** The running providers that a scenario uses. */
export type Stage = {
  readonly definition: Definition;
  readonly provider: Provider;
  /** The same with a key that nobody has. */
  readonly stranger: Provider;
};

/** Something that a caller does with a provider: recorded once, replayed by the suite. Outcome n belongs to request n. */
export type Scenario = {
  readonly id: string;
  readonly title: string;
  /** Undefined where the definition has it; else why not. */
  readonly missing: (definition: Definition) => string | undefined;
  readonly run: (stage: Stage) => Promise<Outcome[]>;
  /** The endpoint is expected to refuse. */
  readonly fails?: true;
};
