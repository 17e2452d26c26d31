// Prints the table of gateways from the results of gateway/run.ts. With --write it goes into README.md.
// node gateway/report.ts [--write]   (not built: it shares a module with ../../scripts)
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replacePart } from "../../packages/docs/src/replace-part.ts";
import type { Machine } from "../write-results.ts";

type Row = { contender: string; bad?: string; [figure: string]: unknown };

const bench = join(import.meta.dirname, "..");
const file = join(bench, "results/gateway.json");
if (!existsSync(file)) {
  console.error("results/gateway.json is missing. Measure first: npm run gateway");
  process.exit(2);
}
const { rows, date, node, cpu, cores, load, loadAfter } = JSON.parse(readFileSync(file, "utf8")) as Machine & {
  rows: Row[];
  loadAfter: number;
};

type Line = {
  label: string;
  figures: readonly string[];
  target: string;
  isMet?: (...values: number[]) => boolean;
  show: (value: number) => string;
};
const fixed = (digits: number) => (value: number) => value.toFixed(digits);
const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
const lines: readonly Line[] = [
  { label: "added p50 over direct, 1 connection, ms", figures: ["added"], target: "", show: fixed(2) },
  {
    label: "… ÷ what the bare proxy adds",
    figures: ["addedRatio"],
    target: "≤ 1.5",
    isMet: (ratio) => ratio <= 1.5,
    show: fixed(2),
  },
  {
    label: "streams a second at 64 connections, of the bare proxy's",
    figures: ["ofBare"],
    target: "≥ 50 %",
    isMet: (share) => share >= 0.5,
    show: percent,
  },
  { label: "… of direct", figures: ["ofDirect"], target: "", show: (value) => `${(100 * value).toFixed(1)} %` },
  {
    label: "CPU a stream ÷ the bare proxy's, 1 connection / 64",
    figures: ["cpuRatioOne", "cpuRatioMany"],
    target: "≤ 2.0",
    isMet: (...ratios) => ratios.every((ratio) => ratio <= 2),
    show: fixed(2),
  },
  { label: "CPU a stream, ms, 1 connection / 64", figures: ["cpuOne", "cpuMany"], target: "", show: fixed(2) },
  {
    label: "start to the first answer, ms",
    figures: ["start"],
    target: "≤ 500",
    isMet: (time) => time <= 500,
    show: fixed(0),
  },
  {
    label: "memory when idle, over Node with nothing in it, MB",
    figures: ["memory"],
    target: "≤ 40",
    isMet: (megabytes) => megabytes <= 40,
    show: fixed(0),
  },
];

const names = ["ours", "bare", "llms", "portkey"];
const rowOf = (name: string): Row | undefined => rows.find(({ contender }) => contender === name);
function cell(name: string, { figures, show }: Line): string {
  const row = rowOf(name);
  if (!row || row.bad !== undefined) return "broken";
  return figures.map((figure) => show(row[figure] as number)).join(" / ");
}
const table = [
  "| stream of 500 chunks | target | ours | met | bare proxy | llms | Portkey |",
  "|---|--:|--:|---|--:|--:|--:|",
  ...lines.map((line) => {
    const ours = rowOf("ours");
    const values = line.figures.map((figure) => ours?.[figure] as number);
    const met = line.isMet ? (ours && ours.bad === undefined && line.isMet(...values) ? "yes" : "**no**") : "";
    const [own, ...others] = names.map((name) => cell(name, line));
    return `| ${line.label} | ${line.target} | ${own} | ${met} | ${others.join(" | ")} |`;
  }),
];
const text = `Run of ${date}: Node ${node}, ${cores} cores (${cpu}), load ${load.toFixed(1)} at the start and ${loadAfter.toFixed(1)} at the end.\n\n${table.join("\n")}`;
console.log(text);
if (process.argv.includes("--write")) {
  const page = join(bench, "README.md");
  writeFileSync(page, replacePart(readFileSync(page, "utf8"), "gateway", text));
}
