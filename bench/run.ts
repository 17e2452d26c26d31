// node build/run.js [--runs text2000,tool1000] [--contenders raw,openai] [--shapes one,many,paced] [--rounds 9] [--warmup 2]
//             [--memory | --cold] [--json FILE]
// Every contender runs in its own process; a round asks each in turn, so that noise affects all alike. It prints medians, and
// the medians of each round's ratio to raw.
import type { ChildProcess } from "node:child_process";
import { parseArgs } from "node:util";
import { chooseNames } from "./choose-names.ts";
import { contenders } from "./contenders.ts";
import { median } from "./median.ts";
import { runs } from "./scenarios.ts";
import { startProcess } from "./start-process.ts";
import type { Sample } from "./worker.ts";
import { machine, writeResults } from "./write-results.ts";

type Good = Extract<Sample, { wall: number }>;
type Row = {
  run: string;
  shape: string;
  contender: string;
  bad?: string;
  [figure: string]: string | number | undefined;
};

const { values: options } = parseArgs({
  options: {
    runs: { type: "string" },
    contenders: { type: "string", default: Object.keys(contenders).join(",") },
    shapes: { type: "string" },
    rounds: { type: "string" },
    warmup: { type: "string", default: "2" },
    memory: { type: "boolean", default: false },
    cold: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const { memory, cold } = options;
const names = [...new Set(["raw", ...chooseNames("contenders", options.contenders, Object.keys(contenders))])];
const allRuns = Object.keys(runs);
const runNames = chooseNames(
  "runs",
  options.runs ?? (memory ? "text20000,parallel64" : cold ? "text2000,tool1000" : allRuns.join(",")),
  allRuns,
);
const shapes = chooseNames("shapes", options.shapes ?? (memory || cold ? "one" : "one,many,paced"), [
  "one",
  "many",
  "paced",
]);
const rounds = Number(options.rounds ?? (memory ? 7 : 9));
const patience = 120_000;
const flags = ["--expose-gc", "--max-old-space-size=4096"];

const began = machine();
const upstream = await startProcess<{ port: number }>("upstream");
const { port } = upstream.first;
const rows: Row[] = [];
let asked = 0;

async function startWorker(name: string): Promise<ChildProcess> {
  return (await startProcess("worker", [name], flags)).child;
}

function ask(child: ChildProcess, run: string, shape: string): Promise<Sample> {
  const id = ++asked;
  return new Promise((resolve) => {
    const settle = (sample: Sample): void => {
      clearTimeout(timer);
      child.off("message", hear);
      child.off("exit", leave);
      resolve(sample);
    };
    const hear = (answer: Sample & { id: number }): void => {
      if (answer.id === id) settle(answer);
    };
    const leave = (): void => settle({ bad: "its process ended" });
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      settle({ bad: `no answer in ${patience / 1000} s` });
    }, patience);
    child.on("message", hear);
    child.on("exit", leave);
    child.send({ id, run, shape, port });
  });
}

async function time(run: string, shape: string, workers: Map<string, ChildProcess>): Promise<void> {
  const samples = new Map(names.map((name) => [name, [] as Good[]]));
  const bad = new Map<string, string>();
  for (let round = -Number(options.warmup); round < rounds; round++) {
    for (const name of names) {
      if (bad.has(name)) continue;
      const sample = await ask(workers.get(name)!, run, shape);
      if (sample.bad !== undefined) bad.set(name, sample.bad);
      else if (round >= 0) samples.get(name)!.push(sample);
    }
  }
  const raw = samples.get("raw")!;
  console.log(`\n### ${run}, ${shape} (a call, medians of ${rounds})\n`);
  console.log("| contender | CPU ms | CPU ÷ raw | wall ms | wall ÷ raw | first delta ms | over raw |");
  console.log("|---|--:|--:|--:|--:|--:|--:|");
  for (const [contender, own] of samples) {
    if (bad.has(contender)) {
      rows.push({ run, shape, contender, bad: bad.get(contender) });
      console.log(`| ${contender} | broken: ${bad.get(contender)} |||||`);
      continue;
    }
    const figures = {
      cpu: median(own.map((one) => one.cpu)),
      cpuRatio: median(own.map((one, i) => one.cpu / raw[i]!.cpu)),
      wall: median(own.map((one) => one.wall)),
      wallRatio: median(own.map((one, i) => one.wall / raw[i]!.wall)),
      firstDelta: median(own.map((one) => one.firstDelta)),
      firstDeltaOver: median(own.map((one, i) => one.firstDelta - raw[i]!.firstDelta)),
    };
    rows.push({ run, shape, contender, ...figures });
    const cells = Object.values(figures).map((value) => value.toFixed(2));
    console.log(`| ${contender} | ${cells.join(" | ")} |`);
  }
}

/** Starts a fresh process each round and makes thirty calls: the first one, the first ten, and the last ten, which are warm. */
async function measureCold(run: string, shape: string): Promise<void> {
  const calls = 30;
  const samples = new Map(names.map((name) => [name, [] as { first: number; firstTen: number; warm: number }[]]));
  const bad = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      if (bad.has(name)) continue;
      const child = await startWorker(name);
      const times: number[] = [];
      for (let call = 0; call < calls && !bad.has(name); call++) {
        const sample = await ask(child, run, shape);
        if (sample.bad !== undefined) bad.set(name, sample.bad);
        else times.push(sample.cpu);
      }
      child.disconnect();
      const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
      samples.get(name)!.push({ first: times[0]!, firstTen: sum(times.slice(0, 10)), warm: median(times.slice(-10)) });
    }
  }
  const raw = samples.get("raw")!;
  console.log(`\n### cold, ${run}, ${shape} (CPU of a fresh process, medians of ${rounds})\n`);
  console.log(
    "| contender | first ms | ÷ raw | first ten ms | ÷ raw | warm ms | ÷ raw |\n|---|--:|--:|--:|--:|--:|--:|",
  );
  for (const [contender, own] of samples) {
    if (bad.has(contender)) {
      rows.push({ run, shape, contender, bad: bad.get(contender) });
      console.log(`| ${contender} | broken: ${bad.get(contender)} |||||`);
      continue;
    }
    const figures: Record<string, number> = {};
    for (const figure of ["first", "firstTen", "warm"] as const) {
      figures[figure] = median(own.map((one) => one[figure]));
      figures[`${figure}Ratio`] = median(own.map((one, i) => one[figure] / raw[i]![figure]));
    }
    rows.push({ run, shape, contender, ...figures });
    console.log(
      `| ${contender} | ${Object.values(figures)
        .map((value) => value.toFixed(2))
        .join(" | ")} |`,
    );
  }
}

