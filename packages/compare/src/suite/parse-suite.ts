import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import type { ContentPart } from "@llm-provider/core";
import { describeIssues, offsetIn, type ValuePath } from "@llm-provider/core/internal";
import type { Check, ReadSuite, SuiteProblem, Task } from "./suite.ts";
import {
  suiteSchema,
  type WrittenCheck,
  type WrittenSuite,
  type WrittenTask,
  type WrittenText,
} from "./suite-schema.ts";

/** Reads files that a suite names. Both methods throw if that fails. */
export interface SuiteFiles {
  text(path: string): string;
  attachment(path: string): ContentPart;
}

/** Parses a `suite.yaml`. It reports every mistake, not only the first. */
export function parseSuite(text: string, files: SuiteFiles, file?: string): ReadSuite {
  const lines = new LineCounter();
  const at = (offset: number): Omit<SuiteProblem, "message"> => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0)
    return { problems: document.errors.map(({ message, pos }) => ({ ...at(pos[0]), message: `${message}.` })) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // Extreme nesting or alias expansion, which no person writes.
    return { problems: [{ line: 1, column: 1, message: `The file cannot be read: ${(error as Error).message}.` }] };
  }
  const problems: SuiteProblem[] = [];
  const addProblem = (path: ValuePath, message: string): void => {
    const place = at(offsetIn(document, path));
    // Further problems at the same place follow from the first one.
    const isFirst = !problems.some(({ line, column }) => line === place.line && column === place.column);
    if (isFirst) problems.push({ ...place, message });
  };
  const checked = suiteSchema.safeParse(value);
  if (checked.error) {
    const schema = z.toJSONSchema(suiteSchema, { io: "input", unrepresentable: "any" });
    for (const { path, message } of describeIssues(checked.error.issues, { value, schema, whole: "the suite" }))
      addProblem(path, message);
  }
  const tasks = checked.data?.tasks.map((task, index) =>
    toTask(checked.data, task, files, (path, message) => addProblem(["tasks", index, ...path], message)),
  );
  problems.sort((one, other) => one.line - other.line || one.column - other.column);
  if (!tasks || problems.length > 0) return { problems };
  return { suite: { name: checked.data!.name, ...(file !== undefined && { file }), tasks }, problems: [] };
}

type AddProblem = (path: ValuePath, message: string) => void;

function toTask(suite: WrittenSuite, task: WrittenTask, files: SuiteFiles, addProblem: AddProblem): Task {
  const attempt = <Value>(path: ValuePath, read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      addProblem(path, (error as Error).message);
      return undefined;
    }
  };
  const textOf = (path: ValuePath, given: WrittenText): string =>
    typeof given === "string" ? given : (attempt([...path, "file"], () => files.text(given.file)) ?? "");
  const variables: Record<string, string | number> = { ...suite.variables, ...task.variables };
  const fill = (path: ValuePath, given: WrittenText): string => {
    const text = textOf(path, given);
    if (Object.keys(variables).length === 0) return text;
    return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
      if (!Object.hasOwn(variables, name)) addProblem(path, `There is no variable \`${name}\`.`);
      return String(variables[name]);
    });
  };
  const system = task.system ?? suite.system;
  const { id, tools, checks, attachments, twin } = task;
  return {
    id,
    prompt: fill(["prompt"], task.prompt),
    ...(system !== undefined && { system: fill(task.system === undefined ? [] : ["system"], system) }),
    attachments: attachments.flatMap(
      (path, index) => attempt(["attachments", index], () => files.attachment(path)) ?? [],
    ),
    tools: tools.map((tool) => ({ type: "function", function: tool })),
    parameters: { ...suite.parameters, ...task.parameters },
    checks: checks.map((check, index) => toCheck(check, (given) => textOf(["checks", index, "javascript"], given))),
    twin: twin.map(({ file, code, ...answer }, index) => {
      if (code !== undefined)
        return { ...answer, text: `\`\`\`js\n${textOf(["twin", index], { file: code })}\`\`\`\n` };
      return file === undefined ? answer : { ...answer, text: textOf(["twin", index], { file }) };
    }),
  };
}

function toCheck(written: WrittenCheck, read: (given: WrittenText) => string): Check {
  const { not, equals, contains, regex, json, javascript, toolCall, cost, latency, words } = written;
  if (not) return { ...toCheck(not, read), isNot: true };
  if (equals !== undefined) return { kind: "equals", text: equals };
  if (contains !== undefined) return { kind: "contains", text: contains };
  if (regex) return { kind: "regex", ...regex };
  if (json !== undefined) return { kind: "json", ...(json !== true && { schema: json }) };
  if (javascript !== undefined)
    return {
      kind: "javascript",
      tests: read(javascript),
      ...(typeof javascript === "object" && { file: javascript.file }),
    };
  if (toolCall) return { kind: "toolCall", ...toolCall };
  if (cost !== undefined) return { kind: "cost", most: cost };
  if (latency !== undefined) return { kind: "latency", most: latency };
  if (words) return { kind: "words", ...words };
  return { kind: "refusal" };
}
