import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { diagnose } from "../packages/librechat/src/index.ts";
import { canary } from "../scripts/run-command-line.ts";
import { lessons } from "../scripts/write-outputs.ts";
import { loadOwnProviders } from "./own-packages.ts";

const root = join(import.meta.dirname, "..");
const pages = await lessons();

test("each lesson has a command with its real output, things to look at, and a question", () => {
  expect(pages.length).toBe(6);
  for (const { path, text } of pages) {
    const hint = `${relative(root, path)}: run \`npx -y pnpm@12.21.0 outputs\`.`;
    expect(readFileSync(path, "utf8"), hint).toBe(text);
    expect(text).toMatch(/^```sh\n[^`]+^```\n\n<!-- generated: output [\w-]+ -->\n\n```text\n.+/m);
    expect(text).toMatch(/^## What to look at$/m);
    expect(text).toMatch(/^## A question$[\s\S]*<details><summary>Answer<\/summary>/m);
    expect(text).not.toContain(canary);
  }
});

test("LibreChat's settings are explained where they are used, and the doctor accepts them", async () => {
  const text = pages.map((page) => page.text).join("\n");
  for (const name of ["titleConvo", "modelDisplayLabel", "dropParams", "streamRate", "customParams"])
    expect(text, name).toMatch(new RegExp(`\`${name}[^\`]*\` [a-z]`));
  const definitions = (await loadOwnProviders()).map(([, { definition }]) => definition);
  const environment = Object.fromEntries(definitions.map(({ id }) => [`${id.toUpperCase()}_API_KEY`, canary]));
  const blocks = [...text.matchAll(/^```yaml\n(version: [\d.]+\nendpoints:[\s\S]*?)^```$/gm)].map(([, yaml]) => yaml!);
  expect(blocks.length).toBeGreaterThan(3);
  for (const yaml of blocks) {
    const found = diagnose(yaml, { definitions, environment, target: "0.8.8" });
    expect(found.filter(({ severity, rule }) => severity !== "info" && rule !== "token-config")).toEqual([]);
  }
});
