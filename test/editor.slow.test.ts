import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLanguageServer, type LanguageServer } from "../scripts/language-server.ts";

const root = join(import.meta.dirname, "..");
// The CLI depends on every adapter. The file exists only in the editor; its types come from `dist`, as users get them.
const path = join(root, "packages/cli/test/in-the-editor.ts");

const program = `import { groq } from "@llm-provider/groq";

const provider = groq({ apiKey: "any", maxRetries: 3, timeout: 1, maxWait: 1, onUnsupported: "drop" });
const answer = await provider.chat({
  model: "openai/gpt-oss-20b",
  messages: [{ role: "user", content: "Hello" }],
  temperature: 0.2,
  reasoning_effort: "low",
  
});
export const cost = answer.usage?.cost;
`;

let editor: LanguageServer;
beforeAll(async () => {
  editor = await startLanguageServer(root, process.env);
}, 60_000);
afterAll(() => editor.close());

const file = { path, text: program };

describe("an editor completes", { timeout: 120_000 }, () => {
  test("the ids of the catalogue", async () => {
    const found = await editor.completionsBehind(file, 'model: "');
    expect(found).toEqual(expect.arrayContaining(["openai/gpt-oss-20b", "openai/gpt-oss-120b"]));
  });

  test("the vendor's parameters and the common ones", async () => {
    const found = await editor.completionsBehind(file, 'reasoning_effort: "low",\n  ');
    const names = found.map((label) => label.replace(/\?$/, ""));
    expect(names).toEqual(
      expect.arrayContaining(["reasoning_format", "service_tier", "top_p", "max_tokens", "tools", "stop"]),
    );
  });

  test("the values of a vendor's parameter", async () => {
    const found = await editor.completionsBehind(file, 'reasoning_effort: "');
    expect(found.map((label) => label.replaceAll('"', ""))).toEqual(
      expect.arrayContaining(["none", "default", "low", "medium", "high"]),
    );
  });
});

/** Each hover text needs a sentence and the unit or the default. */
describe("an editor shows", { timeout: 120_000 }, () => {
  test.each([
    ["temperature", /[A-Z][^.]{15,}\./, /\b0\b.*\b[12]\b|@default/s],
    ["maxRetries", /[A-Z][^.]{15,}\./, /@default.*2/s],
    ["timeout", /[A-Z][^.]{15,}/, /[Mm]illiseconds|\bms\b/],
    ["maxWait", /[A-Z][^.]{15,}/, /[Mm]illiseconds|\bms\b/],
    ["answer.usage?.cost", /[A-Z][^.]{5,}/, /US dollars/],
  ])("a sentence for %s", async (name, sentence, unit) => {
    const shown = await editor.hoverOn(file, name);
    expect(shown).toMatch(sentence);
    expect(shown).toMatch(unit);
    expect(shown.length).toBeLessThan(1500);
  });
});

describe("a type error", { timeout: 120_000 }, () => {
  const withLine = (line: string): { path: string; text: string } => ({
    path,
    text: program.replace('  reasoning_effort: "low",\n', `  ${line}\n`),
  });

  test.each([
    'reasoning_effort: "much",',
    'temperature: "warm",',
    'tools: "not a list",',
    "stop: 7,",
    'service_tier: "fast",',
  ])("of %s is short and names the parameter", async (line) => {
    const errors = await editor.errorsIn(withLine(line));
    expect(errors.length).toBeGreaterThan(0);
    const text = errors.join("\n");
    expect(Buffer.byteLength(text)).toBeLessThan(2048);
    expect(text).toMatch(/not assignable|No overload/);
  });

  test("does not appear in a correct program, nor for an unknown parameter", async () => {
    expect(await editor.errorsIn(file)).toEqual([]);
    expect(await editor.errorsIn(withLine("parameter_of_tomorrow: [1],"))).toEqual([]);
  });
});
