import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const packages = join(import.meta.dirname, "../packages");

/**
 * The folders of `src/` in layers, lowest first. A file imports from its own folder and from lower layers; folders of one
 * layer do not import each other. Files at `src/` are leaves, which import only leaves, or the entries that are named here.
 * `open` lists imports against the layers that are still to be resolved.
 */
const layers: {
  readonly [name: string]: {
    readonly folders: readonly (readonly string[])[];
    readonly entries: readonly string[];
    readonly open?: readonly string[];
  };
} = {
  core: {
    folders: [
      ["chat"],
      ["definition"],
      ["errors"],
      ["request", "dialect"],
      ["transport"],
      ["answer"],
      ["provider"],
      ["tools"],
      ["check"],
    ],
    entries: ["check.ts", "index.ts", "internal.ts", "rules.ts"],
    open: ["transport/send-request.ts → provider/settings.ts"],
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

test.each(Object.entries(layers))("imports of %s go one way", (name, { folders, entries, open = [] }) => {
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
  expect(against.sort()).toEqual([...open]);
  expect(files.length).toBeGreaterThan(10);
});
