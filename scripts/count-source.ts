// Counts the files and lines of packages/*/src: `node scripts/count-source.ts [--root folder] [--per-package]`.
// A line of code is neither blank nor comment. Generated files and catalogues (`models.ts`) are data and do not count.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    root: { type: "string", default: join(import.meta.dirname, "..") },
    "per-package": { type: "boolean", default: false },
    without: { type: "string", multiple: true, default: [] },
  },
});

/** A source file: its lines of code and the files of its own package that it imports. */
interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

const isData = (path: string): boolean => /\.generated\.ts$|\/src\/models\.ts$/.test(path);

function linesOfCode(text: string): number {
  let isInComment = false;
  return text.split("\n").filter((line) => {
    const code = line.trim();
    if (isInComment) {
      if (code.includes("*/")) isInComment = false;
      return false;
    }
    if (code.startsWith("/*")) {
      isInComment = !code.includes("*/");
      return false;
    }
    return code !== "" && !code.startsWith("//");
  }).length;
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(options.root, path), "utf8");
  const imports = [...text.matchAll(/(?:from|import\(|^import)\s*"(\.[^"]+)"/gm)].map(([, to]) =>
    join(dirname(path), to!).replaceAll("\\", "/").replace(/\.js$/, ".ts"),
  );
  return { path, lines: linesOfCode(text), imports: [...new Set(imports)] };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted.length === 0 ? 0 : (sorted[sorted.length >> 1]! + sorted[(sorted.length - 1) >> 1]!) / 2;
}

function summary(name: string, files: readonly SourceFile[]): object {
  const importers = new Map<string, number>();
  for (const file of files) for (const to of file.imports) importers.set(to, (importers.get(to) ?? 0) + 1);
  const single = files.filter((file) => importers.get(file.path) === 1);
  return {
    name,
    files: files.length,
    lines: files.reduce((sum, file) => sum + file.lines, 0),
    median: median(files.map((file) => file.lines)),
    longest: Math.max(0, ...files.map((file) => file.lines)),
    "over 250": files.filter((file) => file.lines > 250).length,
    "≤ 15": files.filter((file) => file.lines <= 15).length,
    "one importer": single.length,
    "of these ≤ 15": single.filter((file) => file.lines <= 15).length,
  };
}

const packages = globSync("packages/*", { cwd: options.root })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => existsSync(join(options.root, path, "src")) && !options.without.includes(path.slice(9)))
  .toSorted();
const files = packages.flatMap((path) =>
  globSync(`${path}/src/**/*.{ts,tsx}`, { cwd: options.root })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !isData(file))
    .map(readSource),
);
const rows = options["per-package"]
  ? packages.map((path) =>
      summary(
        path.slice(9),
        files.filter((file) => file.path.startsWith(`${path}/`)),
      ),
    )
  : [];
console.table([...rows, summary("all", files)]);
