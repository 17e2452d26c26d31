import type { PromptQuestion } from "node-plop";
import { type AnswerName, answersSchema, presentations } from "./answers.ts";
import { answerProblem } from "./answer-problem.ts";

/** Only what has no default: plop cannot skip a question that depends on another. */
const asked: readonly AnswerName[] = ["id", "baseURL"];

/** The questions for plop, made from the schema. `pnpm plop provider acme https://…` answers them on the command line. */
export function plopQuestions(): PromptQuestion[] {
  return asked.map((name) => ({
    type: "input",
    name,
    message: presentations.get(answersSchema.shape[name])?.question ?? name,
    validate: (value: unknown) => answerProblem(name, value) ?? true,
  }));
}
