import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { answerFacts } from "../answer-facts.ts";
import { probeTool } from "../parameter-specs.ts";
import { bodyWith } from "../search/parameter-bench.ts";
import type { Numbered } from "../session.ts";
import { type Context, verdictOf } from "./context.ts";

/** Also asks for a call in words, in case `tool_choice` cannot force one. */
export const toolPrompt = "What is the weather in Paris? Use the tool get_weather.";

/** An answer with a stop sequence, a text stream, and a stream with a tool call and token counts. */
export async function watchStreams(context: Context): Promise<void> {
  await checkStop(context);
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
  context.tell(
    `tool calls ${streaming.toolCalls}, token counts ${streaming.usage}${streaming.asked ? " where they are asked for" : ""}`,
  );
}

/** The plain chat as a stream. */
async function streamText(context: Context): Promise<Numbered | undefined> {
  const { session, base } = context;
  if (!session.has(1)) return undefined;
  const answer = await session.ask({ ...bodyWith(base, []), stream: true });
  if (answer.outcome === "accepted" && isStream(answer)) return answer;
  context.tell("no stream");
  return undefined;
}

/** Some endpoints answer a stream request with one whole body. */
function isStream({ payloads = [] }: Numbered): boolean {
  return payloads.some((payload) => readPath(payload, "choices.0.delta") !== undefined);
}

/** Does an answer stop at a word of the plain answer? The request is the same otherwise. */
async function checkStop(context: Context): Promise<void> {
  const { session, base, plainText } = context;
  const stop = stopWord(plainText);
  if (verdictOf(context, "stop").verdict !== "accepted" || stop === undefined || !session.has(1)) return;
  const answer = await session.ask(bodyWith(base, ["stop"], { stop: [stop] }));
  if (answer.outcome === "accepted") readStop(context, answer, stop);
}

/** A word of the plain answer, or a piece of one, that comes again; not at its beginning, and not the last. */
function stopWord(text: string): string | undefined {
  const words = [...text.matchAll(/[\p{L}\p{N}]{3,}/gu)].map(([word]) => word).slice(1, -1);
  const middle = Math.floor(words.length / 2);
  const pieces = [text.slice(3, 8), text.slice(5, 10)].filter((piece) => piece.trim().length > 2);
  return [...words.slice(0, middle + 1).toReversed(), ...words.slice(middle + 1), ...pieces].find((word) => {
    const at = text.indexOf(word);
    return at > 0 && text.slice(at + word.length).trim() !== "";
  });
}

/** Does the answer contain the word and more after it? Then it did not stop there. */
function readStop(context: Context, answer: Numbered, stop: string): void {
  const { text } = answerFacts(answer);
  const at = text.indexOf(stop);
  if (at < 0 || text.slice(at + stop.length).trim() === "") return;
  const verdict = verdictOf(context, "stop");
  verdict.verdict = "ignored";
  verdict.evidence = [answer.number];
}

/** A forced call with token counts. If that is refused: only the counts, a call without them, a call that is not forced. */
async function streamCall(context: Context, isCounted: boolean): Promise<Numbered | undefined> {
  const { session, base, report } = context;
  const hasTools = ["accepted", "ignored"].includes(verdictOf(context, "tools").verdict);
  const send = async (choice: "none" | "auto" | "required", counts: boolean): Promise<Numbered | undefined> => {
    if (!session.has(1)) return undefined;
    const calls = choice !== "none" && hasTools;
    return session.ask({
      ...bodyWith(base, []),
      ...(calls && { ...besideTools(report), tools: [probeTool] }),
      ...(calls && choice === "required" && { tool_choice: "required" }),
      ...(counts && { stream_options: { include_usage: true } }),
      messages: [{ role: "user", content: calls ? toolPrompt : "Say hello." }],
      stream: true,
    } as JsonObject);
  };
  const both = await send("required", true);
  const options = verdictOf(context, "stream_options");
  let answer = both;
  if (both?.outcome === "accepted") {
    report.toolChoice["required"] = answerFacts(both).toolCalls.length > 0 ? "accepted" : "ignored";
    takeOptions(options, both, isCounted);
  } else if (both?.outcome === "refused") {
    const alone = hasTools ? await send("none", true) : both;
    if (alone?.outcome === "accepted") takeOptions(options, alone, isCounted);
    if (alone?.outcome === "refused")
      Object.assign(options, {
        verdict: "rejected",
        status: alone.status,
        words: alone.words,
        evidence: [alone.number],
      });
    const counts = alone?.outcome === "accepted";
    const forced = counts ? both : await send("required", false);
    if (forced?.outcome === "accepted")
      report.toolChoice["required"] = answerFacts(forced).toolCalls.length > 0 ? "accepted" : "ignored";
    answer = forced?.outcome === "refused" && hasTools ? await send("auto", counts) : forced;
    // The same request without this one word is accepted.
    if (forced?.outcome === "refused" && answer?.outcome === "accepted" && hasTools) refuseForced(context, forced);
    if (answer?.outcome !== "accepted" && alone?.outcome === "accepted") answer = alone;
  }
  if (!hasTools) delete report.toolChoice["required"];
  if (answer?.outcome !== "accepted") return undefined;
  report.streaming.toolCalls = readCalls(answer);
  return answer;
}

/** Parameters without which tools are refused. */
export function besideTools({ requires }: Context["report"]): JsonObject {
  return Object.fromEntries(
    requires.filter(({ parameter }) => parameter === "tools").map(({ beside, value }) => [beside, value]),
  );
}

/** Accepted. If counts came, it works; if they come anyway, that proves nothing. */
function takeOptions(verdict: ReturnType<typeof verdictOf>, answer: Numbered, isCounted: boolean): void {
  verdict.verdict = !isCounted && readUsage(answer) === "none" ? "unknown" : "accepted";
  verdict.evidence.push(answer.number);
}

function refuseForced(context: Context, { status, words, number }: Numbered): void {
  context.report.toolChoice["required"] = "rejected";
  const verdict = verdictOf(context, "tool_choice");
  if (verdict.verdict !== "accepted") return;
  verdict.evidence.push(number);
  Object.assign(verdict, { status, words, values: { ...verdict.values, required: "rejected" } });
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

/** The place of the token counts in a stream. */
function readUsage({ payloads = [] }: Numbered): "with-finish" | "own-chunk" | "own-choice" | "none" {
  const at = payloads.findLastIndex(({ usage }) =>
    ["total_tokens", "completion_tokens", "output_tokens"].some((name) => typeof readPath(usage, name) === "number"),
  );
  const choices = at < 0 ? undefined : (payloads[at]!["choices"] as Json);
  if (at < 0) return "none";
  if (!Array.isArray(choices) || choices.length === 0) return "own-chunk";
  return typeof readPath(choices, "0.finish_reason") === "string" ? "with-finish" : "own-choice";
}
