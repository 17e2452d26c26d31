import type { Json, JsonObject } from "@llm-provider/core";
import { probeTool } from "../parameter-specs.ts";
import type { Numbered, Session } from "../session.ts";
import type { Bench } from "./bench.ts";
import { type Base, bodyWith } from "./parameter-bench.ts";

/** One feature of messages that some endpoints refuse. */
export interface MessageFeature {
  readonly name: string;
  /** Words that mean it. */
  readonly about: RegExp;
  readonly needsTools?: true;
}

const longId = "call_0123456789abcdefghijklmnopqrstuvwxyz";
/** Nine letters and digits: the form of the strictest endpoint. */
export const shortId = "a1B2c3D4e";

export const messageFeatures: readonly MessageFeature[] = [
  { name: "system.name", about: /name/i },
  { name: "user.name", about: /name/i },
  { name: "assistant.name", about: /name/i },
  { name: "tool.name", about: /name/i, needsTools: true },
  { name: "assistant.extra", about: /annotations|extra|unknown|unexpected field|not permitted|unsupported/i },
  { name: "nulls", about: /null|none/i },
  { name: "content", about: /content|string|parts|sequence|array/i },
  { name: "developer", about: /developer|role/i },
  { name: "oneSystemFirst", about: /system/i },
  { name: "alternate", about: /alternat|consecutive|same role|role/i },
  { name: "emptyAssistant", about: /empty|content or tool|assistant message/i },
  { name: "trailingAssistant", about: /last (?:role|message)|prefix|must end|final/i },
  { name: "toolCallContent", about: /content|null/i, needsTools: true },
  { name: "toolCallId", about: /id\b|identifier/i, needsTools: true },
  { name: "afterTool", about: /after role|after tool|unexpected role|order/i, needsTools: true },
  { name: "reasoning", about: /reasoning|thinking|extra|not permitted|unsupported/i, needsTools: true },
];

/** The field and text of reasoning that goes back. */
export interface PastReasoning {
  readonly field: string;
  readonly value: Json;
}

/** Features of a conversation; without features it is the plainest possible. */
export class MessageBench implements Bench {
  readonly names: readonly string[];
  readonly #session: Session;
  readonly #base: Base;
  readonly #hasTools: boolean;
  /** Parameters without which tools are refused. */
  readonly #besideTools: JsonObject;
  readonly #reasoning: PastReasoning | undefined;
  /** Features that every request has. */
  readonly #always: readonly string[];

  constructor(
    session: Session,
    base: Base,
    {
      hasTools,
      reasoning,
      always = [],
      besideTools = {},
    }: {
      readonly hasTools: boolean;
      readonly reasoning?: PastReasoning | undefined;
      readonly always?: readonly string[];
      readonly besideTools?: JsonObject;
    },
  ) {
    this.#always = always;
    this.#besideTools = besideTools;
    this.#session = session;
    this.#base = base;
    this.#hasTools = hasTools;
    this.#reasoning = reasoning;
    this.names = messageFeatures
      .filter(
        ({ name, needsTools }) =>
          (hasTools || !needsTools) && !always.includes(name) && (name !== "reasoning" || reasoning),
      )
      .map(({ name }) => name);
  }

  need(): undefined {
    return undefined;
  }
  values(): number {
    return 1;
  }
  hasRoom(): boolean {
    return this.#session.has(3);
  }
  use(): void {}
  askValue(name: string): Promise<Numbered | undefined> {
    return this.ask([name]);
  }

  ask(names: readonly string[]): Promise<Numbered> {
    return this.#session.ask(this.body(names));
  }

  body(names: readonly string[], extra: JsonObject = {}): JsonObject {
    const messages = conversation(new Set([...names, ...this.#always]), this.#hasTools, this.#reasoning);
    const tools = this.#hasTools ? { ...this.#besideTools, tools: [probeTool] } : {};
    return { ...bodyWith(this.#base, []), ...tools, messages, ...extra } as JsonObject;
  }

  named({ words }: Numbered, names: readonly string[]): string[] {
    const found = names.filter((name) => messageFeatures.find((one) => one.name === name)!.about.test(words));
    // Words that fit many features identify none.
    return found.length <= 3 ? found.slice(0, 1) : [];
  }
}

function conversation(on: ReadonlySet<string>, hasTools: boolean, reasoning: PastReasoning | undefined): JsonObject[] {
  const named = (role: string): JsonObject => (on.has(`${role}.name`) ? { name: "probe" } : {});
  const messages: JsonObject[] = [
    { role: "system", content: "You are brief.", ...named("system") },
    {
      role: "user",
      content: on.has("content") ? [{ type: "text", text: "What is the weather?" }] : "What is the weather?",
      ...named("user"),
    },
  ];
  if (hasTools) {
    const id = on.has("toolCallId") ? longId : shortId;
    const call = { id, type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } };
    messages.push({
      role: "assistant",
      content: on.has("toolCallContent") ? null : "",
      tool_calls: [call],
      ...(on.has("reasoning") && reasoning && { [reasoning.field]: reasoning.value }),
    });
    messages.push({ role: "tool", tool_call_id: id, content: "18 degrees", ...named("tool") });
    if (on.has("afterTool")) messages.push({ role: "user", content: "Thank you." });
  }
  messages.push({
    role: "assistant",
    content: "It is mild.",
    ...named("assistant"),
    ...(on.has("assistant.extra") && { annotations: [] }),
    ...(on.has("nulls") && { tool_calls: null }),
  });
  if (on.has("emptyAssistant")) messages.push({ role: "user", content: "And?" }, { role: "assistant", content: "" });
  messages.push({ role: "user", content: "Thank you." });
  if (on.has("alternate")) messages.push({ role: "user", content: "Say hello." });
  if (on.has("oneSystemFirst")) messages.splice(2, 0, { role: "system", content: "Answer in English." });
  if (on.has("developer")) messages.splice(1, 0, { role: "developer", content: "Be polite." });
  if (on.has("trailingAssistant")) messages.push({ role: "assistant", content: "Hello" });
  return messages;
}
