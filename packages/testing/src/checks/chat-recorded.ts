import type { ChatResult } from "@llm-provider/core";
import { replayHeaders } from "../cassette/recorded-response.ts";
import type { Check } from "../kit/check.ts";
import { failure, same, truth } from "../kit/expect.ts";
import type { Exchange, Kit, Replay } from "../kit/kit.ts";
import type { Answer } from "../wire/wire.ts";
import { quirksThatNeverFire } from "./quirks-that-never-fire.ts";
import { type About } from "../kit/expect.ts";

interface Comparison {
  readonly scenario: Replay["scenario"];
  readonly label: string;
  readonly exchange: Exchange;
  readonly result: ChatResult;
  readonly answer: Answer;
}

/** Results of recorded whole answers. Each is compared with the wire's reading of the same bytes. */
export const chatRecorded: readonly Check[] = [
  {
    name: "replays-every-scenario",
    by: "cassettes",
    title:
      "every recorded scenario replays: recorded answers succeed, recorded refusals fail, and nothing else is requested",
    async run(kit) {
      for (const { scenario, label, exchanges, problems } of await kit.replays()) {
        if (problems.length > 0)
          throw failure({ expected: "the recorded requests", got: problems.join("; "), cassette: label });
        for (const { outcome, interaction } of exchanges) {
          const failed = outcome.kind === "error";
          if (failed !== (interaction.status >= 400 || (scenario.fails ?? false))) {
            throw failure({
              expected: failed ? "an answer" : "an error",
              got: failed ? outcome.error : outcome,
              cassette: label,
            });
          }
        }
      }
    },
  },
  {
    name: "reads-all-text",
    by: "cassettes",
    title: "the text of a whole answer is complete",
    run: (kit) =>
      eachChat(kit, ({ result, answer, label }) => same(result.text, answer.text, { at: "text", cassette: label })),
  },
  {
    name: "reads-all-reasoning",
    by: "cassettes",
    title: "the reasoning of a whole answer is complete, and separate from the text",
    run: (kit) =>
      eachChat(kit, ({ result, answer, label }) =>
        same(result.reasoning, answer.reasoning, { at: "reasoning", cassette: label }),
      ),
  },
  {
    name: "reads-token-counts",
    by: "cassettes",
    title: "token counts are those of the answer: input, output, total, cached, reasoning",
    run: (kit) =>
      eachChat(kit, ({ result, answer, label }) => {
        sameUsage(result.usage, answer.tokens, { at: "usage", cassette: label });
      }),
  },
  {
    name: "reads-response-details",
    by: "cassettes",
    title: "the result has the answer's id and model, and the response's status, headers and request id",
    run: (kit) =>
      eachChat(kit, ({ result, answer, label, exchange }) => {
        const cassette = label;
        same([result.id, result.model], [answer.id || undefined, answer.model || undefined], {
          at: "id, model",
          cassette,
        });
        same(result.response.status, exchange.interaction.status, { at: "response.status", cassette });
        const recorded = replayHeaders(exchange.interaction);
        for (const [name, values] of Object.entries(recorded))
          same(result.response.headers[name], values.join(", "), { at: `response.headers.${name}`, cassette });
        const header = (kit.definition.limits?.requestId ?? "x-request-id").toLowerCase();
        same(result.response.requestId, recorded[header]?.[0], {
          at: "response.requestId",
          cassette,
          fact: { path: "limits.requestId", value: header },
        });
      }),
  },
  {
    name: "ends-as-recorded",
    by: "cassettes",
    title: "each recorded answer ends for the reason its scenario is about: length, a stop sequence, tool calls",
    run: (kit) =>
      eachChat(kit, ({ result, answer, scenario, label }) => {
        same(result.rawFinishReason, answer.finishReason, { at: "rawFinishReason", cassette: label });
        if (scenario.id === "length") same(result.finishReason, "length", { at: "finishReason", cassette: label });
        if (scenario.id === "tool-call")
          same(result.finishReason, "tool-calls", { at: "finishReason", cassette: label });
        if (scenario.id !== "stop") return;
        same([result.finishReason, result.text.includes("four")], ["stop", false], {
          at: "finishReason, text after the stop sequence",
          cassette: label,
        });
      }),
  },
  {
    name: "shows-every-quirk",
    by: "cassettes",
    title: "every quirk of the definition changes something in at least one cassette",
    applies: ({ quirks }) => (quirks?.length ?? 0) > 0,
    run(kit) {
      const [idle] = quirksThatNeverFire(kit.definition, kit.cassettes);
      if (idle)
        throw failure({
          at: idle.path,
          expected: "a cassette, from the record command or written from documentation, on which it has an effect",
          got: "none",
          fact: { path: idle.path, value: idle.quirk.name, source: idle.quirk.source },
        });
    },
  },
  {
    name: "returns-an-appendable-message",
    by: "cassettes",
    title: "`result.message` contains what the answer contained, ready to be appended",
    run: (kit) =>
      eachChat(kit, ({ result, answer, label }) => {
        const { message } = result;
        const cassette = label;
        same([message.role, message.provider], ["assistant", kit.definition.id], {
          at: "message.role, message.provider",
          cassette,
        });
        same(message.content ?? "", answer.text, { at: "message.content", cassette });
        same(message.reasoning ?? "", answer.reasoning, { at: "message.reasoning", cassette });
        const calls = (message.tool_calls ?? []).map((call) => [call.id, call.type, call["function"]?.name]);
        same(
          calls,
          answer.toolCalls.map(({ id, name }) => [id, "function", name]),
          { at: "message.tool_calls", cassette },
        );
        if (answer.reasoningDetails)
          truth((message.reasoning_details?.length ?? 0) > 0, "the reasoning blocks", message.reasoning_details, {
            at: "message.reasoning_details",
            cassette,
          });
      }),
  },
];

/** Compares every recorded whole answer with its result. */
export async function eachChat(kit: Kit, run: (comparison: Comparison) => void): Promise<void> {
  for (const { scenario, label, exchanges } of await kit.replays()) {
    for (const exchange of exchanges) {
      const { outcome, answer } = exchange;
      if (outcome.kind === "chat" && answer) run({ scenario, label, exchange, result: outcome.result, answer });
    }
  }
}

/** Compares token counts with those of the answer; the cost is not compared. */
export function sameUsage(usage: ChatResult["usage"], tokens: Answer["tokens"], about: About): void {
  const { cost: _cost, ...counts } = usage ?? { cost: 0 };
  const { input, output, total, cached, reasoning } = tokens ?? {};
  const expected = tokens && {
    inputTokens: input,
    outputTokens: output,
    totalTokens: total,
    cachedInputTokens: cached,
    reasoningTokens: reasoning,
  };
  same(counts, expected ?? {}, about);
}
