import type { EmbedResult, Provider } from "@llm-provider/core";
import type { EmbeddingModel } from "../store/store.ts";

/** Which model turns texts into vectors, and how it is called. */
export interface EmbedderOptions {
  readonly provider: Pick<Provider, "embed">;
  /** The provider's id, such as `mistral`. Together with the model it names the table of the vectors. */
  readonly providerId: string;
  readonly model: string;
  /**
   * The length of the vectors, for models that support several lengths.
   * @default the model's own
   */
  readonly dimensions?: number | undefined;
  /**
   * Put before each text of a document, for models that were trained with a prefix such as `search_document: `.
   * @default no prefix
   */
  readonly passagePrefix?: string | undefined;
  /**
   * Put before each question, such as `search_query: `.
   * @default no prefix
   */
  readonly queryPrefix?: string | undefined;
  /**
   * Texts in one request. An interrupted upload loses at most one request.
   * @default 64
   */
  readonly batchSize?: number | undefined;
  /**
   * Milliseconds for one request. A local model without a GPU needs seconds for each text.
   * @default 300_000
   */
  readonly timeout?: number | undefined;
}

/** Turns texts into vectors of one model, all of the same length. */
export interface Embedder {
  /** Such as `mistral:mistral-embed`. */
  readonly name: string;
  readonly batchSize: number;
  /**
   * The model and the length of its vectors, which the first call determines with a short request.
   * @throws ProviderError
   */
  model(): Promise<EmbeddingModel>;
  /**
   * A vector for each text of a document.
   * @throws ProviderError; Error if the vectors have a different length than before.
   */
  embedPassages(texts: readonly string[]): Promise<EmbeddedTexts>;
  /** The vector of a question. The latest questions are cached: LibreChat asks the same one for each file. */
  embedQuestion(text: string): Promise<readonly number[]>;
}

/** Vectors in the order of their texts, and what they cost. */
export type EmbeddedTexts = Pick<EmbedResult, "embeddings" | "usage">;

/** The most characters of a question. LibreChat may send a user's whole message, which can be longer than the model's context. */
const longestQuestion = 6000;
const rememberedQuestions = 128;

/** Makes an embedder. It sends no request before the first call. */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const { provider, providerId, model: id, dimensions, passagePrefix = "", queryPrefix = "" } = options;
  const { batchSize = 64, timeout = 300_000 } = options;
  // Vectors of texts with and without a prefix cannot be compared, just as those of two models.
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
    // Ask again next time: the model may be available by then.
    known.catch(() => (known = undefined));
    return known;
  }

  async function checked(input: readonly string[]): Promise<EmbedResult> {
    const { dimensions: expected } = await model();
    const result = await embed(input);
    const odd = result.embeddings.find(({ length }) => length !== expected);
    if (odd)
      throw new Error(
        `${name} returned a vector of ${odd.length} numbers, but earlier ones had ${expected}. Restart the server, which then stores the new ones in a table of their own.`,
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
