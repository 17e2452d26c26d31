import {
  chatCompletions,
  defineProvider,
  withFallback,
  type ChatRequest,
  type Definition,
  type Provider,
  type ProviderFactory,
} from "@llm-provider/core";
import { expect, expectTypeOf, it } from "vitest";

// The compiler checks this file (`pnpm run types`): a line after @ts-expect-error must not compile, every other line must.

const acme = defineProvider({
  id: "acme",
  name: "Acme",
  docs: "x",
  baseURL: "https://a",
  auth: { env: "A_KEY", page: "p" },
  sources: { d: ["u", "2026-11-28"] },
  dialect: chatCompletions({ usage: "asked" }),
  models: {
    "acme-small": { context: 5, source: "d" },
    "acme-big": { source: "d", price: { input: 0.075, output: 1 } },
  },
  smallModel: "acme-small",
  request: {} as { thinking?: { type: "enabled" | "disabled" }; reasoning_effort?: "low" | "high" },
  parameters: {
    user: { rejected: 422, source: "d" },
    temperature: [{ range: [0, 1], source: "d" }],
    reasoning_effort: { set: "none", when: { tools: { present: true } }, source: "d" },
  },
});
const provider = acme();

it("types vendor and common parameters, and accepts any other name", () => {
  const { body } = provider.prepare({
    model: "acme-small",
    messages: [{ role: "user", content: "hi" }],
    thinking: { type: "enabled" },
    temperature: 0.4,
    whatever: { a: 1 },
    other_new: undefined,
  });
  expect(body).toMatchObject({ thinking: { type: "enabled" }, temperature: 0.4, whatever: { a: 1 } });
  const tools = [{ type: "function" as const, function: { name: "f", parameters: { type: "object" } } }];
  expect(provider.prepare({ model: "tomorrow", messages: [], tools, tool_choice: "required" }).body).toMatchObject({
    reasoning_effort: "none",
  });
});

/** Only compiled, never run. */
export function wrongValues(): void {
  // @ts-expect-error -- a vendor parameter of another type
  provider.prepare({ model: "acme-small", messages: [], thinking: "nonsense" });
  // @ts-expect-error -- a vendor parameter with an unknown value
  provider.prepare({ model: "acme-small", messages: [], reasoning_effort: 42 });
  // @ts-expect-error -- tools are a list
  provider.prepare({ model: "acme-small", messages: [], tools: "not a list" });
  // @ts-expect-error -- a format is an object
  provider.prepare({ model: "acme-small", messages: [], response_format: 7 });
  // @ts-expect-error -- a number
  provider.prepare({ model: "acme-small", messages: [], temperature: "hot" });
  const rest = {
    id: "a",
    name: "A",
    docs: "x",
    baseURL: "https://a",
    auth: "none",
    dialect: chatCompletions(),
  } as const;
  // @ts-expect-error -- smallModel must be a model
  defineProvider({ ...rest, models: { m: { source: "d" } }, smallModel: "n" });
  // @ts-expect-error -- a rule without a source
  defineProvider({ ...rest, models: { m: { source: "d" } }, smallModel: "m", parameters: { n: { ignored: true } } });
}

it("factories with different ids and parameters fit into one list and into a fallback", () => {
  // oxlint-disable-next-line typescript/no-explicit-any -- as a user writes it
  const all: ProviderFactory<any, any>[] = [acme];
  expect(all).toHaveLength(1);
  const fallback: Provider = withFallback([provider, { provider: acme(), model: "acme-big" }]);
  expect(fallback.id).toBe("acme");
});

it("the data has the type of a definition, so a new price does not change any type", () => {
  const price: number | undefined = acme.definition.models["x"]?.price?.input;
  expect(price).toBeUndefined();
  expectTypeOf(acme.definition).toEqualTypeOf<Definition>();
});

it("accepts a body with nulls as a request, and any request for any provider", () => {
  const body: { model: string; messages: { role: "user"; content: string }[]; temperature?: number | null } = {
    model: "acme-small",
    messages: [{ role: "user", content: "hi" }],
    temperature: null,
  };
  const request: ChatRequest = body;
  expect(provider.prepare(request).body["model"]).toBe("acme-small");
});
