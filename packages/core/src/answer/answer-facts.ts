import type { Definition, Quirk } from "../definition/definition.ts";
import { bodyMatcher } from "../errors/classify-error.ts";
import type { Json } from "../json.ts";
import { metadataFields, type MetadataField } from "./metadata-fields.ts";

/** What of a definition every chunk meets, made ready once a provider. */
export type AnswerFacts = {
  readonly definition: Definition;
  readonly quirks: readonly NonNullable<Quirk["chunk"]>[];
  /** What tells an error in the body of an answer whose status is good. */
  readonly faults: readonly { status: number | undefined; isFault: (body: Json) => boolean }[];
  readonly metadata: readonly MetadataField[];
};

export function answerFacts(definition: Definition): AnswerFacts {
  const { quirks = [], errors = [] } = definition;
  return {
    definition,
    quirks: quirks.flatMap((quirk) => (quirk.chunk ? [quirk.chunk] : [])),
    faults: errors
      .filter((rule) => rule.body && (rule.status ?? 200) < 300)
      .map((rule) => ({ status: rule.status, isFault: bodyMatcher(rule) })),
    metadata: metadataFields(definition),
  };
}
