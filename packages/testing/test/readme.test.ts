import { readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allChecks } from "../src/checks/all-checks.ts";
import { toolChecks } from "../src/tool/tool-checks.ts";

const file = new URL("../README.md", import.meta.url);
const groups: { readonly [letter: string]: string } = {
  R: "Requests",
  M: "Models",
  C: "Whole answers",
  S: "Streams",
  T: "Tool calls",
  O: "Structured answers",
  E: "Errors",
  N: "Transport",
  L: "Lines",
  K: "Keys and recordings",
  P: "Tools",
};

function table(): string {
  const all = [...allChecks, ...toolChecks];
  const parts = Object.entries(groups).map(([letter, name]) => {
    const own = all.filter(({ id }) => id.startsWith(letter));
    const rows = own.map(
      ({ id, level, by, title }) => `| ${id} | ${level} | ${title.replaceAll("|", "\\|")} | ${by} |`,
    );
    return `**${name}**\n\n| id | level | a right ${letter === "P" ? "tool" : "provider"} | proven by |\n|---|---|---|---|\n${rows.join("\n")}`;
  });
  return `${all.length} checks. MUST: a caller would get something wrong, lose something or leak something without it. SHOULD: a caller would be served worse. Both fail the suite.\n\n${parts.join("\n\n")}`;
}

test("the README lists the checks (README=write makes it so)", () => {
  const text = readFileSync(file, "utf8");
  const wanted = text.replace(
    /<!-- checks -->[\s\S]*<!-- \/checks -->/,
    () => `<!-- checks -->\n${table()}\n<!-- /checks -->`,
  );
  if (process.env["README"] === "write") writeFileSync(file, wanted);
  else expect(text).toBe(wanted);
});

test("ids are unique, and each group is there", () => {
  const ids = [...allChecks, ...toolChecks].map(({ id }) => id);
  expect(ids.length).toBe(new Set(ids).size);
  expect(new Set(ids.map((id) => id[0]))).toEqual(new Set(Object.keys(groups)));
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
  enter("index.ts");
  expect(foreign()).toEqual(["@llm-provider/core", "@llm-provider/core/internal", "@llm-provider/core/rules"]);
  expect(seen.size).toBeGreaterThan(60);
  // The commands add their command-line library (issue 15).
  for (const entry of ["command.ts", "bin/llm-record.ts"]) enter(entry);
  expect(foreign()).toEqual([
    "@llm-provider/core",
    "@llm-provider/core/internal",
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
