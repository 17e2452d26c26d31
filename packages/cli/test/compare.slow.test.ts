import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "@llm-provider/compare";
import { expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { runCommand } from "./run-command.ts";

test("the suite that comes with it runs on fakes, which answer with its solutions", { timeout: 180_000 }, async () => {
  const cwd = makeFolder();
  const { code } = await runCommand(["compare", "coding", "--models", "groq,ollama", "--twin"], { cwd });
  expect(code).toBe(0);
  const { runs } = JSON.parse(readFileSync(join(cwd, "report/results.json"), "utf8")) as Results;
  expect(runs.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  expect(runs).toHaveLength(48);
});
