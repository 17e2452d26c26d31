import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { test } from "vitest";
import { providers } from "../packages/cli/src/providers.generated.ts";

const folder = join(import.meta.dirname, "..", "examples", "providers");

async function offline(example: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=source", "offline.ts", example], {
    cwd: folder,
  });
  return stdout;
}

test.concurrent("chat prints the cost and the changes", async ({ expect }) => {
  const out = await offline("chat");
  expect(out).toContain("the twin of Mistral");
  expect(out).toMatch(/tokens in, \d+ out, 0\.0000\d\d US dollars/);
  expect(out).toMatch(/seed was renamed/);
  expect(out).toMatch(/user was dropped/);
});

test.concurrent("stream prints events and ends with the usage", async ({ expect }) => {
  const out = await offline("stream");
  expect(out).toMatch(/^\n\[start\]\n/);
  expect(out).toContain("the twin of DeepSeek");
  expect(out).toMatch(/\[finish\]\nstop \{/);
});

test.concurrent("tools runs the tool and answers with its result", async ({ expect }) => {
  const out = await offline("tools");
  const [, time] = /read_clock\(\{"timeZone":"Europe\/Rome"\}\) → (\d\d:\d\d)\n/.exec(out) ?? [];
  expect(time, out).toBeDefined();
  expect(out).toContain(`The tool says: ${time}`);
});

test.concurrent("fallback answers through OpenRouter when Groq is down", async ({ expect }) => {
  const out = await offline("fallback");
  expect(out).toMatch(/^openrouter: This is the twin of OpenRouter/);
  expect(out).toMatch(/Failed before it: \[[\s\S]*code: 'overloaded'/);
});

test.concurrent("cost asks every provider", async ({ expect }) => {
  const out = await offline("cost");
  for (const load of Object.values(providers)) expect(out).toContain(`'${(await load()).definition.name}'`);
  expect(out).not.toContain("problem");
  expect(out).toMatch(/'0\.0000\d\d'/);
});
