import type { ChatEvent, ChatResult } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { failure, plain, same } from "../kit/expect.ts";
import type { Kit, Replay } from "../kit/kit.ts";
import { chunkings } from "../kit/replay-in-memory.ts";
import type { Answer } from "../wire/wire.ts";
import { sameUsage } from "./chat-recorded.ts";

interface Comparison {
  readonly label: string;
  readonly events: readonly ChatEvent[];
  readonly result: ChatResult;
  readonly answer: Answer;
}

/** Results of recorded streams. Each is compared with the wire's reading of the same bytes. */
export const streamRecorded: readonly Check[] = [
  {
    name: "streams-alike-however-cut",
    by: "cassettes",
    title:
      "the events are the same however the network cuts the bytes: whole, by event, byte by byte (both ends of a long body), at random",
    async run(kit) {
      for (const { scenario } of await streamed(kit)) {
        const [whole, ...others] = await Promise.all(chunkings.map((chunking) => kit.replay(scenario.id, chunking)));
        for (const [index, other] of others.entries()) {
          const at = `cut ${chunkings[index + 1]}`;
          same(eventsOf(other!), eventsOf(whole!), { at, cassette: whole!.label });
        }
      }
    },
  },
  {
    name: "streams-all-text",
    by: "cassettes",
    title: "the pieces of text, joined, are the text that was streamed, to the last piece",
    run: (kit) =>
      eachStream(kit, ({ events, answer, label }) =>
        same(joined(events, "text"), answer.text, { at: "text events", cassette: label }),
      ),
  },
  {
    name: "streams-all-reasoning",
    by: "cassettes",
    title: "the pieces of reasoning, joined, are the reasoning that was streamed, and come before the text",
    run: (kit) =>
      eachStream(kit, ({ events, answer, label }) => {
        same(joined(events, "reasoning"), answer.reasoning, { at: "reasoning events", cassette: label });
        const firstText = events.findIndex(({ type }) => type === "text");
        const lastReasoning = events.findLastIndex(({ type }) => type === "reasoning");
        if (firstText >= 0 && answer.reasoning !== "")
          same(lastReasoning < firstText, true, { at: "reasoning before text", cassette: label });
      }),
  },
  {
    name: "starts-and-finishes-once",
    by: "cassettes",
    title: "a stream has one start event, first, and one finish event, last",
    run: (kit) =>
      eachStream(kit, ({ events, label, answer }) => {
        const types = events.map(({ type }) => type);
        const count = (type: string): number => types.filter((one) => one === type).length;
        same([types[0], types.at(-1), count("start"), count("finish")], ["start", "finish", 1, 1], {
          at: "first, last, starts, finishes",
          cassette: label,
        });
        const start = events[0] as Extract<ChatEvent, { type: "start" }>;
        same([start.id, start.model], [answer.id || undefined, answer.model || undefined], {
          at: "start",
          cassette: label,
        });
      }),
  },
  {
    name: "finishes-with-reason-and-usage",
    by: "cassettes",
    title: "the finish event has the finish reason and the token counts of the stream",
    run: (kit) =>
      eachStream(kit, ({ events, answer, label }) => {
        const finish = events.findLast((event) => event.type === "finish");
        const fact = {
          path: "streaming.usage",
          value: kit.definition.streaming?.usage,
          source: kit.definition.streaming?.source,
        };
        sameUsage(finish?.usage, answer.tokens, { at: "usage", cassette: label, fact });
        same(finish?.rawFinishReason, answer.finishReason, { at: "rawFinishReason", cassette: label });
      }),
  },
  {
    name: "result-equals-events",
    by: "cassettes",
    title: "the `result` of a stream is what its events said",
    run: (kit) =>
      eachStream(kit, ({ events, result, label }) => {
        const finish = events.findLast((event) => event.type === "finish");
        const calls = events.flatMap((event) => (event.type === "tool-call" ? [event.toolCall] : []));
        const said = {
          text: joined(events, "text"),
          reasoning: joined(events, "reasoning"),
          toolCalls: calls,
          finishReason: finish?.finishReason,
          rawFinishReason: finish?.rawFinishReason,
          usage: finish?.usage,
        };
        const { text, reasoning, toolCalls, finishReason, rawFinishReason, usage } = result;
        same({ text, reasoning, toolCalls, finishReason, rawFinishReason, usage }, said, { cassette: label });
      }),
  },
  {
    name: "streams-tool-call-events",
    by: "cassettes",
    title:
      "each tool call is a start event, pieces that join to its arguments, and an end event, numbered from 0 in order",
    run: (kit) =>
      eachStream(kit, ({ events, answer, label }) => {
        answer.toolCalls.forEach((call, index) => {
          const own = events.filter((event) => "index" in event && event.index === index);
          const at = `call ${index}`;
          const types = own.map(({ type }) => type);
          same([types[0], types.at(-1)], ["tool-call-start", "tool-call"], { at, cassette: label });
          same(
            plain(own[0]),
            { type: "tool-call-start", index, id: call.id, name: call.name },
            { at, cassette: label },
          );
          const text = own.map((event) => (event.type === "tool-call-delta" ? event.arguments : "")).join("");
          const end = own.at(-1) as Extract<ChatEvent, { type: "tool-call" }>;
          same(text, end.toolCall.arguments, { at: `${at}, pieces`, cassette: label });
        });
        const ends = events.flatMap((event) => (event.type === "tool-call" ? [event.index] : []));
        same(
          ends,
          answer.toolCalls.map((_, index) => index),
          { at: "order of the ends", cassette: label },
        );
      }),
  },
];

async function streamed(kit: Kit): Promise<Replay[]> {
  return (await kit.replays()).filter(({ exchanges }) => exchanges.some(({ outcome }) => outcome.kind === "stream"));
}

/** Compares every recorded stream with its events and its result. */
export async function eachStream(kit: Kit, run: (told: Comparison) => void): Promise<void> {
  for (const { label, exchanges } of await kit.replays()) {
    for (const { outcome, answer } of exchanges)
      if (outcome.kind === "stream" && answer) run({ label, ...outcome, answer });
  }
}

function eventsOf({ exchanges, label }: Replay): readonly ChatEvent[] {
  return exchanges.flatMap(({ outcome }) => {
    if (outcome.kind === "stream") return outcome.events;
    if (outcome.kind === "error") throw failure({ expected: "a stream", got: outcome.error, cassette: label });
    return [];
  });
}

function joined(events: readonly ChatEvent[], type: "text" | "reasoning"): string {
  return events.map((event) => (event.type === type ? event.text : "")).join("");
}
