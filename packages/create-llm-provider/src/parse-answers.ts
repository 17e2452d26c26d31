import { closestName } from "@llm-provider/core/internal";
import { type Answers, answersSchema } from "./answers.ts";
import { stop } from "./stop.ts";

/** The checked answers; stops with exit code 2 and a sentence for everything that is wrong. */
export function parseAnswers(input: unknown): Answers {
  const result = answersSchema.safeParse(input);
  if (result.success) return result.data;
  const sentences = result.error.issues.map((issue) => {
    if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
      return `${issue.path.join(".")} must be of the type ${issue.expected}.`;
    }
    if (issue.code !== "unrecognized_keys") return issue.message;
    const near = closestName(issue.keys[0]!, Object.keys(answersSchema.shape));
    return `${issue.keys.map((key) => JSON.stringify(key)).join(", ")} ${issue.keys.length > 1 ? "are no answers" : "is no answer"} of this scaffolder.${near ? ` Did you mean ${near}?` : " See --print-schema."}`;
  });
  throw stop(2, [...new Set(sentences)].join("\n"));
}
