import type { ParseArgsOptionsConfig } from "node:util";
import { type AnswerName, answersSchema, presentations } from "./answers.ts";

/** A flag that is no answer: it says how to run. */
const runFlags = {
  config: { type: "string", value: "FILE", description: "Read the answers from a JSON file" },
  "dry-run": { type: "boolean", description: "Say what would be written, and write nothing" },
  json: { type: "boolean", description: "Print the outcome as JSON, and ask nothing" },
  yes: { type: "boolean", short: "y", description: "Ask nothing: take the defaults" },
  "print-schema": { type: "boolean", description: "Print the JSON schema of the config file" },
  help: { type: "boolean", short: "h", description: "Print this" },
  version: { type: "boolean", short: "v", description: "Print the version" },
} as const;

export type RunFlag = keyof typeof runFlags;

const answerNames = Object.keys(answersSchema.shape) as AnswerName[];

function isBoolean(name: AnswerName): boolean {
  return ["install", "git"].includes(name);
}

/** Flag → answer. */
export const answerOfFlag: ReadonlyMap<string, AnswerName> = new Map(
  answerNames.flatMap((name) => {
    const flag = presentations.get(answersSchema.shape[name])?.flag;
    return flag ? [[flag, name] as const] : [];
  }),
);

/** Every flag, for `util.parseArgs`. */
export const flagOptions: ParseArgsOptionsConfig = {
  ...Object.fromEntries(
    [...answerOfFlag].map(([flag, name]) => [flag, { type: isBoolean(name) ? "boolean" : "string" }]),
  ),
  ...Object.fromEntries(
    Object.entries(runFlags).map(([flag, { type, ...rest }]) => [
      flag,
      { type, ...("short" in rest ? { short: rest.short } : {}) },
    ]),
  ),
};

/** The help's list: one row a flag. */
export function flagRows(): [flag: string, text: string][] {
  const answers = [...answerOfFlag].map(([flag, name]): [string, string] => {
    const schema = answersSchema.shape[name];
    if (isBoolean(name)) return [`--no-${flag}`, `Do not: ${schema.description!.toLowerCase()}`];
    return [`--${flag} ${presentations.get(schema)?.value}`, schema.description!];
  });
  const others = Object.entries(runFlags).map(([flag, options]): [string, string] => [
    `${"short" in options ? `-${options.short}, ` : ""}--${flag}${"value" in options ? ` ${options.value}` : ""}`,
    options.description,
  ]);
  return [...answers, ...others];
}
