import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import type { Suite, Task } from "./suite.ts";

/** The tasks of a clone, and the exercises that were left out. */
export interface ImportedTrack {
  readonly suite: Suite;
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

/** The `.meta/config.json` of an exercise. */
interface ExerciseConfig {
  readonly files?: {
    readonly solution?: readonly string[];
    readonly test?: readonly string[];
    readonly example?: readonly string[];
  };
}

/**
 * Builds a suite from a clone of Exercism's JavaScript track: the instructions become prompts, the specs become tests.
 * Exercises with more than one JavaScript file are left out.
 * @throws Error if the folder is not such a clone.
 */
export function importExercism(clone: string): ImportedTrack {
  const folder = join(clone, "exercises/practice");
  if (!existsSync(folder))
    throw new Error(`${clone} has no exercises/practice: it is not a clone of Exercism's JavaScript track.`);
  const tasks: Task[] = [];
  const left: { id: string; reason: string }[] = [];
  for (const id of readdirSync(folder).sort()) {
    const found = importExercise(join(folder, id), id);
    if (found === undefined) continue;
    if ("reason" in found) left.push({ id, ...found });
    else tasks.push(found);
  }
  if (tasks.length === 0) throw new Error(`${folder} has no usable exercise.`);
  return { suite: { name: "Exercism, JavaScript", tasks }, left };
}

function importExercise(folder: string, id: string): Task | { reason: string } | undefined {
  const read = (path: string): string => readRegularText(join(folder, path), { followsLinks: false }) ?? "";
  const config = read(".meta/config.json");
  if (config === "") return undefined;
  const { files } = JSON.parse(config) as ExerciseConfig;
  const [solution, ...others] = files?.solution ?? [];
  const [spec, ...specs] = files?.test ?? [];
  if (solution === undefined || spec === undefined) return { reason: "It names no solution or no spec." };
  if (others.length > 0 || specs.length > 0) return { reason: "It needs more than one file." };
  const tests = toTests(read(spec), solution);
  if (typeof tests !== "string") return tests;
  const [example] = files?.example ?? [];
  const reference = example === undefined ? "" : read(example);
  const instructions = [
    read(".docs/introduction.md"),
    read(".docs/instructions.md"),
    read(".docs/instructions.append.md"),
  ];
  const prompt = [
    ...instructions.filter((text) => text !== ""),
    `Complete this file, an ES module without imports. Answer with the whole file in one fenced code block.\n\n\`\`\`js\n${read(solution)}\n\`\`\``,
  ];
  return {
    id,
    prompt: prompt.join("\n\n"),
    attachments: [],
    tools: [],
    parameters: {},
    checks: [{ kind: "javascript", tests, file: spec }],
    twin: reference === "" ? [] : [{ text: `\`\`\`js\n${reference}\n\`\`\`` }],
  };
}

/** `import … from "…"`, on one or more lines. */
const importStatement = /^import\s+([^;"']*?)\s+from\s+["']([^"']+)["'];?[ \t]*$/gm;

/** Removes the imports of a spec, since the sandbox provides those names, and enables the tests that are off for learners. */
function toTests(spec: string, solution: string): string | { reason: string } {
  const own = `./${solution.replace(/\.js$/, "")}`;
  let reason: string | undefined;
  const aliases: string[] = [];
  const body = spec.replaceAll(importStatement, (_, names: string, from: string) => {
    if (from === "@jest/globals") return "";
    if (from !== own && from !== `${own}.js`) reason ??= `Its spec imports ${from}.`;
    for (const [, name, alias] of names.matchAll(/([\w$]+)\s+as\s+([\w$]+)/g))
      aliases.push(`const ${alias} = ${name};`);
    return "";
  });
  if (reason !== undefined) return { reason };
  return `${aliases.join("\n")}\n${body.replaceAll(/\bx(test|it|describe)\b/g, "$1")}`;
}
