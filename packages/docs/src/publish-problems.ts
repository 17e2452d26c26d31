import type { Definition } from "@llm-provider/core";

/** Pages that a definition names but that are not read yet: their day is `unread`. */
export function unreadPages({ sources = {} }: Pick<Definition, "sources">): { key: string; url: string }[] {
  return Object.entries(sources).flatMap(([key, [url, day]]) => (day === "unread" ? [{ key, url }] : []));
}

/**
 * What must not be published, as sentences; empty for a definition that is ready. The contract tests are green all the same:
 * these facts are not wrong, nobody has stated them yet.
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

/** Stands in for the ids that only the endpoint knows, in a package that was just made. */
export const placeholderModel = "example-model";
