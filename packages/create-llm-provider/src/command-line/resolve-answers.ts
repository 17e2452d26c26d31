import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Answers } from "../answers/answers-schema.ts";
import { checkAnswers } from "../answers/parse-answers.ts";
import { folderOf } from "../context/plan-package.ts";
import { ExitError } from "../exit-error.ts";
import { checkFree } from "../write/write-package.ts";
import { ask } from "./ask.ts";
import type { Host } from "./host.ts";
import type { CreateOptions } from "./read-command-line.ts";

/** The answers, checked, and which of them a person or a file gave. */
export interface ResolvedAnswers {
  answers: Answers;
  given: { readonly [name: string]: unknown };
}

/** Flag before config file before question before default. `canAsk`: is there a person to ask? */
export async function resolveAnswers(options: CreateOptions, host: Host, canAsk: boolean): Promise<ResolvedAnswers> {
  let given: { readonly [name: string]: unknown } = {
    ...(options.config ? await readConfig(resolve(host.root, options.config)) : {}),
    ...options.given,
  };
  // What is wrong is reported before anything is asked, and before what is missing.
  let checked = checkAnswers(given);
  const checkPlace = (id: string) =>
    checkFree(folderOf({ id, dir: given["dir"] as string | undefined }, host), host.inWorkspace);
  if (typeof given["id"] === "string") checkPlace(given["id"]);
  if (canAsk) {
    const asked = await ask(given, checkPlace);
    if (asked !== given) checked = checkAnswers((given = asked));
  }
  if (checked.answers) return { answers: checked.answers, given };
  const missing = checked.missing.map((name) => (name === "id" ? "an id" : "a base URL (--base-url)"));
  const sentence = `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} needed, and there is no terminal to ask at.`;
  throw new ExitError(
    2,
    `${sentence[0]!.toUpperCase()}${sentence.slice(1)}\nTry: ${host.program} acme --base-url https://api.acme.ai/v1`,
  );
}

/** The answers in a config file, not checked yet. */
async function readConfig(path: string): Promise<{ [name: string]: unknown }> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ExitError(2, `The config file ${path} cannot be read (${error.code}).`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ExitError(2, `The config file ${path} is not valid JSON. See --print-schema for its fields.`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ExitError(2, `The config file ${path} must contain one JSON object. See --print-schema for its fields.`);
  }
  const { $schema: _, ...answers } = value as { [name: string]: unknown };
  return answers;
}
