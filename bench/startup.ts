// Measures the time of an import beyond an empty program, and the size of a bundled program that reads one stream.
// node build/startup.js [--rounds 21] [--contenders raw,openai] [--json FILE]
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
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

/** Wall time of a separate program, in milliseconds. */
function time(program: string): number {
  const began = performance.now();
  execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: import.meta.dirname, stdio: "ignore" });
  return performance.now() - began;
}

const program = (name: string): string =>
  contenders[name]!.imports.map((specifier) => `await import(${JSON.stringify(specifier)});`).join("");

/** `atOnce`: without the parts loaded on demand, which a successful stream may never need. */
async function bundle(name: string): Promise<{ bytes: number; atOnce: number; gzip: number }> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { driver } from "./drivers/${name}.js";
        driver.stream({ baseURL: "", apiKey: "", model: "m", messages: [] }).then((sink) => console.log(sink.text));`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    splitting: true,
    outdir: "/",
    metafile: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    // Modules that the drivers share are the same for all, and count for none.
    // Mistral's client looks for OpenTelemetry and works without it.
    external: [join(import.meta.dirname, "scenarios.js"), "./scenarios.js", "../scenarios.js", "@opentelemetry/api"],
    write: false,
    logLevel: "silent",
  });
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output] as const);
  const loaded = new Set(outputs.flatMap(([path, { entryPoint }]) => (entryPoint === "<stdin>" ? [path] : [])));
  for (const path of loaded)
    for (const { kind, path: imported } of new Map(outputs).get(path)?.imports ?? [])
      if (kind === "import-statement") loaded.add(basename(imported));
  const sizes = outputFiles.map(({ path, contents }) => ({
    path: basename(path),
    gzip: gzipSync(contents, { level: 9 }).length,
  }));
  const sum = (list: typeof sizes): number => list.reduce((total, { gzip }) => total + gzip, 0);
  return {
    bytes: outputFiles.reduce((total, { contents }) => total + contents.length, 0),
    atOnce: sum(sizes.filter(({ path }) => loaded.has(path))),
    gzip: sum(sizes),
  };
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
console.log(
  "| contender | import over empty, ms | x empty | bundle kB | gzip kB at once | gzip kB |\n|---|--:|--:|--:|--:|--:|",
);
for (const name of names) {
  const { bytes, atOnce, gzip } = await bundle(name);
  const own = samples.get(name)!;
  const row = {
    contender: name,
    importOver: median(own.map((one) => one.over)),
    importRatio: median(own.map((one) => one.ratio)),
    bundle: bytes / 1024,
    atOnce: atOnce / 1024,
    gzip: gzip / 1024,
  };
  rows.push(row);
  const { importOver, importRatio, ...size } = row;
  const cells = [
    importOver.toFixed(1),
    importRatio.toFixed(2),
    size.bundle.toFixed(1),
    size.atOnce.toFixed(1),
    size.gzip.toFixed(1),
  ];
  console.log(`| ${name} | ${cells.join(" | ")} |`);
}
writeResults(options.json, began, { rows });
