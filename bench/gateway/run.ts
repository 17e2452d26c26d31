// Compares gateways with a bare proxy and with none: node build/gateway/run.js [--contenders ours,llms,portkey] [--rounds 9]
//             [--seconds 1.5] [--starts 7] [--json FILE]
// The upstream, the load and each gateway are separate processes; a round asks each gateway in turn, so that noise affects all
// alike. It prints medians over the rounds: what each gateway adds to a direct request, or its ratio to the bare proxy.
import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chooseNames } from "../choose-names.ts";
import { median } from "../median.ts";
import { scenario } from "../scenarios.ts";
import { startProcess } from "../start-process.ts";
import { machine, writeResults } from "../write-results.ts";
import { contenders, requestTo } from "./contenders.ts";
import { startGateway, startWithProbe, stop, usedBy, type Gateway } from "./gateway-process.ts";
import type { Load, Loaded } from "./load.ts";

const { values: options } = parseArgs({
  options: {
    contenders: { type: "string", default: "ours,llms,portkey" },
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "1.5" },
    starts: { type: "string", default: "7" },
    json: { type: "string" },
  },
});
const names = [
  ...new Set(["direct", "bare", ...chooseNames("contenders", options.contenders, Object.keys(contenders))]),
];
const rounds = Number(options.rounds);

const began = machine();
const { child: upstreamProcess, first: listening } = await startProcess<{ port: number }>("upstream");
const upstream = `http://127.0.0.1:${listening.port}/text500/one/v1`;
const upstreamPath = new URL(upstream).pathname;
const { child: loader } = await startProcess("gateway/load");
let asked = 0;

const bad = new Map<string, string>();
const starts = await measureStarts();
const gateways = new Map<string, Gateway>();
for (const name of names) {
  if (bad.has(name)) continue;
  const gateway = await startGateway(contenders[name]!, upstream);
  gateways.set(name, gateway);
  if (!(await isWhole(name))) bad.set(name, "its stream does not contain the upstream's text");
}
const alone = await measureStreams(1);
const many = await measureStreams(64);
for (const { child } of gateways.values()) await stop(child);
upstreamProcess.disconnect();
loader.disconnect();

const rows = names.map((contender) => {
  if (bad.has(contender)) return { contender, bad: bad.get(contender)! };
  return {
    contender,
    p50: typical(alone, contender, (own) => own.p50),
    added: typical(alone, contender, (own, { direct }) => own.p50 - direct!.p50),
    addedRatio: typical(
      alone,
      contender,
      (own, { direct, bare }) => (own.p50 - direct!.p50) / (bare!.p50 - direct!.p50),
    ),
    perSecond: typical(many, contender, rate),
    ofDirect: typical(many, contender, (own, { direct }) => rate(own) / rate(direct!)),
    ofBare: typical(many, contender, (own, { bare }) => rate(own) / rate(bare!)),
    cpuOne: typical(alone, contender, (own) => own.cpu),
    cpuRatioOne: typical(alone, contender, (own, { bare }) => own.cpu / bare!.cpu),
    cpuMany: typical(many, contender, (own) => own.cpu),
    cpuRatioMany: typical(many, contender, (own, { bare }) => own.cpu / bare!.cpu),
    start: median(starts.get(contender)!.map(({ started }) => started)),
    memory: median(starts.get(contender)!.map(({ memory }) => memory)),
  };
});
print();
writeResults(options.json, began, { rows, loadAfter: loadavg()[0] });

type Round = { [name: string]: Loaded & { cpu: number } };

function rate({ count, seconds }: Loaded): number {
  return count / seconds;
}

function typical(all: readonly Round[], name: string, figure: (own: Round[string], round: Round) => number): number {
  return median(all.map((round) => figure(round[name]!, round)));
}

