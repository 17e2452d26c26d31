import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { ownPackages } from "./own-packages.ts";

const packages = join(import.meta.dirname, "../packages");

interface Layers {
  readonly folders: readonly (readonly string[])[];
  readonly entries: readonly string[];
}

/** An adapter keeps all its files directly in `src/`. */
const flat: Layers = { folders: [], entries: [] };

/**
 * The folders of `src/` in layers, lowest first; a file directly in `src/` can be a layer's member too. A file imports from its own
 * folder and from lower layers; folders of one layer do not import each other. Other files in `src/` are leaves, which import only
 * leaves, except `entries`, which are above all folders.
 */
const layers: { readonly [name: string]: Layers } = {
  "ai-sdk": flat,
  cli: {
    folders: [["explain", "librechat"], ["inspect", "rag"], ["commands"]],
    entries: ["bin.ts", "index.ts", "main.ts"],
  },
  compare: {
    folders: [["results", "sandbox", "suite"], ["check", "statistics"], ["run"], ["promptfoo", "report"]],
    entries: ["index.ts"],
  },
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
    entries: ["check.ts", "errors.ts", "files.ts", "index.ts", "internal.ts", "rules.ts"],
  },
  "create-llm-provider": {
    folders: [["answers"], ["context"], ["render", "steps"], ["write"], ["update"], ["plop"], ["command-line"]],
    entries: ["bin.ts", "index.ts"],
  },
  deepseek: flat,
  docs: { folders: [["bin"]], entries: ["index.ts", "vitest.ts"] },
  fireworks: flat,
  gateway: {
    folders: [
      ["health", "log", "store"],
      ["config", "recording"],
      ["target"],
      ["answer", "budget", "cache", "metrics", "telemetry"],
      ["inspector"],
      ["server"],
    ],
    entries: ["index.ts"],
  },
  groq: flat,
  langchain: flat,
  librechat: {
    folders: [["config"], ["schema", "simulate"], ["simulate-request.ts"], ["endpoint"], ["doctor", "explain"]],
    entries: ["add-to-config.ts", "index.ts", "mask-secrets.ts", "mcp.ts", "print-endpoint.ts", "to-endpoint.ts"],
  },
  mcp: { folders: [["command"]], entries: ["command.ts", "index.ts"] },
  mistral: flat,
  ollama: flat,
  openai: flat,
  openrouter: flat,
  serpapi: {
    folders: [["search"], ["serpapi.ts"], ["check-account.ts", "librechat.ts", "searxng", "twin"], ["cli"]],
    entries: ["cli.ts", "index.ts", "searxng.ts", "twin.ts"],
  },
  rag: { folders: [["store", "text"], ["ingest"], ["server"]], entries: ["index.ts"] },
  server: flat,
  testing: {
    folders: [
      ["cassette", "wire", "server"],
      ["scenario", "twin"],
      ["kit", "record", "command"],
      ["checks", "tool"],
      ["bin"],
    ],
    entries: ["command.ts", "index.ts", "internal.ts", "run-suite.ts", "vitest.ts"],
  },
  probe: {
    folders: [["words"], ["search"], ["steps"], ["endpoint"], ["definition"]],
    entries: ["index.ts", "interpret.ts", "probe-endpoint.ts"],
  },
  upstream: {
    folders: [["clone"], ["icon", "page"]],
    entries: ["contribute.ts", "index.ts", "plan-guide.ts", "pull-request.ts"],
  },
  weaviate: {
    folders: [["search"], ["weaviate.ts"], ["librechat.ts", "list-collections.ts", "twin"], ["cli"]],
    entries: ["cli.ts", "index.ts", "twin.ts"],
  },
  xai: flat,
};

const all = globSync("*/src", { cwd: packages }).map((path) => dirname(path));

test("every package has a row in the layer table", () => {
  expect(Object.keys(layers).sort()).toEqual(ownPackages);
});

test.each(Object.entries(layers))("files of %s import only from lower layers", (name, { folders, entries }) => {
  const imports = importsOf(name);
  const files = [...imports.keys()];
  const folderOf = (file: string): string => (file.includes("/") ? file.slice(0, file.indexOf("/")) : file);
  // Leaves are below all folders, entries above.
  const layerOf = (file: string): number =>
    entries.includes(file) ? folders.length : folders.findIndex((layer) => layer.includes(folderOf(file)));
  const placed = new Set([...folders.flat(), ...entries]);
  expect(files.filter((file) => file.includes("/") && !placed.has(folderOf(file)))).toEqual([]);
  expect([...placed].filter((one) => !files.some((file) => folderOf(file) === one))).toEqual([]);
  const against = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((imported) => {
        const [from, to] = [layerOf(file), layerOf(imported)];
        // Leaves may import each other, and so may entries.
        const isFree = from === to && (from === -1 || from === folders.length);
        return !isFree && folderOf(file) !== folderOf(imported) && to >= from;
      })
      .map((imported) => `${file} → ${imported}`),
  );
  expect(against.sort()).toEqual([]);
  expect([...imports.values()].flat().length).toBeGreaterThan(0);
});

/** Every source file of a package, with the files of the package that it imports. */
function importsOf(name: string): Map<string, string[]> {
  const root = join(packages, name, "src");
  const files = globSync("**/*.{ts,tsx}", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
  return new Map(
    files.map((file) => {
      // Type imports count too, because a reader follows them: `import type`, and `import("./file.ts").Type`.
      const text = readFileSync(join(root, file), "utf8");
      const found = [...text.matchAll(/(?:from|import\(|^import)\s*"(\.[^"]+)"/gm)];
      return [file, found.map(([, to]) => relative(root, join(root, dirname(file), to!)).replaceAll("\\", "/"))];
    }),
  );
}

/** A cycle in a graph, as the nodes along it. */
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

test.each(all)("imports of %s form no cycle, neither between files nor between folders", (name) => {
  const imports = importsOf(name);
  expect(circleIn(imports)).toBeUndefined();
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    // A file directly in src/ counts as a folder.
    const from = file.split("/")[0]!;
    const to = targets.map((target) => target.split("/")[0]!);
    folders.set(from, new Set([...(folders.get(from) ?? []), ...to.filter((folder) => folder !== from)]));
  }
  expect(circleIn(folders)).toBeUndefined();
});
