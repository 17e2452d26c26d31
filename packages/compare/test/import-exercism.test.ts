import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkAnswer, importExercism } from "../src/index.ts";

/** Creates a folder with the layout of the track and these exercises. */
function cloneWith(exercises: { readonly [id: string]: { readonly [path: string]: string } }): string {
  const clone = mkdtempSync(join(tmpdir(), "track-"));
  onTestFinished(() => rmSync(clone, { recursive: true }));
  for (const [id, files] of Object.entries(exercises))
    for (const [path, text] of Object.entries(files)) {
      const file = join(clone, "exercises/practice", id, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  return clone;
}

const config = (solution: string[] = ["twice.js"]): string =>
  JSON.stringify({ files: { solution, test: ["twice.spec.js"], example: [".meta/proof.ci.js"] } });
const exercise = {
  ".meta/config.json": config(),
  ".meta/proof.ci.js": "export const twice = (n) => 2 * n;\nexport default class Counter { count = 1; }\n",
  ".docs/instructions.md": "# Instructions\n\nDouble a number.",
  "twice.js": "export const twice = (n) => {\n  throw new Error('Remove this line.');\n};\n",
  "twice.spec.js": `import { describe, expect, test, xtest } from '@jest/globals';
import Counter, {
  twice as double,
} from './twice';

describe('twice', () => {
  test('doubles', () => { expect(double(2)).toEqual(4); });
  xtest('counts', () => { expect(new Counter().count).toBe(1); });
});
`,
};

test("an exercise becomes a task with its instructions, its stub, every test enabled, and its solution for fakes", async () => {
  const { suite, left } = importExercism(cloneWith({ twice: exercise }));
  expect(left).toEqual([]);
  const [task] = suite.tasks;
  expect(task).toMatchObject({ id: "twice", prompt: expect.stringContaining("Double a number.") as string });
  expect(task!.prompt).toContain("Remove this line.");
  const result = { text: task!.twin[0]!.text!, finishReason: "stop" as const, toolCalls: [] };
  expect(await checkAnswer(task!.checks[0]!, { result, ms: 1 })).toMatchObject({
    pass: true,
    tests: [
      { name: "twice › doubles", pass: true },
      { name: "twice › counts", pass: true },
    ],
  });
});

test("an exercise that needs more than one file is left out with a reason", () => {
  const spec = exercise["twice.spec.js"].replace("'./twice'", "'./helper'");
  const { suite, left } = importExercism(
    cloneWith({
      twice: exercise,
      "two-files": { ...exercise, ".meta/config.json": config(["a.js", "b.js"]) },
      helper: { ...exercise, "twice.spec.js": spec },
      "no-exercise": { "README.md": "" },
    }),
  );
  expect(suite.tasks.map(({ id }) => id)).toEqual(["twice"]);
  expect(left).toEqual([
    { id: "helper", reason: "Its spec imports ./helper." },
    { id: "two-files", reason: "It needs more than one file." },
  ]);
});

test("a folder that is not a clone is refused", () => {
  expect(() => importExercism(tmpdir())).toThrow(/not a clone/);
  expect(() => importExercism(cloneWith({ x: { "README.md": "" } }))).toThrow(/no usable exercise/);
});
