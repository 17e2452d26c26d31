// One process for each contender. It receives { id, run, shape, port, memory } and answers { id, ...Sample }.
import type { Driver } from "./driver.ts";
import { chatText, runs, scenario, taskOf, type Run } from "./scenarios.ts";
import type { Sink } from "./sink.ts";

/** Milliseconds for a call, memory in megabytes. `bad`: the answer was wrong or missing. */
export type Sample =
  | { bad: string }
  | { bad?: undefined; wall: number; cpu: number; firstDelta: number; chunks: number; peak: number };
export type Ask = { id: number; run: string; shape: string; port: number; memory?: boolean; isWarm?: boolean };

const megabyte = 1024;
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {});
const loaded = import(`./drivers/${process.argv[2]}.js`) as Promise<{ driver: Driver }>;

async function sample({ run: name, shape, port, isWarm = false }: Ask): Promise<Sample> {
  const run = runs[name]!;
  const { driver } = await loaded;
  const task = taskOf(run, shape, port);
  scenario(run.scenario);
  // Twice, to free both the garbage of the last sample and what it kept alive.
  if (!isWarm) for (let i = 0; i < 2; i++) collect();
  const before = process.cpuUsage();
  const began = performance.now();
  const call = () => driver[run.kind](task);
  const answers: (Sink | { text: string })[] = run.parallel
    ? await Promise.all(Array.from({ length: run.calls }, call))
    : [];
  if (!run.parallel) for (let i = 0; i < run.calls; i++) answers.push(await call());
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  const bad = answers.map((one) => faultOf(run, one)).find((fault) => fault !== undefined);
  if (bad !== undefined) return { bad };
  const firsts = answers.map((one) => ("firstDelta" in one ? one.firstDelta : 0)).sort((a, b) => a - b);
  const [first] = answers;
  return {
    wall: wall / run.calls,
    cpu: (user + system) / 1000 / run.calls,
    firstDelta: firsts[firsts.length >> 1]!,
    chunks: first && "chunks" in first ? first.chunks : 0,
    peak: process.resourceUsage().maxRSS / megabyte,
  };
}

/** Checks every answer, because a client that loses half of it is fast. */
function faultOf(run: Run, answer: Sink | { text: string }): string | undefined {
  if (run.kind === "chat") return answer.text === chatText ? undefined : "wrong text";
  const { expected } = scenario(run.scenario);
  const { text, reasoning, toolCalls } = answer as Sink;
  if (expected.text && text !== expected.text)
    return `wrong text, ${text.length} of ${expected.text.length} characters`;
  if (expected.reasoning && reasoning !== expected.reasoning) return "wrong reasoning";
  const [wanted] = expected.toolCalls ?? [];
  if (!wanted) return undefined;
  if (toolCalls[0]?.name !== wanted.name) return "wrong tool name";
  return queryOf(toolCalls[0].arguments) === queryOf(wanted.arguments) ? undefined : "wrong tool arguments";
}

function queryOf(text: string): unknown {
  try {
    return JSON.parse(text).query;
  } catch {
    return Symbol("not JSON");
  }
}

process.on("message", async (ask: Ask) => {
  const found = await sample(ask).catch((error: unknown) => ({ bad: String(error).slice(0, 200) }));
  process.send?.({ id: ask.id, ...found });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ isReady: true });
