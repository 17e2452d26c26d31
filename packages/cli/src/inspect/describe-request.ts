import type { InspectedAttempt, InspectedExplanation, InspectedRequest } from "@llm-provider/gateway";
import { dollars, duration, paint, wrap, type CommandIo } from "@llm-provider/testing/command";

/** Lines of a difference that are shown before and after a change. */
const context = 2;
/** Characters of an answer that are shown. `--json` has all. */
const longestAnswer = 4000;

type Screen = Pick<CommandIo, "isTerminal" | "columns">;

/** A whole request for a person: what the page at `/inspector` shows, in the same order. */
export function describeRequest(request: InspectedRequest, io: Screen): string {
  const { bold, dim, red } = paint(io);
  const { row, sent, attempts, answer, price } = request;
  const { id, time, client, model, target, status, error, usage, cost, isEstimated, cache, replayOf } = row;
  const facts = [
    ...(client === undefined ? [] : [client]),
    `${model}${target === undefined ? "" : ` → ${target}`}`,
    status === undefined ? "running" : `status ${status}`,
    ...(row.firstContent === undefined ? [] : [`first ${duration(row.firstContent)}`]),
    ...(row.total === undefined ? [] : [`total ${duration(row.total)}`]),
    ...(usage ? [`${usage.inputTokens} in`, `${usage.outputTokens} out`] : []),
    ...(cost === undefined ? [] : [`${dollars(cost)}${isEstimated ? " (estimated)" : ""}`]),
    ...(cache === undefined ? [] : [`cache ${cache}`]),
  ];
  const priced = price && `$${price.input} in, $${price.output} out a million tokens ${dim(price.source)}`;
  return [
    `${bold(id)} ${dim(time)}${replayOf === undefined ? "" : ` again ${replayOf}`}`,
    facts.join(" · "),
    ...(priced === undefined ? [] : [priced]),
    ...(error ? [red(`${error.code} ${error.message}${error.hint ? ` ${error.hint}` : ""}`)] : []),
    `the caller sent ${sent.bytes} bytes${sent.isCut ? ", of which the beginning was kept" : ""}`,
    ...attempts.flatMap((attempt, index) => describeAttempt(attempt, index + 1, io)),
    ...(answer ? ["", bold("answer"), ...describeAnswer(answer)] : []),
    "",
  ].join("\n");
}

function describeAttempt(attempt: InspectedAttempt, number: number, io: Screen): string[] {
  const { bold, dim, yellow } = paint(io);
  const { target, at, ms, wait, status, code, message, hint, retryAfter, changes, wire, url, curl } = attempt;
  const how = [
    `at ${duration(at)}`,
    ...(wait >= 1 ? [`after a wait of ${duration(wait)}`] : []),
    `${duration(ms)} to ${code === undefined ? "the first content" : "the failure"}`,
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(wire ? [`${wire.bytes} bytes sent`] : ["nothing was sent"]),
  ];
  return [
    "",
    `${bold(`attempt ${number}`)} ${target} · ${how.join(" · ")}`,
    ...(url === undefined ? [] : [dim(url)]),
    ...(code === undefined ? [] : [`${yellow(code)} ${message ?? ""}${hint ? ` ${hint}` : ""}`]),
    ...(retryAfter === undefined ? [] : [`The endpoint asks to wait ${duration(retryAfter)}.`]),
    ...describeDifference(attempt, io),
    ...changes.flatMap(({ action, parameter, from, to, reason, source }) => [
      `${yellow(`${action} ${parameter}`)}${from === undefined ? "" : ` ${short(from)}`}${to === undefined ? "" : ` → ${short(to)}`}`,
      ...wrap(reason, Math.min(io.columns, 100) - 2).map((line) => `  ${line}`),
      `  ${dim(source)}`,
    ]),
    ...describeTimeline(attempt),
    ...(attempt.explanation ? describeExplanation(attempt.explanation, io) : []),
    ...(curl === undefined ? [] : [curl.trimEnd()]),
  ];
}

function describeDifference({ difference }: InspectedAttempt, io: Screen): string[] {
  const { red, green, dim } = paint(io);
  const isNear = (index: number): boolean =>
    difference.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== "same");
  return difference.flatMap(({ kind, text }, index) => {
    if (!isNear(index)) return isNear(index - 1) && index > 0 ? [dim("  …")] : [];
    return [kind === "added" ? green(`+ ${text}`) : kind === "removed" ? red(`- ${text}`) : dim(`  ${text}`)];
  });
}

function describeTimeline({ timeline }: InspectedAttempt): string[] {
  if (!timeline) return [];
  const { ticks, firstContent, longestGap, end, rate } = timeline;
  const fastest = Math.max(0, ...rate.map(({ perSecond }) => perSecond));
  const parts = [
    `${ticks.length} reads in ${duration(end)}`,
    ...(firstContent === undefined ? [] : [`first content ${duration(firstContent)}`]),
    ...(longestGap
      ? [`longest gap ${duration(longestGap.to - longestGap.from)}, from ${duration(longestGap.from)}`]
      : []),
    ...(fastest > 0 ? [`up to ${Math.round(fastest)} tokens/s`] : []),
  ];
  return [`stream: ${parts.join(" · ")}`];
}

function describeExplanation({ cause, evidence, fix, librechat }: InspectedExplanation, io: Screen): string[] {
  const { dim, cyan } = paint(io);
  return [
    `cause: ${cause}`,
    ...evidence.flatMap(({ text, source }) => [`  ${text}`, `  ${dim(source)}`]),
    ...fix.map((one) => `fix: ${one}`),
    ...(librechat === undefined ? [] : [`librechat: ${cyan(librechat)}`]),
  ];
}

function describeAnswer({
  text,
  reasoning,
  toolCalls,
  finishReason,
}: NonNullable<InspectedRequest["answer"]>): string[] {
  return [
    ...(reasoning === "" ? [] : [`reasoning: ${short(reasoning, longestAnswer)}`]),
    ...(text === "" ? [] : [short(text, longestAnswer)]),
    ...toolCalls.map(({ name, arguments: given }) => `${name}(${short(given, longestAnswer)})`),
    ...(finishReason === undefined ? [] : [`finish reason: ${finishReason}`]),
  ];
}

function short(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