/** Starts a fresh process for each sample: import, one short stream, then the run once. */
async function measureMemory(run: string, shape: string): Promise<void> {
  const peaks = new Map(names.map((name) => [name, [] as number[]]));
  const bad = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      if (bad.has(name)) continue;
      const child = await startWorker(name);
      await ask(child, "first", shape);
      const sample = await ask(child, run, shape);
      if (sample.bad !== undefined) bad.set(name, sample.bad);
      else peaks.get(name)!.push(sample.peak);
      child.disconnect();
    }
  }
  const raw = peaks.get("raw")!;
  console.log(`\n### peak memory, ${run}, ${shape} (a fresh process each, medians of ${rounds})\n`);
  console.log("| contender | peak MB | over raw |\n|---|--:|--:|");
  for (const [contender, own] of peaks) {
    if (bad.has(contender)) {
      rows.push({ run, shape, contender, bad: bad.get(contender) });
      console.log(`| ${contender} | broken: ${bad.get(contender)} ||`);
      continue;
    }
    const peak = median(own);
    const over = median(own.map((one, i) => one - raw[i]!));
    rows.push({ run, shape, contender, peak, peakOver: over });
    console.log(`| ${contender} | ${peak.toFixed(0)} | ${over.toFixed(1)} |`);
  }
}

console.log(`Node ${began.node}, ${began.cores} cores, load ${began.load.toFixed(1)}`);
const workers = new Map<string, ChildProcess>();
if (!memory && !cold) for (const name of names) workers.set(name, await startWorker(name));
for (const run of runNames) {
  const { shape: own } = runs[run]!;
  for (const shape of own === undefined ? shapes : [own]) {
    if (memory) await measureMemory(run, shape);
    else if (cold) await measureCold(run, shape);
    else await time(run, shape, workers);
    for (const [name, child] of workers) if (child.exitCode !== null) workers.set(name, await startWorker(name));
  }
}
for (const child of workers.values()) child.disconnect();
upstream.child.disconnect();
writeResults(options.json, began, { rows });
