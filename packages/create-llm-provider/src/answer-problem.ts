import { type AnswerName, answersSchema } from "./answers.ts";

/** What is wrong with one answer, as a sentence, or `undefined`. */
export function answerProblem(name: AnswerName, value: unknown): string | undefined {
  return answersSchema.shape[name].safeParse(value).error?.issues[0]?.message;
}
