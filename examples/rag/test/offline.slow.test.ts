import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "..");

async function run(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=source", ...words], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "" },
  });
  expect(stdout).not.toContain("no-key-is-needed-offline");
  return stdout;
}

const runs = [
  ["--cloud", "Mistral", "PGlite, in memory"],
  ["--weaviate", "Ollama", "Weaviate at http://127.0.0.1:"],
] as const;

test.each(runs)(
  "offline %s: the agent searches, reads the results and cites them",
  async (flag, model, store) => {
    const out = await run("offline.ts", flag, "When does my gift card expire?");
    expect(out).toContain(`Model: the twin of ${model}, which has none inside. Passages: ${store}`);
    expect(out).toContain("the vectors of a twin are made from a hash of the text, and mean nothing");
    expect(out).toMatch(/^search_handbook "When does my gift card expire\?" → gift-voucher, /m);
    // The twin repeats the tool's result, so the passage reached it.
    expect(out).toContain("It is valid for three years");
    expect(out).toMatch(/^Cited: \[gift-voucher\] Vouchers and presents/m);
  },
  120_000,
);

test("search prints ranked passages for any question", async () => {
  const out = await run("main.ts", "search", "My bicycle was stolen. Whom do I tell?");
  expect(out).toMatch(/^1\. \[lost-key\] Keys, locks and stolen bicycles /);
  expect(out).toMatch(/^5\. /m);
}, 120_000);
