import type { Cassettes } from "@llm-provider/testing";
import type { AnyToolFactory } from "../../testing/src/tool/tool-kit.ts";
import { createToolKit } from "../../testing/src/tool/tool-kit.ts";

/** The outcome of each recorded run: the code of an error, or the kind of search and the title of the first passage. */
export const expectedOutcomes: { readonly [scenario: string]: string } = {
  "anonymous-refused": "invalid-key",
  "errors-in-200": "invalid-request",
  empty: "bm25: nothing",
  forbidden: "forbidden",
  "graphql-disabled": "invalid-request",
  "hybrid-graphql": "hybrid: Green tea",
  "hybrid-rest": "hybrid: Green tea",
  "no-collection": "not-found",
  "rate-limit": "rate-limit",
  search: "bm25: Brewing green tea",
  "search-filters": "bm25: Storing leaves",
  "search-graphql": "bm25: Storing leaves",
  "tenant-rest": "hybrid: nothing",
  "vectorizer-failed": "server",
  "where-graphql": "bm25: nothing",
};

/** The outcomes of a tool for the recorded runs. */
export async function outcomesOf(
  factory: AnyToolFactory,
  cassettes: Cassettes,
): Promise<{ [scenario: string]: string }> {
  const kit = createToolKit(factory, cassettes);
  const outcomes: { [scenario: string]: string } = {};
  for (const [scenario, { interactions }] of cassettes.byScenario) {
    const input = interactions[0]!.asked!;
    const { output, error } = await kit.replay({ label: scenario, input, interactions });
    const { mode, passages } = (output ?? { passages: [] }) as { mode?: string; passages: { title?: string }[] };
    outcomes[scenario] = error
      ? String((error as { code?: unknown }).code)
      : `${mode}: ${passages[0]?.title ?? "nothing"}`;
  }
  return outcomes;
}
