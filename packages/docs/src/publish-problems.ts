import type { Definition } from "@llm-provider/core";

/** The pages of a definition that nobody has read yet: their day is `unread`. */
export function unreadPages({ sources = {} }: Pick<Definition, "sources">): { key: string; url: string }[] {
  return Object.entries(sources).flatMap(([key, [url, day]]) => (day === "unread" ? [{ key, url }] : []));
}

/**
 * What must be done before a definition can be published, as sentences; empty if it is ready. The contract tests do not fail for these
 * facts: they are missing, not wrong.
 */
export function publishProblems(definition: Definition): string[] {
  const problems = unreadPages(definition).map(
    ({ key, url }) =>
      `The page ${url} is marked unread. Read it, state its facts, and replace "unread" in \`sources.${key}\` with the day (YYYY-MM-DD).`,
  );
  if (Object.hasOwn(definition.models, placeholderModel))
    problems.push(
      `The model ${placeholderModel} is made up. Put the endpoint's own ids into \`models\` and \`smallModel\`.`,
    );
  return problems;
}

/** The model id of a newly created package, to be replaced with the endpoint's own ids. */
export const placeholderModel = "example-model";
