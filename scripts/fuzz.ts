// Reads broken answers for a given time: `node --conditions=source scripts/fuzz.ts [--seconds 60] [--seed 1] [--count N]`.
// It reports anything thrown but a ProviderError, a read of more than two seconds, and a difference between two ways to cut one
// body, or between its events, its result and chat. Each input has a number; the same number makes the same input.
import { parseArgs } from "node:util";
import { examine, type Input } from "./fuzz/examine.ts";
import { grammarBody } from "./fuzz/grammar.ts";
import { mutate } from "./fuzz/mutate.ts";
import { createRandom } from "./fuzz/random.ts";
import { shrink } from "./fuzz/shrink.ts";
import { reader, type Seed, seeds } from "./fuzz/sources.ts";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    count: { type: "string" },
  },
});
const dialects = [
  {},
  { reasoningTags: ["think"] },
  { text: "cumulative" },
  { reasoning: "details", history: "verbatim" },
  { reasoning: "parts", history: "optional" },
];

const sources = seeds();
const first = Number(options.seed);
const count = Number(options.count ?? Number.POSITIVE_INFINITY);
const until = performance.now() + Number(options.seconds) * 1000;
const finds = new Map<string, number>();
let lost: unknown;
process.on("unhandledRejection", (reason) => (lost = reason));
process.on("uncaughtException", (reason) => (lost = reason));

let made = 0;
for (; made < count && performance.now() < until; made++) {
  const seed = first + made;
  const input = makeInput(seed);
  const problem = await examineFully(input, seed);
  if (problem === undefined) continue;
  const known = finds.get(problem) ?? 0;
  finds.set(problem, known + 1);
  if (known === 0) await report(problem, input, seed);
}
if (finds.size > 0) {
  console.log("\nTimes found:");
  for (const [problem, times] of finds) console.log(`${String(times).padStart(6)}  ${problem}`);
}
console.log(`${made} inputs, ${finds.size} finds`);
process.exit(finds.size > 0 ? 1 : 0);

function makeInput(seed: number): Input {
  const random = createRandom(seed);
  const source: Seed = random.oneIn(3)
    ? { origin: "grammar", status: 200, body: grammarBody(random), client: reader(random.pick(dialects)) }
    : random.pick(random.pick(sources));
  const isKept = source.origin === "grammar" && !random.oneIn(4);
  return {
    ...source,
    status: random.oneIn(12) ? random.pick([200, 202, 400, 403, 422, 429, 500]) : source.status,
    body: isKept ? source.body : mutate(random, source.body, random.pick(random.pick(sources)).body),
    ending: random.oneIn(40) ? "hang" : random.oneIn(15) ? new TypeError("terminated") : "close",
  };
}

/** Also finds errors that are thrown where no caller catches them. */
async function examineFully(input: Input, seed: number): Promise<string | undefined> {
  lost = undefined;
  const problem = await examine(input, createRandom(seed));
  // Node reports an unhandled rejection after the microtasks of its turn.
  await new Promise((resolve) => setImmediate(resolve));
  return problem ?? (lost === undefined ? undefined : `Nobody handles: ${String(lost).slice(0, 120)}`);
}

async function report(problem: string, input: Input, seed: number): Promise<void> {
  const body = await shrink(
    input.body,
    async (shorter) => (await examineFully({ ...input, body: shorter }, seed)) === problem,
  );
  const shown =
    body.length > 1500 ? `${body.slice(0, 1000)} … (${body.length} characters) … ${body.slice(-300)}` : body;
  console.log(`\n${problem}
  again:  node --conditions=source scripts/fuzz.ts --seed ${seed} --count 1
  of:     ${input.origin}; status ${input.status}, ending ${String(input.ending)}
  body:   ${JSON.stringify(shown)}`);
}
