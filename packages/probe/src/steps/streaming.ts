import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { answerFacts } from "../answer-facts.ts";
import { probeTool } from "../parameter-specs.ts";
import { bodyWith } from "../search/parameter-bench.ts";
import type { Numbered } from "../session.ts";
import { namedFields } from "../words/named-fields.ts";
import { type Context, verdictOf } from "./context.ts";

/** Asks for a call in words too, where `tool_choice` cannot force one. */
export const toolPrompt = "What is the weather in Paris? Use the tool get_weather.";

/** A stream of text that is to end at a word, then one with a tool call that asks for token counts. */
export async function watchStreams(context: Context): Promise<void> {
  const text = await streamText(context);
  if (text === undefined) return;
  const isCounted = readUsage(text) !== "none";
  const call = await streamCall(context, isCounted);
  const streams = call ? [text, call] : [text];
  const { streaming } = context.report;
  streaming.comments = streams.some(({ comments }) => comments !== undefined);
  streaming.done = streams.every(({ done }) => done === true);
  const withOptions = call?.sent["stream_options"] === undefined ? undefined : readUsage(call);
  streaming.usage = isCounted ? readUsage(text) : (withOptions ?? "none");
  streaming.asked = !isCounted && streaming.usage !== "none";
  if (call && withOptions === "none" && !isCounted) verdictOf(context, "stream_options").verdict = "accepted";
  context.tell(
    `tool calls ${streaming.toolCalls}, token counts ${streaming.usage}${streaming.asked ? " where they are asked for" : ""}`,
  );
}

async function streamText(context: Context): Promise<Numbered | undefined> {
  const { session, base, plainText } = context;
  if (!session.has(1)) return undefined;
  const stop = stopWord(plainText);
  const isStopTaken = verdictOf(context, "stop").verdict === "accepted" && stop !== undefined;
  const names = isStopTaken ? ["stop"] : [];
  const body = bodyWith(base, names, isStopTaken ? { stop: [stop] } : {});
  let answer = await session.ask({ ...body, stream: true });
  if (isStopTaken && answer.outcome === "accepted") readStop(context, answer, stop);
  if (answer.outcome === "accepted") return answer;
  // Without streams a stop word shows in a whole answer.
  if (isStopTaken && session.has(1) && answer.outcome === "refused") {
    answer = await session.ask(body);
    if (answer.outcome === "accepted") readStop(context, answer, stop);
  }
  context.tell("no stream");
  return undefined;
}

/** A word from the middle of the plain answer, which comes again. */
function stopWord(text: string): string | undefined {
  const words = text.match(/[a-zA-Z]{3,}/g) ?? [];
  const word = words[Math.min(3, words.length - 2)];
  return words.length < 2 || word === undefined || text.indexOf(word) === 0 ? undefined : word;
}

/** The word and more after it: nothing stopped there. */
function readStop(context: Context, answer: Numbered, stop: string): void {
  const { text } = answerFacts(answer);
  const at = text.indexOf(stop);
  if (at < 0 || text.slice(at + stop.length).trim() === "") return;
  const verdict = verdictOf(context, "stop");
  verdict.verdict = "ignored";
  verdict.evidence = [answer.number];
}

/** A forced call with token counts; what is refused of it is left out, one after the other. */
async function streamCall(context: Context, isCounted: boolean): Promise<Numbered | undefined> {
  const { session, base, report } = context;
  const hasTools = ["accepted", "ignored"].includes(verdictOf(context, "tools").verdict);
  const messages = [{ role: "user", content: hasTools ? toolPrompt : "Say hello." }];
  const parts: { [name: string]: Json } = {
    stream_options: { include_usage: true },
    ...(hasTools && { tool_choice: "required" }),
  };
  let names = Object.keys(parts);
  const refusals = new Map<string, Numbered>();
  let answer: Numbered | undefined;
  const send = async (some: readonly string[]): Promise<Numbered> => {
    const own = Object.fromEntries(some.map((name) => [name, parts[name]!]));
    const tools = hasTools ? { tools: [probeTool] } : {};
    return session.ask({ ...bodyWith(base, []), ...tools, ...own, messages, stream: true } as JsonObject);
  };
  while (session.has(1)) {
    answer = await send(names);
    if (answer.outcome !== "refused" || names.length === 0) break;
    const named = namedFields(answer.words, answer.body, names);
    const blamed = named.length === 1 || names.length === 1 ? (named[0] ?? names[0]!) : undefined;
    if (blamed !== undefined && names.length === 1) refusals.set(blamed, answer);
    else {
      // Which of the two? Each alone.
      for (const name of names) {
        if (!session.has(1)) break;
        const alone = await send([name]);
        if (alone.outcome === "refused") refusals.set(name, alone);
      }
      if (refusals.size === 0) break;
    }
    names = names.filter((name) => !refusals.has(name));
  }
  const isAccepted = answer?.outcome === "accepted";
  const options = verdictOf(context, "stream_options");
  const refusedOptions = refusals.get("stream_options");
  if (refusedOptions) {
    Object.assign(options, { verdict: "rejected", status: refusedOptions.status, words: refusedOptions.words });
    options.evidence.push(refusedOptions.number);
  } else if (isAccepted && names.includes("stream_options")) {
    const isIgnored = !isCounted && readUsage(answer!) === "none";
    options.verdict = isIgnored ? "unknown" : "accepted";
    options.evidence.push(answer!.number);
  }
  if (hasTools)
    report.toolChoice["required"] = refusals.has("tool_choice")
      ? "rejected"
      : !isAccepted
        ? "unknown"
        : answerFacts(answer!).toolCalls.length > 0
          ? "accepted"
          : "ignored";
  const choice = refusals.get("tool_choice");
  if (choice) {
    const verdict = verdictOf(context, "tool_choice");
    if (verdict.verdict === "accepted")
      Object.assign(verdict, {
        status: choice.status,
        words: choice.words,
        values: { ...verdict.values, required: "rejected" },
        evidence: [...verdict.evidence, choice.number],
      });
  }
  if (!isAccepted) return undefined;
  report.streaming.toolCalls = readCalls(answer!);
  return answer;
}

/** One call in one chunk, or its arguments in several. */
function readCalls({ payloads = [] }: Numbered): "whole" | "fragments" | "unknown" {
  const calls = payloads.flatMap((payload) => {
    const found = readPath(payload, "choices.0.delta.tool_calls") as Json;
    return Array.isArray(found) ? (found as JsonObject[]) : [];
  });
  if (calls.length === 0) return "unknown";
  const first = calls.filter((call) => (call["index"] ?? 0) === (calls[0]!["index"] ?? 0));
  return first.length > 1 ? "fragments" : "whole";
}

/** Where the token counts of a stream stand. */
function readUsage({ payloads = [] }: Numbered): "with-finish" | "own-chunk" | "own-choice" | "none" {
  const at = payloads.findLastIndex(({ usage }) =>
    ["total_tokens", "completion_tokens", "output_tokens"].some((name) => typeof readPath(usage, name) === "number"),
  );
  const choices = at < 0 ? undefined : (payloads[at]!["choices"] as Json);
  if (at < 0) return "none";
  if (!Array.isArray(choices) || choices.length === 0) return "own-chunk";
  return typeof readPath(choices, "0.finish_reason") === "string" ? "with-finish" : "own-choice";
}
