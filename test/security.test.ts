import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ownPackages } from "./own-packages.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/security.md"), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| ") && !/^\| (attack|---)/.test(line));

test("the table of attacks has rows", () => {
  expect(rows.length).toBeGreaterThan(35);
});

test.each(rows)("the test that a row names exists: %s", (row) => {
  const cells = row.split(" | ");
  expect(cells).toHaveLength(3);
  const [, file, title] = /^`([^`]+)` "(.+)" \|$/.exec(cells[2]!) ?? [];
  expect(file, "The last cell is `path` and then a part of the test's title in quotes.").toBeDefined();
  expect(readFileSync(join(root, file!), "utf8")).toContain(title!);
});

test("the CLI depends on as many packages as the page states", () => {
  const seen = new Set<string>();
  const visit = (name: string, from: string): void => {
    const folder = folderOf(name, from);
    if (seen.has(folder) || isScaffolded(folder)) return;
    seen.add(folder);
    for (const one of dependenciesOf(folder)) visit(one, folder);
  };
  for (const one of dependenciesOf(join(root, "packages/cli"))) visit(one, join(root, "packages/cli"));
  const own = [...seen].filter(isOfWorkspace).length;
  expect(page).toContain(
    `installs ${seen.size} packages, ${own} of them from this repository. The other ${seen.size - own}:`,
  );
});

function isOfWorkspace(folder: string): boolean {
  return dirname(folder) === join(root, "packages");
}

/** The published CLI does not depend on a package that somebody scaffolded here. */
function isScaffolded(folder: string): boolean {
  return isOfWorkspace(folder) && !ownPackages.includes(basename(folder));
}

function dependenciesOf(folder: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies);
}

/** Resolves like Node: looks into `node_modules` of each parent folder. */
function folderOf(name: string, from: string): string {
  for (let at = from; at !== dirname(at); at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(folder)) return realpathSync(folder);
  }
  throw new Error(`${name} is not installed for ${from}.`);
}
