import { confirm, intro, isCancel, select, text } from "@clack/prompts";
import { answerProblem } from "./answer-problem.ts";
import { type AnswerName, answersSchema, presentations } from "./answers.ts";
import { defaultKeyVariable } from "./default-key-variable.ts";
import { dropTypeAhead } from "./drop-type-ahead.ts";
import { stop } from "./stop.ts";

/**
 * Asks for what is not answered yet: five questions at most. Ctrl-C and Esc stop with exit code 130. `checkPlace` throws
 * where there is no place for a package of that id.
 */
export async function ask(
  given: { readonly [name: string]: unknown },
  checkPlace: (id: string) => void,
): Promise<{ [name: string]: unknown }> {
  const answers: { [name: string]: unknown } = { ...given };
  const questions = (Object.keys(answersSchema.shape) as AnswerName[]).filter(
    (name) => presentations.get(answersSchema.shape[name])?.question && answers[name] === undefined,
  );
  if (questions.length === 0) return answers;
  const cancelled = stop(130, "Cancelled. Nothing was written.");
  if (await dropTypeAhead(process.stdin)) throw cancelled;
  intro("create-llm-provider");
  for (const name of questions) {
    const answer = await askOne(name, answers, checkPlace);
    if (isCancel(answer)) throw cancelled;
    answers[name] = answer;
  }
  process.stdout.write("\n");
  return answers;
}

function askOne(
  name: AnswerName,
  answers: { readonly [name: string]: unknown },
  checkPlace: (id: string) => void,
): Promise<unknown> {
  const { question: message = name, example } = presentations.get(answersSchema.shape[name]) ?? {};
  if (name === "template") {
    return select({
      message,
      options: [
        { value: "provider", label: "A provider", hint: "an LLM endpoint, such as https://api.acme.ai/v1" },
        { value: "tool", label: "A tool", hint: "something that models call, such as a search" },
      ],
    });
  }
  if (name === "install") return confirm({ message });
  const initial = name === "apiKeyEnv" ? defaultKeyVariable(String(answers["id"])) : undefined;
  return text({
    message,
    placeholder: initial ?? example,
    defaultValue: initial,
    validate: (value) => {
      const answer = value?.trim() || initial;
      const problem = answerProblem(name, answer) ?? (name === "id" ? placeProblem(answer!, checkPlace) : undefined);
      return problem && indent(problem, (process.stdout.columns || 80) - 4);
    },
  }).then((value) => (typeof value === "string" ? value.trim() : value));
}

function placeProblem(id: string, checkPlace: (id: string) => void): string | undefined {
  try {
    checkPlace(id);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Lines that are no wider than `width`; all but the first are set in, to stand under a question. */
function indent(sentence: string, width: number): string {
  const lines = [""];
  for (const word of sentence.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join("\n   ");
}
