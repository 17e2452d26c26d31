import { defineProvider, ProviderError } from "@llm-provider/core";
import type { Answers } from "../answers/answers-schema.ts";
import { answerProblem } from "../answers/parse-answers.ts";
import { completeAnswers } from "../context/complete-answers.ts";
import { templateContext } from "../context/template-context.ts";
import { ExitError } from "../exit-error.ts";
import type { Host } from "./host.ts";

/**
 * The endpoint's own list of models (`GET /models`), with the key of the environment; ids that cannot be written to a file are left out.
 * Throws an `ExitError` (1) with the endpoint's words.
 */
export async function fetchModels(answers: Answers, { environment, resources }: Host): Promise<string[]> {
  const { definition } = templateContext(completeAnswers(answers, {}), resources.versions, false);
  if (!definition) throw new ExitError(2, "A tool has no models: leave --fetch-models out.");
  const { auth, baseURL } = definition;
  const apiKey = auth === "none" ? undefined : environment[auth.env];
  if (auth !== "none" && !apiKey)
    throw new ExitError(2, `--fetch-models asks ${new URL(baseURL).host} with ${auth.env}, and that is not set.`);
  try {
    const found = await defineProvider(definition)({ apiKey, maxRetries: 0, timeout: 10_000 }).models();
    const ids = found.map(({ id }) => id).filter((id) => answerProblem("models", [id]) === undefined);
    if (ids.length > 0) return [...new Set(ids)].slice(0, 500);
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    throw new ExitError(
      1,
      `The models could not be fetched: ${error.message} Leave --fetch-models out, or name them with --models.`,
    );
  }
  throw new ExitError(1, `${baseURL}/models names no model. Name them with --models.`);
}
