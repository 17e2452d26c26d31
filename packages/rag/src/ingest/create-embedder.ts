import type { EmbedResult, Provider } from "@llm-provider/core";
import type { EmbeddingModel } from "../store/store.ts";

/** Which model turns texts into vectors, and how it is asked. */
export interface EmbedderOptions {
  readonly provider: Pick<Provider, "embed">;
  /** The provider's id, such as `mistral`. With the model it names the table of the vectors. */
  readonly providerId: string;
  readonly model: string;
  /**
   * The length of the vectors, for models that support several.
   * @default the model's own
   */
  readonly dimensions?: number | undefined;
  /**
   * Put before each text of a document, for models that were trained so, such as `search_document: `.
   * @default nothing
   */
  readonly passagePrefix?: string | undefined;
  /**
   * Put before each question, such as `search_query: `.
   * @default nothing
   */
  readonly queryPrefix?: string | undefined;
  /**
   * Texts in one request. An interrupted ingest loses one request at most.
   * @default 64
   */
  readonly batchSize?: number | undefined;
  /**
   * Milliseconds for one request. A local model without a graphics card needs seconds for each text.
   * @default 300_000
   */
  readonly timeout?: number | undefined;
}

/** Turns texts into vectors of one model, all of one length. */
export interface Embedder {
  /** Such as `mistral:mistral-embed`. */
  readonly name: string;
  readonly batchSize: number;
  /**
   * The model with the length of its vectors, which the first call finds out with a short request.
   * @throws ProviderError
   */
  model(): Promise<EmbeddingModel>;
  /**
   * A vector for each text of a document.
   * @throws ProviderError; Error where the vectors have another length than before.
   */
  embedPassages(texts: readonly string[]): Promise<EmbeddedTexts>;
  /** The vector of a question. The last questions are remembered: LibreChat asks the same one of each file. */
  embedQuestion(text: string): Promise<readonly number[]>;
}

/** Vectors in the order of their texts, and what they cost. */
export type EmbeddedTexts = Pick<EmbedResult, "embeddings" | "usage">;

/** Characters of a question. LibreChat sends the whole message of a user, which may be longer than a model reads. */
const longestQuestion = 6000;
const rememberedQuestions = 128;

/** Makes an embedder. Nothing is asked before the first call. */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const { provider, providerId, model: id, dimensions, passagePrefix = "", queryPrefix = "" } = options;
  const { batchSize = 64, timeout = 300_000 } = options;
  // Vectors of texts with and without a prefix are as different as those of two models.
  const name = `${providerId}:${id}${passagePrefix === "" ? "" : ` after ${JSON.stringify(passagePrefix)}`}`;
  const questions = new Map<string, Promise<readonly number[]>>();
  let known: Promise<EmbeddingModel> | undefined;

  const embed = (input: readonly string[]): Promise<EmbedResult> =>
    provider.embed({ model: id, input, ...(dimensions !== undefined && { dimensions }) }, { timeout });

  function model(): Promise<EmbeddingModel> {
    known ??= embed([`${queryPrefix}How long is a vector?`]).then(({ embeddings }) => ({
      name,
      dimensions: embeddings[0]!.length,
    }));
    // A model that was not there may be there the next time.
    known.catch(() => (known = undefined));
    return known;
  }

  async function checked(input: readonly string[]): Promise<EmbedResult> {
    const { dimensions: expected } = await model();
    const result = await embed(input);
    const odd = result.embeddings.find(({ length }) => length !== expected);
    if (odd)
      throw new Error(
        `${name} answered with a vector of ${odd.length} numbers, and with ${expected} before. Restart the server, so that the new ones get a table of their own.`,
      );
    return result;
  }

  return {
    name,
    batchSize,
    model,
    embedPassages: (texts) => checked(texts.map((text) => passagePrefix + text)),
    embedQuestion(text) {
      const asked = text.slice(0, longestQuestion);
      const vector = questions.get(asked) ?? checked([queryPrefix + asked]).then(({ embeddings: [first] }) => first!);
      questions.delete(asked);
      questions.set(asked, vector);
      vector.catch(() => questions.delete(asked));
      if (questions.size > rememberedQuestions) questions.delete(questions.keys().next().value!);
      return vector;
    },
  };
}
