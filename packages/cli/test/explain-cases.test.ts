import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const folder = join(import.meta.dirname, "../../../../shared/cases/librechat");

/** What the explanation of each case must and must not say. The folder's `expected` files say the same in words. */
const wanted: { readonly [name: string]: { says: readonly RegExp[]; never?: readonly RegExp[] } } = {
  "azure-groups": { says: [/endpoints\.azureOpenAI\.groups/, /gpt-4o/] },
  "azure-variable": { says: [/AZURE_KEY/, /\.env/, /LibreChat's own/], never: [/Ollama/] },
  "config-invalid": {
    says: [/refuses/, /`agents` under `endpoints`/, /librechat doctor/, /newer release/],
    never: [/--provider/],
  },
  "config-not-mounted": { says: [/not in the container/, /docker-compose\.override\.yml/], never: [/--provider/] },
  "google-key": { says: [/named Google/, /rename it in endpoints\.custom/] },
  "groq-429-per-minute-text": { says: [/limit per minute/, /Wait 6/], never: [/daily limit/, /never pass/] },
  "groq-nested-field": {
    says: [/`reasoning_content` inside `messages`/, /includeReasoningContent: false/, /includeReasoningHistory: false/],
    never: [/dropParams/],
  },
  "groq-tool-use-failed-text": { says: [/tool-call-invalid/], never: [/no words/] },
  "mistral-nested-name": { says: [/`name` inside `messages`/], never: [/dropParams/, /\{detail/] },
  "no-provider-thrice": {
    says: [/OLLAMA_HOST=0\.0\.0\.0/],
    never: [/DeepSeek|Fireworks|Groq/, /use `host\.docker\.internal`/],
  },
  "ollama-page-not-found": { says: [/nothing at this path/, /\/v1/], never: [/ollama pull/] },
  "openrouter-tools": {
    says: [/^OpenRouter/, /No provider of this model supports tools/],
    never: [/privacy settings/],
  },
  "provider-agents": { says: [/LibreChat's own error, not an endpoint's/, /agent_id/], never: [/--provider/] },
  "token-count": { says: [/LibreChat's own count/, /tokenConfig/], never: [/Fireworks/] },
  "unhandled-holds-the-error": { says: [/HTTP 400/, /Something odd nobody has seen/], never: [/line above/] },
};

const cases = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => /^explain-.*\.json$/.test(name))
      .map((name) => name.slice(8, -5))
  : [];
if (cases.length === 0) console.warn(`SKIPPED: the cases of public threads are not at ${folder}`);

test.skipIf(cases.length === 0)("every case has a row, and every row has a case", () => {
  expect(cases.sort()).toEqual(Object.keys(wanted).sort());
});

test.skipIf(cases.length === 0).each(cases)("the explanation of %s says what is expected", async (name) => {
  const { command } = JSON.parse(readFileSync(join(folder, `explain-${name}.json`), "utf8")) as { command: string };
  const provider = /-p (\w+)/.exec(command)?.[1];
  const { out, code } = await runCommand(["explain", "-", ...(provider ? ["-p", provider] : [])], {
    input: readFileSync(join(folder, `explain-${name}.txt`), "utf8"),
  });
  const text = out.replaceAll(/\s+/g, " ");
  expect(wanted, "a case without a test").toHaveProperty(name);
  const { says, never = [] } = wanted[name]!;
  for (const one of says) expect(text).toMatch(one);
  for (const one of never) expect(text).not.toMatch(one);
  expect(text).not.toMatch(/\{[a-z]+(?:\.\w+)*\}/);
  expect(out.match(/^(?:cause|unknown) /gm)).toHaveLength(1);
  expect(code).toBe(0);
});