/** Measures fresh processes: the time to the first answer, and idle memory beyond that of an empty Node process. */
async function measureStarts(): Promise<Map<string, { started: number; memory: number }[]>> {
  const samples = new Map(names.map((name) => [name, [] as { started: number; memory: number }[]]));
  for (let round = 0; round < Number(options.starts); round++) {
    const empty = startWithProbe(join(import.meta.dirname, "idle.js"));
    await sleep(500);
    const bareNode = (await usedBy(empty)).memory;
    await stop(empty);
    for (const name of names) {
      if (bad.has(name)) continue;
      try {
        const { child, started } = await startGateway(contenders[name]!, upstream);
        await sleep(child ? 500 : 0);
        samples.get(name)!.push({ started, memory: child ? (await usedBy(child)).memory - bareNode : 0 });
        await stop(child);
      } catch (error) {
        bad.set(name, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return samples;
}

async function measureStreams(connections: number): Promise<Round[]> {
  const found: Round[] = [];
  // The first two rounds warm up.
  for (let round = -2; round < rounds; round++) {
    const measured: Round = {};
    for (const name of names) if (!bad.has(name)) measured[name] = await measure(name, connections);
    if (round >= 0) found.push(measured);
  }
  return found;
}

async function measure(name: string, connections: number): Promise<Loaded & { cpu: number }> {
  const { child } = gateways.get(name)!;
  const before = child ? (await usedBy(child)).cpu : 0;
  const loaded = await load(name, connections, Number(options.seconds) * 1000);
  if (loaded.failed > 0) console.error(`${name}: ${loaded.failed} of ${loaded.count} streams were wrong`);
  const after = child ? (await usedBy(child)).cpu : 0;
  return { ...loaded, cpu: (after - before) / loaded.count };
}

/** Whether the whole text arrives: a gateway that loses half of it is fast. */
async function isWhole(name: string): Promise<boolean> {
  const { path, headers, body } = requestTo(contenders[name]!, upstream, true);
  const answer = await fetch(`http://127.0.0.1:${gateways.get(name)!.port}${pathAt(name, path)}`, {
    method: "POST",
    headers,
    body,
  });
  const chunks = (await answer.text()).matchAll(/^data: (\{.*)$/gm);
  const text = [...chunks].map(([, json]) => JSON.parse(json!).choices[0]?.delta?.content ?? "").join("");
  return text === scenario("text500").expected.text;
}

function pathAt(name: string, path: string): string {
  return name === "direct" ? upstreamPath + path : path;
}

function load(name: string, connections: number, milliseconds: number): Promise<Loaded> {
  const id = ++asked;
  const { path, headers, body } = requestTo(contenders[name]!, upstream, true);
  const ask: Load = {
    id,
    port: gateways.get(name)!.port,
    path: pathAt(name, path),
    headers,
    body,
    connections,
    milliseconds,
    ending: "[DONE]",
  };
  return new Promise((resolve, reject) => {
    const hear = (answer: Loaded & { id: number; bad?: string }): void => {
      if (answer.id !== id) return;
      loader.off("message", hear);
      if (answer.bad === undefined) resolve(answer);
      else reject(new Error(`${name}: ${answer.bad}`));
    };
    loader.on("message", hear);
    loader.send(ask);
  });
}

function print(): void {
  const cells = [
    "p50 ms, 1 connection",
    "added ms",
    "÷ bare's",
    "streams/s, 64",
    "of direct",
    "of bare",
    "CPU ms a stream, 1 / 64",
    "÷ bare, 1 / 64",
    "start ms",
    "idle MB over Node",
  ];
  console.log(`| stream of 500 chunks | ${cells.join(" | ")} |\n|---|${cells.map(() => "--:").join("|")}|`);
  for (const row of rows) {
    if (row.bad !== undefined) {
      console.log(`| ${row.contender} | broken: ${row.bad} |${" |".repeat(cells.length - 1)}`);
      continue;
    }
    const figures = [
      row.p50.toFixed(2),
      row.added.toFixed(2),
      row.addedRatio.toFixed(2),
      row.perSecond.toFixed(0),
      `${(100 * row.ofDirect).toFixed(1)} %`,
      `${(100 * row.ofBare).toFixed(0)} %`,
      `${row.cpuOne.toFixed(2)} / ${row.cpuMany.toFixed(2)}`,
      `${row.cpuRatioOne.toFixed(2)} / ${row.cpuRatioMany.toFixed(2)}`,
      row.start.toFixed(0),
      row.memory.toFixed(0),
    ];
    console.log(`| ${row.contender} | ${figures.join(" | ")} |`);
  }
}
