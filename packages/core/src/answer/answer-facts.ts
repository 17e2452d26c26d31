import type { Definition, Quirk } from "../definition/definition.ts";
import { bodyMatcher } from "../errors/classify-error.ts";
import type { Json } from "../json.ts";
import { metadataFields, type MetadataField } from "../errors/collect-metadata.ts";

/** What of a definition every chunk meets, made ready once a provider. */
export type AnswerFacts = {
  readonly definition: Definition;
  readonly quirks: readonly NonNullable<Quirk["chunk"]>[];
  /** What tells an error in the body of an answer whose status is good and that has no `error`. */
  readonly faults: readonly { status: number | undefined; isFault: (body: Json) => boolean }[];
  readonly metadata: readonly MetadataField[];
};

export function answerFacts(definition: Definition): AnswerFacts {
  const { quirks = [], errors = [] } = definition;
  return {
    definition,
    quirks: quirks.flatMap((quirk) => (quirk.chunk ? [quirk.chunk] : [])),
    faults: errors
      .filter(
        ({ status = 200, body }) => status < 300 && body && !Object.keys(body).some((path) => /^error\b/.test(path)),
      )
      .map((rule) => ({ status: rule.status, isFault: bodyMatcher(rule) })),
    metadata: metadataFields(definition),
  };
}
