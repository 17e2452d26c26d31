import { closestName } from "@llm-provider/core/internal";
import type * as z from "zod";
import { ExitError } from "../exit-error.ts";
import { type AnswerName, type Answers, answersSchema } from "./answers-schema.ts";

/** Answers that are valid so far, or the names of the missing ones. */
export type CheckedAnswers = { answers: Answers; missing?: undefined } | { answers?: undefined; missing: AnswerName[] };

/** Checks answers as a person or a file gave them. Throws an `ExitError` (2) with a sentence for every mistake. */
export function checkAnswers(given: { readonly [name: string]: unknown }): CheckedAnswers {
  const { data, error } = answersSchema.safeParse(given);
  if (data) return { answers: data };
  const isMissing = ({ path }: z.core.$ZodIssue) => path.length === 1 && given[path[0] as AnswerName] === undefined;
  const wrong = error.issues.filter((issue) => !isMissing(issue));
  if (wrong.length > 0) throw new ExitError(2, sentences(wrong));
  return { missing: error.issues.map(({ path }) => path[0] as AnswerName) };
}

/** The checked answers. Throws an `ExitError` (2) with a sentence for every mistake or missing answer. */
export function parseAnswers(given: unknown): Answers {
  const { data, error } = answersSchema.safeParse(given);
  if (data) return data;
  throw new ExitError(2, sentences(error.issues));
}

/** The problem of one answer as a sentence, or `undefined`. */
export function answerProblem(name: AnswerName, value: unknown): string | undefined {
  return answersSchema.shape[name].safeParse(value).error?.issues[0]?.message;
}

function sentences(issues: readonly z.core.$ZodIssue[]): string {
  const texts = issues.map((issue) => {
    if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
      return `${issue.path.join(".")} must be of the type ${issue.expected}.`;
    }
    if (issue.code !== "unrecognized_keys") return issue.message;
    const near = closestName(issue.keys[0]!, Object.keys(answersSchema.shape));
    const names = issue.keys.map((key) => JSON.stringify(key)).join(", ");
    return `Unknown option${issue.keys.length > 1 ? "s" : ""} ${names}. ${near ? `Did you mean ${near}?` : "See --print-schema."}`;
  });
  return [...new Set(texts)].join("\n");
}
