// Prints the table of targets from the results of the other scripts. With --write it goes into README.md.
// node report.ts [--write]   (not built: it shares a module with ../scripts)
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replacePart } from "../packages/docs/src/replace-part.ts";
import type { Machine } from "./write-results.ts";

type Row = { contender: string; run?: string; shape?: string; bad?: string; [figure: string]: unknown };
type Results = Machine & { rows: Row[]; ratio?: number };

const bench = import.meta.dirname;
function read(name: string): Results {
  const file = join(bench, "results", `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Results;
  console.error(`results/${name}.json is missing. Measure first: npm run all`);
  process.exit(2);
}
const [streams, memory, cold, startup, footprint, longLine] = [
  read("streams"),
  read("memory"),
  read("cold"),
  read("startup"),
  read("footprint"),
  read("long-line"),
];

/** A line of the table: its measure, the rows it comes from, and our limit. */
type Line = {
  label: string;
  results: Results;
  figure: string;
  cases: readonly { run?: string; shape?: string; limit: number }[];
  digits: number;
};

const cpu = (label: string, limit: number, ...cases: [run: string, shape: string][]): Line => ({
  label,
  results: streams,
  figure: "cpuRatio",
  cases: cases.map(([run, shape]) => ({ run, shape, limit })),
  digits: 2,
});
const lines: Line[] = [
  cpu("CPU ÷ raw, text of 2,000 chunks, one event a write / many", 1.4, ["text2000", "one"], ["text2000", "many"]),
  cpu("CPU ÷ raw, text of 20,000 chunks, one / many", 1.4, ["text20000", "one"], ["text20000", "many"]),
  cpu("CPU ÷ raw, paced text of 2,000 / 20,000", 1.2, ["text2000", "paced"], ["text20000", "paced"]),
  cpu("CPU ÷ raw, tool call of 1,000 deltas, one / many", 1.4, ["tool1000", "one"], ["tool1000", "many"]),
  cpu("CPU ÷ raw, tool call of 4,000 deltas, one / many", 1.4, ["tool4000", "one"], ["tool4000", "many"]),
  cpu("CPU ÷ raw, 1,000 reasoning + 1,000 text, one / many", 1.4, ["reasoning1000", "one"], ["reasoning1000", "many"]),
  cpu("CPU ÷ raw, 64 streams at once, one / many", 1.6, ["parallel64", "one"], ["parallel64", "many"]),
  cpu("CPU ÷ raw, small call", 1.15, ["chat200", "one"]),
  ...(["first", "firstTen", "warm"] as const).map((part) => ({
    label: `CPU ÷ raw in a fresh process, ${{ first: "the first stream", firstTen: "the first ten", warm: "the last ten of thirty" }[part]}, text / tool call`,
    results: cold,
    figure: `${part}Ratio`,
    cases: [
      { run: "text2000", limit: part === "first" ? Infinity : 1.4 },
      { run: "tool1000", limit: part === "first" ? Infinity : 1.4 },
    ],
    digits: 2,
  })),
  {
    label: "first delta after raw's, ms, 1 stream / 64",
    results: streams,
    figure: "firstDeltaOver",
    cases: [
      { run: "first", shape: "first", limit: 0.2 },
      { run: "parallel64", shape: "one", limit: 40 },
    ],
    digits: 2,
  },
  {
    label: "peak memory over raw's, MB, 20,000 chunks / 64 streams",
    results: memory,
    figure: "peakOver",
    cases: [
      { run: "text20000", limit: 6 },
      { run: "parallel64", limit: 12 },
    ],
    digits: 0,
  },
  {
    label: "import over an empty program, ms",
    results: startup,
    figure: "importOver",
    cases: [{ limit: 10 }],
    digits: 0,
  },
  {
    label: "one-stream bundle, minified, gzip, kB: what is loaded at once",
    results: startup,
    figure: "atOnce",
    cases: [{ limit: 10 }],
    digits: 1,
  },
  {
    label: "the same with what is loaded on demand",
    results: startup,
    figure: "gzip",
    cases: [{ limit: Infinity }],
    digits: 1,
  },
];

function valuesOf({ results, figure, cases }: Line, contender: string): (number | undefined)[] {
  return cases.map(({ run, shape }) => {
    const row = results.rows.find(
      (one) =>
        one.contender === contender &&
        (run === undefined || one.run === run) &&
        (shape === undefined || one.shape === shape),
    );
    return row?.[figure] as number | undefined;
  });
}

const show = (values: readonly (number | undefined)[], digits: number): string =>
  values.map((value) => value?.toFixed(digits) ?? "broken").join(" / ");

const own = "llm-provider";
const others = ["openai", "groq-sdk", "mistralai", "langchain", "ai-sdk"];
const table = [
  `| | target | ours | met | ${others.join(" | ")} |`,
  `|---|--:|--:|---|${others.map(() => "--:").join("|")}|`,
];
for (const line of lines) {
  const values = valuesOf(line, own);
  const isMet = line.cases.every(({ limit }, index) => (values[index] ?? Infinity) <= limit);
  const limits = [...new Set(line.cases.map(({ limit }) => (limit === Infinity ? "" : `≤ ${limit}`)))].join(" / ");
  const peers = others.map((contender) => show(valuesOf(line, contender), line.digits));
  table.push(
    `| ${line.label} | ${limits} | ${show(values, line.digits)} | ${isMet ? "yes" : "**no**"} | ${peers.join(" | ")} |`,
  );
}
const cpuOf = (run: string): number =>
  streams.rows.find((row) => row.contender === own && row.run === run && row.shape === "one")!["cpu"] as number;
const growth = cpuOf("tool4000") / cpuOf("tool1000");
const blanks = " |".repeat(others.length);
table.push(
  `| CPU of 4,000 argument deltas ÷ 1,000 | ≤ 4.5 | ${growth.toFixed(2)} | ${growth <= 4.5 ? "yes" : "**no**"} |${blanks}`,
  `| one 8 MB line in 4 KiB reads ÷ raw split-and-join | ≤ 2 | ${longLine.ratio!.toFixed(2)} | ${longLine.ratio! <= 2 ? "yes" : "**no**"} |${blanks}`,
);
const sizes = [own, ...others].map((contender) => {
  const row = footprint.rows.find((one) => one.contender === contender);
  return row ? `${(row["megabytes"] as number).toFixed(1)} (${row["packages"]})` : "–";
});
table.push(`| install size, MB (packages) | | ${sizes[0]} | | ${sizes.slice(1).join(" | ")} |`);

const { date, node, cpu: model, cores, load } = streams;
const text = `Run of ${date}: Node ${node}, ${cores} cores (${model}), load ${load.toFixed(1)} at the start.\n\n${table.join("\n")}`;
console.log(text);
if (process.argv.includes("--write")) {
  const page = join(bench, "README.md");
  writeFileSync(page, replacePart(readFileSync(page, "utf8"), "table", text));
}
