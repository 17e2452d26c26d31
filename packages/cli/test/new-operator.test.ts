import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "@llm-provider/librechat";
import { expect, test } from "vitest";
import { sampleKeys } from "../../core/test/support/sample-keys.ts";
import { makeFolder } from "./make-folder.ts";
import { followAdvice } from "./operator/follow-advice.ts";
import { runCommand } from "./run-command.ts";

// Issue 17: the doctor's advice alone must suffice to repair a broken file of 300 lines. The test runs `--fix`, then follows each
// advice literally, from the end of the file to its beginning, and repeats.
const folder = join(import.meta.dirname, "operator");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const { key } = sampleKeys.find(({ vendor }) => vendor === "Groq")!;

test.each(files)("%s is repaired in three rounds", async (name) => {
  const written = readFileSync(join(folder, name), "utf8").replace("@KEY@", key);
  const text = name === "windows.yaml" ? written.replaceAll("\n", "\r\n") : written;
  expect(text.split("\n").length).toBeGreaterThan(290);
  const cwd = makeFolder({ "librechat.yaml": text });
  const path = join(cwd, "librechat.yaml");
  const doctor = (...args: string[]) => runCommand(["librechat", "doctor", "librechat.yaml", ...args], { cwd });

  const counts: number[] = [];
  for (let round = 1; round <= 3; round++) {
    const { code, out, err } = await doctor("--fix", "--json");
    expect(out + err).not.toContain(key.slice(4, 12));
    const { diagnostics } = JSON.parse(out) as { diagnostics: Diagnostic[] };
    counts.push(diagnostics.length);
    if (code === 0) break;
    for (const one of diagnostics.toReversed()) {
      const [, added] = /`llm-provider (librechat add \S+) -c librechat\.yaml`/.exec(one.fix ?? "") ?? [];
      if (added !== undefined) continue;
      const after = followAdvice(readFileSync(path, "utf8"), one);
      expect(after, `${one.rule} at line ${one.line}: ${one.fix}`).toBeDefined();
      writeFileSync(path, after!);
    }
    for (const id of new Set(diagnostics.flatMap(({ fix = "" }) => /librechat add (\S+) -c/.exec(fix)?.[1] ?? [])))
      expect((await runCommand(["librechat", "add", id, "-c", "librechat.yaml"], { cwd })).code).toBe(0);
  }
  const last = await doctor();
  expect([last.code, last.code === 0 ? "" : last.out]).toEqual([0, ""]);
  expect(counts[0]).toBeGreaterThan(7);
});

test.each(files)("the findings of %s fit on fewer than three screens of 80 columns, errors first", async (name) => {
  const text = readFileSync(join(folder, name), "utf8").replace("@KEY@", key);
  const cwd = makeFolder({ "librechat.yaml": text });
  const { out } = await runCommand(["librechat", "doctor", "librechat.yaml"], { cwd, columns: 80 });
  const lines = out.trimEnd().split("\n");
  expect(lines.length).toBeLessThan(150);
  expect(lines.at(-1)).toMatch(/^`--fix` corrects \d+ of them and keeps a copy of the file\.$/);
  const kinds = lines.filter((line) => /^(error|warning|info) /.test(line)).map((line) => line.split(" ")[0]);
  expect(kinds).toEqual([...kinds].sort());
});
