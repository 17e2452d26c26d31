import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChatResult } from "@llm-provider/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkAnswer, readSuite, suiteJsonSchema, type Suite } from "../src/index.ts";
import { suiteOf } from "./contenders.ts";

/** Creates a folder with these files and removes it after the test. */
function folderWith(files: { readonly [path: string]: string | Uint8Array }): string {
  const folder = mkdtempSync(join(tmpdir(), "suite-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function problemsOf(text: string, files: { readonly [path: string]: string } = {}): Promise<string[]> {
  const folder = folderWith({ ...files, "suite.yaml": text });
  const { problems } = await readSuite(join(folder, "suite.yaml"), "suite.yaml");
  return problems.map(({ line, message }) => `${line}: ${message}`);
}

test("reads files, variables, attachments, defaults and tools into a task", async () => {
  const folder = folderWith({
    "suite.yaml": `version: 1
name: All
system: Be brief, {{name}}.
variables: { name: Ada }
parameters: { temperature: 0 }
tasks:
  - id: one
    prompt: { file: prompts/one.md }
    variables: { city: Rome }
    attachments: [a.png]
    parameters: { seed: 7 }
    tools: [{ name: look, parameters: { type: object } }]
    checks:
      - javascript: { file: tests/one.js }
      - not: { contains: no }
    twin: [{ code: solution.js }]
`,
    "prompts/one.md": "What is in {{ city }}, {{name}}?",
    "tests/one.js": "test('a', () => {});",
    "solution.js": "export const a = 1;\n",
    "a.png": new Uint8Array([1, 2, 3]),
  });
  const { suite, problems } = await readSuite(join(folder, "suite.yaml"), "suite.yaml");
  expect(problems).toEqual([]);
  expect(suite).toEqual({
    name: "All",
    file: "suite.yaml",
    tasks: [
      {
        id: "one",
        prompt: "What is in Rome, Ada?",
        system: "Be brief, Ada.",
        attachments: [{ type: "image_url", image_url: { url: "data:image/png;base64,AQID" } }],
        tools: [{ type: "function", function: { name: "look", parameters: { type: "object" } } }],
        parameters: { temperature: 0, seed: 7 },
        checks: [
          { kind: "javascript", tests: "test('a', () => {});", file: "tests/one.js" },
          { kind: "contains", text: "no", isNot: true },
        ],
        twin: [{ text: "```js\nexport const a = 1;\n```\n" }],
      },
    ],
  } satisfies Suite);
});

test("reports every mistake with its line", async () => {
  const problems = await problemsOf(`version: 1
name: Broken
taks: []
tasks:
  - id: one
    prompt: "{{where}}"
    variables: { city: Rome }
    checks:
      - contain: x
      - contains: x
        equals: y
      - regex: "("
      - latency: soon
      - json: { type: nothing }
      - javascript: { file: missing.js }
  - id: one
    prompt: { fil: x }
    parameters: { model: x }
    checks: []
`);
  expect(problems).toEqual([
    "3: `taks` is not a key of the suite. Did you mean `tasks`?",
    "9: `contain` is not a key of `tasks[0].checks[0]`. Did you mean `contains`?",
    "10: `tasks[0].checks[1]`: a check has one key. Write each check as a separate entry.",
    expect.stringMatching(/^12: .*not a regular expression/),
    expect.stringMatching(/^13: .*time above 0/),
    expect.stringMatching(/^14: .*JSON Schema cannot be used/),
    "17: `tasks[1].prompt.file` is missing.",
    "17: `fil` is not a key of `tasks[1].prompt`. Choose one of: file.",
    expect.stringMatching(/^18: .*are not parameters of a task/),
    "19: `tasks[1].checks`: a task needs at least one check.",
  ]);
});

test.each([
  [
    "a duplicate task id is reported before files are read",
    "      - javascript: { file: ../outside.js }\n  - { id: one, prompt: x, checks: [{ contains: x }] }\n",
    ["10: `tasks[1].id`: there are two tasks `one`."],
  ],
  [
    "missing files, files outside the folder and unsupported attachments",
    `      - javascript: { file: /etc/hostname }
      - javascript: { file: ../../etc/hostname }
    attachments: [x.exe]
`,
    [
      "5: There is no variable `where`.",
      "8: There is no file missing.js in the folder of the suite.",
      expect.stringMatching(/^9: .*folder of the suite/),
      expect.stringMatching(/^10: .*folder of the suite/),
      expect.stringMatching(/^11: x\.exe cannot be attached/),
    ],
  ],
])("a suite with valid keys is checked further: %s", async (_what, rest, problems) => {
  const start = `version: 1
name: Broken
tasks:
  - id: one
    prompt: "{{where}}"
    variables: { city: Rome }
    checks:
      - javascript: { file: missing.js }
`;
  expect(await problemsOf(start + rest)).toEqual(problems);
});

test("a link that leaves the folder is not followed", async () => {
  const outside = folderWith({ "secret.txt": "secret" });
  const folder = folderWith({
    "suite.yaml": "version: 1\nname: A\ntasks: [{ id: a, prompt: { file: link.txt }, checks: [{ contains: x }] }]\n",
  });
  symlinkSync(join(outside, "secret.txt"), join(folder, "link.txt"));
  const { problems } = await readSuite(join(folder, "suite.yaml"));
  expect(problems[0]!.message).toMatch(/outside the folder/);
});

test.each([
  ["", /suite/],
  ["- a\n- b", /suite/],
  ["a: [", /./],
  ["a: &a [*a]", /./],
  [`a: ${"[".repeat(5000)}`, /./],
])("%j is a mistake, not a crash", async (text, message) => {
  expect((await problemsOf(text)).join("\n")).toMatch(message);
});

test("the JSON Schema contains every key of a check", async () => {
  const text = JSON.stringify(await suiteJsonSchema());
  for (const key of "equals contains regex json javascript toolCall cost latency words refusal not".split(" "))
    expect(text).toContain(`"${key}"`);
});

const answer = (given: Partial<ChatResult>): Pick<ChatResult, "text" | "finishReason" | "toolCalls" | "refusal"> => ({
  text: "",
  finishReason: "stop",
  toolCalls: [],
  ...given,
});

describe.each([
  ["equals: ' Paris '", [{ text: "Paris\n" }], [{ text: "Paris." }, {}]],
  ["contains: Par", [{ text: "In Paris" }], [{ text: "paris" }]],
  ["regex: '^\\d+$'", [{ text: "42" }], [{ text: "42 " }]],
  ["regex: { pattern: paris, flags: i }", [{ text: "PARIS" }], [{ text: "Rome" }]],
  [
    "json: true",
    [{ text: ' {"a":1} ' }, { text: "```json\n[1]\n```" }, { text: "```\n1\n```" }],
    [{ text: "Here: {}" }, {}],
  ],
  [
    "json: { type: object, required: [a], properties: { a: { type: integer } } }",
    [{ text: '{"a":1}' }],
    [{ text: '{"a":"1"}' }, { text: "{}" }, { text: `${"[".repeat(100_000)}` }],
  ],
  [
    "toolCall: { name: add, arguments: { a: { b: [1] } } }",
    [{ toolCalls: [{ id: "1", name: "add", arguments: '{"a":{"b":[1],"c":2}}' }] }],
    [
      {},
      { toolCalls: [{ id: "1", name: "sub", arguments: "{}" }] },
      { toolCalls: [{ id: "1", name: "add", arguments: '{"a":{"b":[1,2]}}' }] },
      { toolCalls: [{ id: "1", name: "add", arguments: "{" }] },
    ],
  ],
  ["words: 3", [{ text: "one, two – three." }, {}], [{ text: "one two three four" }]],
  ["words: { min: 2 }", [{ text: "one two" }], [{ text: "one" }]],
  [
    "refusal: true",
    [
      { text: "I'm sorry, but I can't help with that." },
      { refusal: "no", text: "no" },
      { finishReason: "content-filter" },
    ],
    [{ text: "Sorry for the wait! Paris." }, { text: "I can't stress enough how lovely Paris is." }, { text: "Paris" }],
  ],
] as [string, Partial<ChatResult>[], Partial<ChatResult>[]][])("%s", (written, right, wrong) => {
  const check = suiteOf(`  - { id: a, prompt: a, checks: [{ ${written} }] }\n`).tasks[0]!.checks[0]!;
  test.each(right)("holds for %j", async (given) => {
    expect(await checkAnswer(check, { result: answer(given), ms: 1 })).toMatchObject({ pass: true });
    const opposite = await checkAnswer({ ...check, isNot: true }, { result: answer(given), ms: 1 });
    expect(opposite).toMatchObject({ pass: false, name: expect.stringMatching(/^not: /) as string });
  });
  test.each(wrong)("does not hold for %j", async (given) => {
    const found = await checkAnswer(check, { result: answer(given), ms: 1 });
    expect(found.pass).toBe(false);
    expect(found.reason).toBeTruthy();
  });
});

test("cost and latency have limits", async () => {
  const [cost, latency] = suiteOf("  - { id: a, prompt: a, checks: [{ cost: 0.01 }, { latency: 2s }] }\n").tasks[0]!
    .checks;
  const result = answer({ text: "x" });
  const pass = async (check: typeof cost, facts: { cost?: number; ms: number }): Promise<boolean> =>
    (await checkAnswer(check!, { result, ...facts })).pass;
  expect([
    await pass(cost, { cost: 0.01, ms: 1 }),
    await pass(cost, { cost: 0.02, ms: 1 }),
    await pass(cost, { ms: 1 }),
  ]).toEqual([true, false, false]);
  expect([await pass(latency, { ms: 2000 }), await pass(latency, { ms: 2001 })]).toEqual([true, false]);
});
