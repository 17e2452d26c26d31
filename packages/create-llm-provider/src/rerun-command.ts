import type { AnswerName } from "./answers.ts";
import { defaultKeyVariable } from "./default-key-variable.ts";
import { answerOfFlag } from "./flags.ts";
import { shellWords } from "./shell-words.ts";

/** The command that gives the same answers again and asks nothing. */
export function rerunCommand(program: string, given: { readonly [name: string]: unknown }): string {
  const words = [String(given["id"])];
  for (const [flag, name] of answerOfFlag) {
    const value = given[name];
    if (value === undefined || value === true || value === defaultOf(name, given)) continue;
    if (value === false) words.push(`--no-${flag}`);
    else words.push(`--${flag}`, Array.isArray(value) ? value.join(",") : String(value));
  }
  return `${program} ${shellWords([...words, "--yes"])}`;
}

function defaultOf(name: AnswerName, given: { readonly [name: string]: unknown }): unknown {
  if (name === "template") return "provider";
  return name === "apiKeyEnv" ? defaultKeyVariable(String(given["id"])) : undefined;
}
