import { createHash } from "node:crypto";
import { defineWeaviate } from "@llm-provider/weaviate";
import { questionWords } from "./question-words.ts";
import type { KeptPassage, Store } from "./store.ts";

const collection = "HandbookPassage";

/**
 * A Weaviate server. It ranks by its own BM25, and with vectors by its hybrid search; it does not use the related words of the
 * PGlite store. The key, if any, comes from WEAVIATE_API_KEY.
 * @param url The server's address without a path, such as `http://localhost:8080`.
 */
export function openWeaviateStore(url: string): Store {
  const properties = { text: "text", title: "title", source: "file" };
  // Created before the first request, because the tool refuses to send a key over plain HTTP to another machine.
  const byWords = defineWeaviate({ collection, properties })({ baseURL: url });

  return {
    name: `Weaviate at ${url}`,
    close: async () => undefined,
    fingerprint: async () => undefined,
    async fill(passages, vectors) {
      if ((await send("GET", `/v1/schema/${collection}`, undefined, [404])).status === 404)
        await send("POST", "/v1/schema", {
          class: collection,
          vectorizer: "none",
          properties: ["title", "text", "questions", "file"].map((name) => ({ name, dataType: ["text"] })),
        });
      const objects = passages.map((passage, at) => toObject(passage, vectors?.[at]));
      const answered = (await (await send("POST", "/v1/batch/objects", { objects })).json()) as {
        result?: { errors?: { error?: { message?: string }[] } };
      }[];
      const failed = answered.find(({ result }) => result?.errors);
      if (failed) throw new Error(`Weaviate did not keep a passage: ${failed.result?.errors?.error?.[0]?.message}`);
    },
    async search({ text, vector, limit }) {
      const tool = vector
        ? defineWeaviate({ collection, properties, embed: async () => vector })({ baseURL: url })
        : byWords;
      const { passages } = await tool.execute({ query: questionWords(text), limit });
      return passages.map((passage, at) => ({
        id: passage.source ?? passage.id,
        title: passage.title ?? "",
        text: passage.text,
        score: passage.score ?? 1 - (passage.distance ?? 1),
        places: { [vector ? "words and meaning" : "words"]: at + 1 },
      }));
    },
  };

  async function send(
    method: string,
    path: string,
    body?: object,
    alsoFine: readonly number[] = [],
  ): Promise<Response> {
    const key = process.env["WEAVIATE_API_KEY"];
    const response = await fetch(new URL(path, url), {
      method,
      redirect: "error",
      headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok && !alsoFine.includes(response.status))
      throw new Error(`Weaviate at ${url} answered ${method} ${path} with ${response.status}. Look at its log.`);
    return response;
  }
}

/** The same passage gets the same UUID, so that filling twice stores it once. */
function toObject({ id, title, text, questions }: KeptPassage, vector: readonly number[] | undefined): object {
  const hex = createHash("sha256").update(id).digest("hex");
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)];
  return {
    class: collection,
    id: uuid.join("-"),
    properties: { title, text, questions: questions.join(" "), file: id },
    ...(vector && { vector }),
  };
}
