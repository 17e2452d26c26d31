import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const packages = join(import.meta.dirname, "../packages");

/**
 * The folders of `src/` in layers, lowest first. A file imports from its own folder and from lower layers; folders of one
 * layer do not import each other. Files at `src/` are leaves, which import only leaves, or the entries that are named here.
 */
const layers: {
  readonly [name: string]: {
    readonly folders: readonly (readonly string[])[];
    readonly entries: readonly string[];
  };
} = {
  core: {
    folders: [
      ["chat", "files"],
      ["definition"],
      ["errors"],
      ["request", "dialect"],
      ["transport"],
      ["answer"],
      ["provider"],
      ["tools"],
      ["check"],
    ],
    entries: ["check.ts", "files.ts", "index.ts", "internal.ts", "rules.ts"],
  },
  gateway: {
    folders: [["health", "log"], ["config"], ["target"], ["answer"], ["server"]],
    entries: ["index.ts"],
  },
  testing: {
    folders: [
      ["cassette", "wire", "server"],
      ["scenario", "twin"],
      ["kit", "record", "command"],
      ["checks", "tool"],
      ["bin"],
    ],
    entries: ["command.ts", "index.ts", "run-suite.ts", "vitest.ts"],
  },
};

test.each(Object.entries(layers))("imports of %s go one way", (name, { folders, entries }) => {
  const root = join(packages, name, "src");
  const files = globSync("**/*.ts", { cwd: root });
  const folderOf = (file: string): string => (file.includes("/") ? file.slice(0, file.indexOf("/")) : file);
  // Leaves lie below all folders, entries above.
  const layerOf = (file: string): number => {
    if (entries.includes(file)) return folders.length;
    return file.includes("/") ? folders.findIndex((layer) => layer.includes(folderOf(file))) : -1;
  };
  const placed = new Set([...folders.flat(), ...entries]);
  expect(files.filter((file) => file.includes("/") && !placed.has(folderOf(file)))).toEqual([]);
  expect([...placed].filter((one) => !files.some((file) => folderOf(file) === one))).toEqual([]);
  const against = files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/(?:from|import\(|^import)\s*"(\.[^"]+)"/gm)]
      .map((match) => relative(root, join(root, dirname(file), match[1]!)).replaceAll("\\", "/"))
      .filter((imported) => {
        const [from, to] = [layerOf(file), layerOf(imported)];
        // Leaves may import each other, and so may entries.
        const isFree = from === to && (from === -1 || from === folders.length);
        return !isFree && folderOf(file) !== folderOf(imported) && to >= from;
      })
      .map((imported) => `${file} → ${imported}`),
  );
  expect(against.sort()).toEqual([]);
  expect(files.length).toBeGreaterThan(10);
});

/** Every file of a package's sources, with the files of its own that it imports. */
function importsOf(name: string): Map<string, string[]> {
  const root = join(packages, name, "src");
  const files = globSync("**/*.{ts,tsx}", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
  return new Map(
    files.map((file) => {
      // Types are erased, but a reader follows them too.
      const text = readFileSync(join(root, file), "utf8");
      const found = [...text.matchAll(/(?:from|^import)\s*"(\.[^"]+)"/gm)];
      return [file, found.map(([, to]) => relative(root, join(root, dirname(file), to!)).replaceAll("\\", "/"))];
    }),
  );
}

/** A way through a graph that comes back to where it began. */
function circleIn(graph: ReadonlyMap<string, Iterable<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...way, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}

const all = globSync("*/src", { cwd: packages }).map((path) => dirname(path));

test.each(all)("imports of %s make no circle, between files and between folders", (name) => {
  const imports = importsOf(name);
  expect(circleIn(imports)).toBeUndefined();
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    // Files at src/ are entries or leaves.
    if (!file.includes("/")) continue;
    const from = file.split("/")[0]!;
    const to = targets.filter((target) => target.includes("/")).map((target) => target.split("/")[0]!);
    folders.set(from, new Set([...(folders.get(from) ?? []), ...to.filter((folder) => folder !== from)]));
  }
  expect(circleIn(folders)).toBeUndefined();
});
