// What an import costs over an empty program, and what a one-stream program weighs when it is bundled.
// node build/startup.js [--rounds 21] [--contenders raw,openai] [--json FILE]
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { chooseNames } from "./choose-names.ts";
import { contenders } from "./contenders.ts";
import { median } from "./median.ts";
import { machine, writeResults } from "./write-results.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "21" },
    contenders: { type: "string", default: Object.keys(contenders).join(",") },
    json: { type: "string" },
  },
});
const names = chooseNames("contenders", options.contenders, Object.keys(contenders));

/** Wall time of a program of its own, in milliseconds. */
function time(program: string): number {
  const began = performance.now();
  execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: import.meta.dirname, stdio: "ignore" });
  return performance.now() - began;
}

const program = (name: string): string =>
  contenders[name]!.imports.map((specifier) => `await import(${JSON.stringify(specifier)});`).join("");

async function bundle(name: string): Promise<{ bytes: number; gzip: number }> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { driver } from "./drivers/${name}.js";
        driver.stream({ baseURL: "", apiKey: "", model: "m", messages: [] }).then((sink) => console.log(sink.text));`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    // What the drivers share weighs the same for all, and is no part of any.
    // Mistral's client looks for OpenTelemetry and does without.
    external: [join(import.meta.dirname, "scenarios.js"), "./scenarios.js", "../scenarios.js", "@opentelemetry/api"],
    write: false,
    logLevel: "silent",
  });
  const [file] = outputFiles;
  return { bytes: file!.contents.length, gzip: gzipSync(file!.contents, { level: 9 }).length };
}

const began = machine();
const samples = new Map(names.map((name) => [name, [] as { over: number; ratio: number }[]]));
for (const name of names) time(program(name)); // fills the file cache
for (let round = 0; round < Number(options.rounds); round++) {
  const empty = time("");
  for (const name of names) {
    const taken = time(program(name));
    samples.get(name)!.push({ over: taken - empty, ratio: taken / empty });
  }
}
const rows = [];
console.log("| contender | import over empty, ms | x empty | bundle kB | gzip kB |\n|---|--:|--:|--:|--:|");
for (const name of names) {
  const { bytes, gzip } = await bundle(name);
  const own = samples.get(name)!;
  const row = {
    contender: name,
    importOver: median(own.map((one) => one.over)),
    importRatio: median(own.map((one) => one.ratio)),
    bundle: bytes / 1024,
    gzip: gzip / 1024,
  };
  rows.push(row);
  const { importOver, importRatio, ...size } = row;
  const cells = [importOver.toFixed(1), importRatio.toFixed(2), size.bundle.toFixed(1), size.gzip.toFixed(1)];
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}
writeResults(options.json, began, { rows });
