import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkGroups } from "../src/checks/all-checks.ts";
import { levelOf } from "../src/kit/check.ts";
import { toolChecks } from "../src/tool/tool-checks.ts";

const file = new URL("../README.md", import.meta.url);
const groups = { ...checkGroups, Tools: toolChecks };

function table(): string {
  const parts = Object.entries(groups).map(([group, checks]) => {
    const rows = checks.map(
      ({ name, level, by, title }) => `| ${name} | ${levelOf({ level })} | ${title.replaceAll("|", "\\|")} | ${by} |`,
    );
    return `**${group}**\n\n| name | level | what it proves | proven by |\n|---|---|---|---|\n${rows.join("\n")}`;
  });
  return `${Object.values(groups).flat().length} checks. MUST: without it a caller would get something wrong, lose something or leak something. SHOULD: without it a caller would be served worse. Both fail the suite.\n\n${parts.join("\n\n")}`;
}

test("the README lists the checks (README=write updates it)", () => {
  const text = readFileSync(file, "utf8");
  const wanted = text.replace(
    /<!-- checks -->[\s\S]*<!-- \/checks -->/,
    () => `<!-- checks -->\n${table()}\n<!-- /checks -->`,
  );
  if (process.env["README"] === "write") writeFileSync(file, wanted);
  else expect(text).toBe(wanted);
});

test("names are unique and readable", () => {
  const names = Object.values(groups).flatMap((checks) => checks.map(({ name }) => name));
  expect(names.length).toBe(new Set(names).size);
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))).toEqual([]);
});

test("neither the main entry nor the commands import vitest or nock", () => {
  const seen = new Map<string, string[]>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    const imports = [
      ...readFileSync(path, "utf8").matchAll(
        /^(?:import|export)\s(?!type\b)[^"]*?from "([^"]+)";|^import "([^"]+)";/gm,
      ),
    ].map((match) => match[1] ?? match[2]!);
    seen.set(path, imports);
    for (const one of imports) if (one.startsWith(".")) walk(resolve(dirname(path), one));
  };
  const foreign = (): string[] =>
    [...new Set([...seen.values()].flat().filter((one) => !/^(\.|node:)/.test(one)))].sort();
  const enter = (entry: string): void => walk(fileURLToPath(new URL(`../src/${entry}`, import.meta.url)));
  // The suite checks the definition first (design.md, "Contract tests"), so it imports `check`.
  enter("index.ts");
  expect(foreign()).toEqual([
    "@llm-provider/core",
    "@llm-provider/core/check",
    "@llm-provider/core/internal",
    // Issue 20: all packages read and write files through the same functions.
    "@llm-provider/core/internal/files",
    "@llm-provider/core/rules",
  ]);
  expect(seen.size).toBeGreaterThan(60);
  // The commands add their command-line library (issue 15).
  for (const entry of ["command.ts", "bin/llm-record.ts"]) enter(entry);
  expect(foreign()).toEqual([
    "@llm-provider/core",
    "@llm-provider/core/check",
    "@llm-provider/core/internal",
    "@llm-provider/core/internal/files",
    "@llm-provider/core/rules",
    "commander",
  ]);
});

test("no source file has more than 250 lines", () => {
  const long: string[] = [];
  const all = new Set<string>();
  const walk = (path: string): void => {
    if (all.has(path)) return;
    all.add(path);
    const text = readFileSync(path, "utf8");
    if (text.split("\n").length > 251) long.push(path);
    for (const match of text.matchAll(/from "(\.[^"]+)"/g)) walk(resolve(dirname(path), match[1]!));
  };
  for (const entry of ["index.ts", "vitest.ts", "command.ts", "bin/llm-record.ts"])
    walk(fileURLToPath(new URL(`../src/${entry}`, import.meta.url)));
  expect(long).toEqual([]);
});
