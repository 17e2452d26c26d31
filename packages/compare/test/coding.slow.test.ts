import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChatResult } from "@llm-provider/core";
import { describe, expect, test } from "vitest";
import { checkAnswer, codingSuite, readSuite } from "../src/index.ts";
import type { ScriptedAnswer, Task } from "../src/index.ts";

const { suite, problems } = await readSuite(codingSuite);
const wrongFolder = join(import.meta.dirname, "coding");

test("the suite has 24 tasks and no mistakes", () => {
  expect(problems).toEqual([]);
  expect(suite!.tasks).toHaveLength(24);
});

describe.concurrent.each(suite!.tasks)("$id", (task) => {
  test("its reference solution passes", async ({ expect: local }) => {
    local(task.twin).toHaveLength(1);
    local(await reasonsOf(task, task.twin[0]!)).toEqual([]);
  });

  test("an empty answer and an empty module fail", async ({ expect: local }) => {
    local(await reasonsOf(task, { text: "" })).not.toEqual([]);
    local(await reasonsOf(task, { text: "```js\n\n```" })).not.toEqual([]);
  });

  test.each([1, 2])("wrong answer %i fails", async (number) => {
    expect(await reasonsOf(task, wrongAnswer(task.id, number))).not.toEqual([]);
  });
});

/** The reasons why an answer fails. */
async function reasonsOf({ checks }: Task, { text = "", toolCalls = [] }: ScriptedAnswer): Promise<string[]> {
  const result: Pick<ChatResult, "text" | "finishReason" | "toolCalls"> = {
    text,
    finishReason: "stop",
    toolCalls: toolCalls.map(({ name, arguments: given }, index) => ({
      id: `call_${index}`,
      name,
      arguments: JSON.stringify(given),
    })),
  };
  const found = await Promise.all(checks.map((check) => checkAnswer(check, { result, ms: 1 })));
  return found.flatMap(({ pass, name, reason }) => (pass ? [] : [`${name}: ${reason}`]));
}

function wrongAnswer(id: string, number: number): ScriptedAnswer {
  const path = (ending: string): string => join(wrongFolder, id, `wrong-${number}.${ending}`);
  const read = (ending: string): string | undefined =>
    existsSync(path(ending)) ? readFileSync(path(ending), "utf8") : undefined;
  const [code, text, calls] = [read("js"), read("txt"), read("json")];
  if (code !== undefined) return { text: `\`\`\`js\n${code}\`\`\`` };
  return text === undefined ? { toolCalls: JSON.parse(calls!) as ScriptedAnswer["toolCalls"] } : { text };
}
