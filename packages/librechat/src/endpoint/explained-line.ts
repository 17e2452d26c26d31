import { type Definition, type Source } from "@llm-provider/core";
import { sourceOf } from "@llm-provider/core/internal";
import type { LibreChatEndpoint } from "../librechat-endpoint.ts";

/** The reason for one line of an endpoint. */
export type ExplainedLine = {
  /** The path of the value, e.g. `["dropParams", 0]`. */
  path: readonly (string | number)[];
  fact: string;
  source: { url: string; asOf?: string };
};

/** A group of an endpoint's keys, and the reason for each of their lines. */
export type Part = { keys: Partial<LibreChatEndpoint>; lines: ExplainedLine[] };

/** Makes lines for one definition: a source is a key of its `sources`, or a page with its day. */
export function explainer(
  definition: Definition,
): (path: readonly (string | number)[], fact: string, source: Source | undefined) => ExplainedLine {
  return (path, fact, source) => ({ path, fact, source: sourceOf(definition, source) });
}
