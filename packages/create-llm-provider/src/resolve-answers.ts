import { resolve } from "node:path";
import { answerProblem } from "./answer-problem.ts";
import { type AnswerName, type Answers, answersSchema } from "./answers.ts";
import { ask } from "./ask.ts";
import type { Door } from "./door.ts";
import { parseAnswers } from "./parse-answers.ts";
import type { CommandLine } from "./read-command-line.ts";
import { readConfig } from "./read-config.ts";
import { folderOf } from "./register-generators.ts";
import { stop } from "./stop.ts";
import { checkFree } from "./write-package.ts";

/** The answers, checked, and which of them a person or a file gave. */
export type Resolved = { answers: Answers; given: { readonly [name: string]: unknown } };

/** Flag before config file before question before default. `example`: the command that a refusal shows. */
export async function resolveAnswers(
  line: CommandLine,
  options: { person: boolean; example: string; door: Pick<Door, "root" | "inWorkspace"> },
): Promise<Resolved> {
  const { person, example, door } = options;
  let given: { [name: string]: unknown } = {
    ...(line.config ? await readConfig(resolve(door.root, line.config)) : {}),
    ...line.answers,
  };
  // What is wrong is said before anything is asked, and before what is missing.
  const wrong = Object.entries(given).some(
    ([name, value]) => !isAnswer(name) || answerProblem(name, value) !== undefined,
  );
  if (wrong) {
    parseAnswers({ id: "acme", baseURL: "https://api.acme.ai/v1", ...given });
  }
  const checkPlace = (id: string) => {
    const dir = given["dir"] as string | undefined;
    checkFree(folderOf({ id, dir }, door), door.inWorkspace ? "Choose another id." : undefined);
  };
  if (typeof given["id"] === "string") checkPlace(given["id"]);
  if (person) given = await ask(given, checkPlace);
  const missing = [
    given["id"] === undefined && "an id",
    given["baseURL"] === undefined && "a base URL (--base-url)",
  ].filter(Boolean);
  if (missing.length > 0) {
    const sentence = `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} needed, and there is no terminal to ask at.`;
    throw stop(2, `${sentence[0]!.toUpperCase()}${sentence.slice(1)}\nTry: ${example}`);
  }
  return { answers: parseAnswers(given), given };
}

function isAnswer(name: string): name is AnswerName {
  return Object.hasOwn(answersSchema.shape, name);
}
