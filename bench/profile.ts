// Shows where a contender spends its time: node build/profile.js <contender> [--run text2000] [--shape one] [--times 10] [--top 20]
import { Session, type Profiler } from "node:inspector/promises";
import { parseArgs } from "node:util";
import { chooseNames } from "./choose-names.ts";
import { contenders } from "./contenders.ts";
import type { Driver } from "./driver.ts";
import { runs, taskOf } from "./scenarios.ts";
import { startProcess } from "./start-process.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    run: { type: "string", default: "text2000" },
    shape: { type: "string", default: "one" },
    times: { type: "string", default: "10" },
    top: { type: "string", default: "20" },
  },
});
const [name = "llm-provider"] = positionals;
chooseNames("contender", name, Object.keys(contenders));
chooseNames("run", options.run, Object.keys(runs));
const times = Number(options.times);
const run = runs[options.run]!;

const upstream = await startProcess<{ port: number }>("upstream");
const { driver } = (await import(`./drivers/${name}.js`)) as { driver: Driver };
const call = () => driver[run.kind](taskOf(run, options.shape, upstream.first.port));
for (let i = 0; i < 5; i++) await call();

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 200 });
await session.post("Profiler.start");
for (let i = 0; i < times; i++) await call();
const { profile } = await session.post("Profiler.stop");
upstream.child.disconnect();

function placeOf({ functionName, url }: Profiler.ProfileNode["callFrame"]): string {
  if (functionName === "(garbage collector)") return "(gc)";
  const [, own] = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(url) ?? [];
  if (own !== undefined) return own;
  if (url.startsWith("node:internal/deps/undici")) return "node: fetch";
  if (url.startsWith("node:internal/webstreams")) return "node: web streams";
  return url.startsWith("node:") ? "node: other" : url ? "driver" : "V8 itself (JSON.parse and such)";
}

const self = new Map<number, number>();
for (const [i, id] of (profile.samples ?? []).entries())
  self.set(id, (self.get(id) ?? 0) + (profile.timeDeltas?.[i] ?? 0));
const places = new Map<string, number>();
const functions = new Map<string, number>();
let total = 0;
for (const { id, callFrame } of profile.nodes) {
  const taken = self.get(id) ?? 0;
  const { functionName, url, lineNumber } = callFrame;
  if (/^\((idle|program|root)\)$/.test(functionName) || url.includes("inspector")) continue;
  total += taken;
  const place = placeOf(callFrame);
  const label = `${functionName || "(anonymous)"}, ${place} ${url.split("/").at(-1)}:${lineNumber + 1}`;
  places.set(place, (places.get(place) ?? 0) + taken);
  functions.set(label, (functions.get(label) ?? 0) + taken);
}

function print(figures: Map<string, number>, top: number): void {
  for (const [label, taken] of [...figures].sort((a, b) => b[1] - a[1]).slice(0, top))
    console.log(`${((100 * taken) / total).toFixed(1).padStart(7)} %  ${label}`);
}
console.log(`${name}, ${options.run}, ${times} calls, ${(total / 1000 / times).toFixed(2)} ms sampled a call`);
print(places, 10);
console.log();
print(functions, Number(options.top));
