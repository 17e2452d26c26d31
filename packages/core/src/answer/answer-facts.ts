import type { Definition, Quirk } from "../definition/definition.ts";
import { bodyMatcher } from "../errors/match-error-rule.ts";
import { metadataFields, type MetadataField } from "../errors/collect-metadata.ts";
import type { Json } from "../json.ts";

type ChunkQuirk = NonNullable<Quirk["chunk"]>;

/** The parts of a definition that every chunk needs, prepared once for each provider. */
export interface AnswerFacts {
  readonly definition: Definition;
  /** Made for each answer, since some keep state. */
  readonly quirks: () => readonly ChunkQuirk[];
  /** Recognizes an error in a 2xx body that has no `error` field. */
  readonly faults: readonly { status: number | undefined; isFault: (body: Json) => boolean }[];
  readonly metadata: readonly MetadataField[];
}

export function answerFacts(definition: Definition): AnswerFacts {
  const { quirks = [], errors = [] } = definition;
  const plain = quirks.flatMap(({ chunk }) => (chunk ? [chunk] : []));
  const hasMemory = quirks.some(({ perAnswer }) => perAnswer);
  return {
    definition,
    quirks: hasMemory
      ? () => quirks.flatMap(({ chunk, perAnswer }) => [chunk, perAnswer?.()].filter((one) => one !== undefined))
      : () => plain,
    faults: errors
      .filter(
        ({ status = 200, body }) => status < 300 && body && !Object.keys(body).some((path) => /^error\b/.test(path)),
      )
      .map((rule) => ({ status: rule.status, isFault: bodyMatcher(rule) })),
    metadata: metadataFields(definition),
  };
}
