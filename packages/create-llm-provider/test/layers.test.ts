import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

// Answers flow from left to right, and imports only go to the left. Files directly in src that are not entries come first.
const order = ["", "answers", "context", "render", "write", "update", "steps", "plop", "command-line", "entry"];
const entries = ["bin.ts", "index.ts"];
const src = fileURLToPath(new URL("../src/", import.meta.url));
const files = globSync("**/*.ts", { cwd: src }).map((path) => path.replaceAll("\\", "/"));
const imports = new Map(
  files.map((path) => {
    const text = readFileSync(join(src, path), "utf8");
    return [path, [...text.matchAll(/(?:from |import\()"([^"]+)"/g)].map(([, target]) => target!)];
  }),
);
const place = (path: string) =>
  order.indexOf(entries.includes(path) ? "entry" : posix.dirname(path) === "." ? "" : posix.dirname(path));
/** The files of this package that a file imports. */
const own = (path: string): string[] =>
  imports
    .get(path)!
    .filter((target) => target.startsWith("."))
    .map((target) => posix.join(posix.dirname(path), target))
    .filter((target) => !target.startsWith(".."));

test("every file is in a listed folder, and every import resolves", () => {
  expect(files.filter((path) => place(path) < 0)).toEqual([]);
  expect(files.flatMap(own).filter((path) => !files.includes(path))).toEqual([]);
  expect(files.flatMap(own).length).toBeGreaterThan(files.length);
});

test("imports between folders go one way", () => {
  const back = files.flatMap((path) =>
    own(path)
      .filter((target) => place(target) > place(path))
      .map((target) => `${path} → ${target}`),
  );
  expect(back).toEqual([]);
});

test("imports form no cycle", () => {
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    expect(way, [...way, path].join(" → ")).not.toContain(path);
    if (done.has(path)) return;
    for (const target of own(path)) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of files) visit(path, []);
});

test.each([
  ["node-plop", ["plop", "command-line"]],
  ["commander", ["command-line"]],
  ["@clack/prompts", ["command-line"]],
  ["handlebars", ["render"]],
])("%s is used only in %j", (name, folders) => {
  const users = files.filter((path) => imports.get(path)!.includes(name)).map((path) => posix.dirname(path));
  expect([...new Set(users)].sort()).toEqual([...folders].sort());
});

test("the bin imports nothing before it checks Node's version", () => {
  expect(readFileSync(join(src, "bin.ts"), "utf8")).not.toMatch(/^(import|export .* from)\b/m);
});
