import type { ReadStream } from "node:tty";
import { intro, isCancel, select, text } from "@clack/prompts";
import { type AnswerName, answerNames, presentationOf } from "../answers/answers-schema.ts";
import { normaliseGiven } from "../answers/normalise-given.ts";
import { answerProblem } from "../answers/parse-answers.ts";
import { ExitError } from "../exit-error.ts";

type Given = { readonly [name: string]: unknown };

/**
 * Asks the open questions: five at most. Returns `given` itself if there are none. Ctrl-C
 * and Esc throw an `ExitError` (130). `checkPlace` throws if a package of that id has no place.
 */
export async function ask(given: Given, checkPlace: (id: string) => unknown): Promise<Given> {
  const questions = answerNames.filter((name) => presentationOf(name).question && given[name] === undefined);
  if (questions.length === 0) return given;
  const answers: { [name: string]: unknown } = { ...given };
  const cancelled = new ExitError(130, "Cancelled. Nothing was written.");
  if (await dropTypeAhead(process.stdin)) throw cancelled;
  intro("create-llm-provider");
  for (const name of questions) {
    if (name === "models" && answers["template"] === "tool") continue;
    const answer = await askOne(name, answers, checkPlace);
    if (isCancel(answer)) throw cancelled;
    answers[name] = answer;
  }
  process.stdout.write("\n");
  return answers;
}

function askOne(name: AnswerName, answers: Given, checkPlace: (id: string) => unknown): Promise<unknown> {
  const { question: message = name, example, optional } = presentationOf(name);
  if (name === "template") {
    return select({
      message,
      options: [
        { value: "provider", label: "A provider", hint: "an LLM endpoint, such as https://api.acme.ai/v1" },
        { value: "tool", label: "A tool", hint: "something that models call, such as a search" },
      ],
    });
  }
  return text({
    message,
    placeholder: example,
    validate: (value) => {
      const answer = value?.trim() ?? "";
      if (optional && answer === "") return undefined;
      const { given } = normaliseGiven({ ...answers, [name]: name === "models" ? splitModels(answer) : answer });
      const problem =
        answerProblem(name, given[name]) ?? (name === "id" ? placeProblem(String(given["id"]), checkPlace) : undefined);
      return problem && indent(problem, (process.stdout.columns || 80) - 4);
    },
  }).then((value) => {
    if (typeof value !== "string") return value;
    const answer = value.trim();
    if (answer === "") return undefined;
    return name === "models" ? splitModels(answer) : answer;
  });
}

/** `acme-small, acme` → its ids. */
export function splitModels(list: string): string[] {
  return list
    .split(",")
    .map((model) => model.trim())
    .filter(Boolean);
}

function placeProblem(id: string, checkPlace: (id: string) => unknown): string | undefined {
  try {
    checkPlace(id);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Lines of at most `width` characters; all but the first are indented, to line up under a question. */
function indent(sentence: string, width: number): string {
  const lines = [""];
  for (const word of sentence.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join("\n   ");
}

/** Drops input from the time of npx's download, which must not answer the first question. Was Ctrl-C part of it? */
async function dropTypeAhead(input: ReadStream): Promise<boolean> {
  if (!input.isTTY) return false;
  input.setRawMode(true);
  let cancelled = false;
  const drop = (bytes: Buffer) => {
    cancelled ||= bytes.includes(3);
  };
  input.on("data", drop);
  await new Promise((resolve) => setTimeout(resolve, 30));
  input.off("data", drop);
  input.pause();
  input.setRawMode(false);
  return cancelled;
}
