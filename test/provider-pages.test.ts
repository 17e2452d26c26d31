import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { startTwin } from "@llm-provider/testing";
import { expect, onTestFinished, test } from "vitest";
import { diagnose } from "../packages/librechat/src/index.ts";
import { providerPages } from "../scripts/write-answers.ts";
import { loadOwnProviders, ownProviders } from "./own-packages.ts";

const canary = "canary-key-7c1d9e42";
const root = join(import.meta.dirname, "..");
const pages = globSync("docs/providers/*.md", { cwd: root })
  .sort()
  .map((path) => ({ id: basename(path, ".md"), text: readFileSync(join(root, path), "utf8") }));

test("every provider has a page, and every problem on it has a cause and three fixes", () => {
  expect(pages.map(({ id }) => id)).toEqual(Object.keys(ownProviders));
  for (const { id, text } of pages) {
    const problems = text.split(/^## /m).slice(1);
    expect(problems.length, id).toBeGreaterThan(2);
    for (const problem of problems) {
      const title = problem.split("\n")[0];
      const parts = [
        /<!-- generated: answer [\w-]+ -->\n\n```json/,
        /^\*\*Cause\.\*\* /m,
        /^\*\*Fix in LibreChat\.\*\* [^`]*[\s\S]*?```yaml/m,
        /^\*\*Fix in AI SDK\.\*\* [^`]*[\s\S]*?```ts/m,
        /^\*\*Fix in curl\.\*\* [^`]*[\s\S]*?```sh\ncurl /m,
      ];
      for (const part of parts) expect(problem, `${id}: ${title}`).toMatch(part);
    }
  }
});

test("the pages show the twins' current answers and the definitions' advice", async () => {
  for (const { path, text } of await providerPages())
    expect(readFileSync(path, "utf8"), `${relative(root, path)}: run \`npx -y pnpm@12.21.0 answers\`.`).toBe(text);
});

/** Rules that only a complete entry can satisfy: a fix leaves out token windows and reasoning options. */
const elsewhere = new Set(["token-config", "reasoning-option"]);

test("LibreChat's doctor finds no fault in the fixes", async () => {
  const definitions = (await loadOwnProviders()).map(([, { definition }]) => definition);
  const environment = Object.fromEntries(
    [...pages.map(({ id }) => `${id.toUpperCase()}_API_KEY`), "OPENROUTER_KEY", "GATEWAY_KEY_LIBRECHAT"].map((name) => [
      name,
      "canary",
    ]),
  );
  const found = pages.flatMap(({ id, text }) =>
    [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, yaml]) =>
      diagnose(yaml!, { definitions, environment, target: "0.8.8" })
        .filter(({ severity, rule }) => severity !== "info" && !elsewhere.has(rule))
        .map(({ rule, message }) => `${id}: ${rule} ${message}\n${yaml}`),
    ),
  );
  expect(found).toEqual([]);
});

test("every curl command succeeds against its provider's twin", async () => {
  const folder = mkdtempSync(join(tmpdir(), "curl-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // A fake curl that prints its arguments, each followed by a zero byte.
  writeFileSync(join(folder, "curl"), `#!/bin/sh\nprintf '%s\\0' "$@"\n`, { mode: 0o755 });
  const endpoints = await Promise.all(
    (await loadOwnProviders()).map(async ([, { definition }]) => {
      const { auth } = definition;
      const twin = await startTwin(definition, { strictModels: true, apiKey: canary });
      onTestFinished(() => twin.close());
      return { baseURL: definition.baseURL, variable: auth === "none" ? "NO_KEY" : auth.env, url: twin.url };
    }),
  );
  const env = {
    PATH: `${folder}:${process.env["PATH"]}`,
    ...Object.fromEntries(endpoints.map(({ variable }) => [variable, canary])),
  };
  let count = 0;
  for (const { id, text } of pages) {
    for (const [, block] of text.matchAll(/^```sh\n(curl [\s\S]*?)^```$/gm)) {
      const [url = "", ...words] = execFileSync("sh", ["-e", "-c", block!], { env, encoding: "utf8" }).split("\0");
      const endpoint = endpoints.find(({ baseURL }) => url.startsWith(`${baseURL}/`))!;
      const headers = words.flatMap((word, at) =>
        word === "-H" ? [words[at + 1]!.split(": ", 2) as [string, string]] : [],
      );
      const body = words[words.indexOf("-d") + 1]!;
      const response = await fetch(endpoint.url + url.slice(endpoint.baseURL.length), {
        method: "POST",
        headers,
        body,
      });
      expect(response.ok, `${id}: ${block}\n${await response.text()}`).toBe(true);
      count++;
    }
  }
  expect(count).toBeGreaterThan(25);
});
