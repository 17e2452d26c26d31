import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../examples/web-search-agent/offline.ts", import.meta.url));

test("the agent searches, reads the results and answers, without a key", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=source", program, "Why is tea green?"],
    {
      env: { PATH: process.env["PATH"] ?? "" },
    },
  );
  expect(stdout).toMatch(/^web_search \{"query":"Why is tea green\?"\} → \d{4} characters$/m);
  // The twin of Groq repeats the tool's answer, so the answer reached it.
  expect(stdout).toContain('Search results for "Why is tea green?" (google, page 1)');
  expect(stdout).toContain("<https://site-1.example/Why%20is%20tea%20green%3F>");
  expect(stdout).not.toContain("no-key-is-needed-offline");
});
