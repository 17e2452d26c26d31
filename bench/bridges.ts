// Compares our bridges with the packages they replace: a text of 2,000 chunks, our CPU time ÷ theirs.
// --warm: after 100 calls, and without garbage collections between samples, which drop compiled code.
// node build/bridges.js [--rounds 15] [--warm] [--json FILE]
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { median } from "./median.ts";
import { startProcess } from "./start-process.ts";
import type { Sample } from "./worker.ts";
import { machine, writeResults } from "./write-results.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    warm: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const rounds = Number(options.rounds);
const { warm: isWarm } = options;
const warmup = isWarm ? 100 : 3;
/** The largest accepted ratio of our cost to theirs. */
const targets = { doStream: 0.5, streamText: 1, _streamResponseChunks: 0.5, stream: 1 };
const shapes = ["one", "many", "paced"];

const began = machine();
const upstream = await startProcess<{ port: number }>("upstream");

async function sample(child: ChildProcess, shape: string): Promise<number> {
  child.send({ id: 0, run: "text2000", shape, port: upstream.first.port, isWarm });
  const [answer] = (await once(child, "message")) as [Sample];
  if (answer.bad !== undefined) throw new Error(answer.bad);
  return answer.cpu;
}

const rows: { way: string; shape: string; ours: number; theirs: number; ratio: number; target: number }[] = [];
console.log("| way to read | written | ours, CPU ms | theirs, CPU ms | ours ÷ theirs | target | met |");
console.log("|---|---|--:|--:|--:|--:|---|");
for (const [way, target] of Object.entries(targets)) {
  const start = async (whose: string): Promise<ChildProcess> =>
    (await startProcess("worker", ["bridges", way, whose], ["--expose-gc"])).child;
  const [ours, theirs] = [await start("ours"), await start("theirs")];
  for (const shape of shapes) {
    const samples: { ours: number; theirs: number }[] = [];
    // In turn, so that noise affects both alike.
    for (let round = -warmup; round < rounds; round++) {
      const one = { ours: await sample(ours, shape), theirs: await sample(theirs, shape) };
      if (round >= 0) samples.push(one);
    }
    const ratio = median(samples.map((one) => one.ours / one.theirs));
    const row = {
      way,
      shape,
      ours: median(samples.map((one) => one.ours)),
      theirs: median(samples.map((one) => one.theirs)),
      ratio,
      target,
    };
    rows.push(row);
    const cells = [way, shape, row.ours.toFixed(1), row.theirs.toFixed(1), ratio.toFixed(2), `≤ ${target}`];
    console.log(`| ${[...cells, ratio <= target ? "yes" : "**no**"].join(" | ")} |`);
  }
  ours.disconnect();
  theirs.disconnect();
}
upstream.child.disconnect();
writeResults(options.json, began, { rounds, isWarm, rows });
