import type { FinishReason, Json, Price } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { same } from "../kit/expect.ts";
import { limitCases } from "../kit/limit-cases.ts";
import { chatFrom, streamFrom } from "../kit/send.ts";
import type { MockResponse } from "../server/mock-response.ts";

/** Results of whole answers that were made for these checks. */
export const chatResults: readonly Check[] = [
  {
    name: "maps-finish-reasons",
    by: "faults",
    title: "every finish reason is mapped; an unknown one becomes `other`, and the endpoint's own word is kept",
    async run(kit) {
      const words = Object.entries(kit.wire.finishReasons) as [FinishReason, string][];
      for (const [finishReason, word] of [...words, ["other", "on_a_whim"] as const]) {
        const toolCalls = finishReason === "tool-calls" ? [{ id: "call_1", name: "get_weather", arguments: "{}" }] : [];
        const answer = kit.answer({ toolCalls, finishReason: word });
        const whole = await chatFrom(kit, kit.whole(answer));
        same([whole.finishReason, whole.rawFinishReason], [finishReason, word], { at: `"${word}"` });
        const streamed = await streamFrom(kit, kit.stream(answer));
        same([streamed.finishReason, streamed.rawFinishReason], [finishReason, word], { at: `"${word}" in a stream` });
      }
    },
  },
  {
    name: "keeps-metadata",
    by: "faults",
    title: "the fields that the definition names in `metadata` are passed on unchanged, whole and streamed",
    applies: ({ metadata }) => metadata?.some((path) => !path.startsWith("error.")) ?? false,
    async run(kit) {
      const names = kit.definition.metadata!.filter((path) => !path.startsWith("error."));
      const value = (name: string): Json =>
        name.startsWith("header:") || /id$|tier$/.test(name) ? `value of ${name}` : { of: name, deep: [1, null] };
      const extra = Object.fromEntries(
        names.filter((name) => !name.startsWith("header:")).map((name) => [name, value(name)]),
      );
      const headers = Object.fromEntries(
        names.filter((name) => name.startsWith("header:")).map((name) => [name.slice(7), value(name) as string]),
      );
      const answer = kit.answer({ extra });
      const written = kit.wire.writeAnswer(answer, kit.definition);
      for (const [at, result] of [
        ["chat", await chatFrom(kit, withHeaders(kit.whole(answer), headers))],
        ["stream", await streamFrom(kit, withHeaders(kit.stream(answer), headers))],
      ] as const) {
        for (const name of names) {
          // The wire may have a field of this name itself: then that field must come.
          const expected = name.startsWith("header:") ? value(name) : (readPath(written, name) ?? value(name));
          same(result.metadata[name], expected, {
            at: `${at}, metadata["${name}"]`,
            fact: { path: "metadata", value: name },
          });
        }
      }
    },
  },
  {
    name: "reads-rate-limits",
    by: "faults",
    title: "rate limits in headers are read in the units that the definition declares; resets are milliseconds",
    applies: ({ limits }) => limits?.headers !== undefined,
    async run(kit) {
      for (const { header, fact, sent, expected, tolerance } of limitCases(kit.definition)) {
        for (const reply of [kit.whole(kit.answer()), kit.stream(kit.answer())]) {
          const result = await (reply.headers["content-type"] === "application/json" ? chatFrom : streamFrom)(
            kit,
            withHeaders(reply, { [header]: sent() }),
          );
          const got = result.response.limits?.[fact.of]?.[fact.is];
          const isNear = typeof got === "number" && Math.abs(got - expected) <= tolerance;
          same(isNear ? expected : got, expected, {
            at: `${header}: ${sent()}`,
            fact: { path: `limits.headers.${header}`, value: fact },
          });
        }
      }
      const bare = await chatFrom(kit, kit.whole(kit.answer()));
      same(bare.response.limits, undefined, { at: "an answer without such headers" });
    },
  },
  {
    name: "computes-cost",
    by: "faults",
    title: "cost follows the price list, and is left out if the price is in doubt",
    applies: ({ models }) => Object.values(models).some(({ price }) => price),
    async run(kit) {
      const { models } = kit.definition;
      for (const [model, { aliasOf, source, ...own }] of Object.entries(models)) {
        const price = own.price ?? (aliasOf === undefined ? undefined : models[aliasOf]?.price);
        if (!price) continue;
        const tiers = price.tiers ?? [];
        for (const tokens of [
          { input: 1000, output: 100 },
          { input: 1000, output: 100, cached: 400 },
          ...tiers.map(({ above }) => ({ input: above + 1, output: 100 })),
        ]) {
          const result = await chatFrom(kit, kit.whole(kit.answer({ model, tokens })), { model });
          const tier = [...tiers].sort((a, b) => b.above - a.above).find(({ above }) => tokens.input > above) ?? price;
          const cached = "cached" in tokens ? tokens.cached : undefined;
          const cost =
            price.peak || price.cacheWrite !== undefined
              ? undefined
              : costOf(tier, tokens.input, tokens.output, cached);
          same(rounded(result.usage?.cost), rounded(cost), {
            at: `${model}, ${JSON.stringify(tokens)}`,
            fact: { path: `models.${model}.price`, value: price, source },
          });
        }
      }
    },
  },
];

function withHeaders(reply: MockResponse, headers: Record<string, string>): MockResponse {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function costOf(
  { input, output, cached }: Price,
  inputTokens: number,
  outputTokens: number,
  cachedTokens = 0,
): number | undefined {
  if (cachedTokens > 0 && cached === undefined) return undefined;
  return ((inputTokens - cachedTokens) * input + cachedTokens * (cached ?? 0) + outputTokens * output) / 1e6;
}

function rounded(cost: number | undefined): string | undefined {
  return cost?.toPrecision(10);
}
