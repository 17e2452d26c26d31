import type { EmbedRequest, EmbedResult } from "@llm-provider/core";
import { expect, test } from "vitest";
import { createEmbedder, type EmbedderOptions } from "../src/ingest/create-embedder.ts";

function embedder(options: Partial<EmbedderOptions> = {}, answer = (text: string): number[] => [text.length, 1]) {
  const requests: EmbedRequest[] = [];
  const provider = {
    async embed(request: EmbedRequest): Promise<EmbedResult> {
      requests.push(request);
      const embeddings = (request.input as string[]).map(answer);
      return { embeddings, changes: [], response: {} as EmbedResult["response"] };
    },
  };
  return { requests, ...createEmbedder({ provider, providerId: "acme", model: "m", ...options }) };
}

const inputs = (requests: readonly EmbedRequest[]): unknown[] => requests.map(({ input }) => input);

test("the length of the vectors is determined once", async () => {
  const { model, requests } = embedder();
  const [one, two] = await Promise.all([model(), model()]);
  expect([one, two]).toEqual([{ name: "acme:m", dimensions: 2 }, one]);
  expect(requests).toHaveLength(1);
});

test("a model that did not answer is asked again", async () => {
  let isDown = true;
  const { model } = embedder({}, () => {
    if (isDown) throw new Error("down");
    return [1, 2, 3];
  });
  await expect(model()).rejects.toThrow("down");
  isDown = false;
  expect(await model()).toMatchObject({ dimensions: 3 });
});

test("prefixes are put before passages and questions, and the passage prefix is part of the model's name", async () => {
  const { name, embedPassages, embedQuestion, requests } = embedder({ passagePrefix: "p: ", queryPrefix: "q: " });
  expect(name).toBe('acme:m after "p: "');
  await embedPassages(["one", "two"]);
  await embedQuestion("three");
  expect(inputs(requests).slice(1)).toEqual([["p: one", "p: two"], ["q: three"]]);
});

test("dimensions are requested only if they are set", async () => {
  const [plain, short] = [embedder(), embedder({ dimensions: 256 })];
  await plain.model();
  await short.model();
  expect([plain.requests[0], short.requests[0]]).toEqual([
    { model: "m", input: [expect.any(String)] },
    { model: "m", input: [expect.any(String)], dimensions: 256 },
  ]);
});

test("the last 128 questions are cached, except those that failed", async () => {
  let isDown = false;
  const { embedQuestion, requests } = embedder({}, (text) => {
    if (isDown) throw new Error("down");
    return [text.length, 1];
  });
  await Promise.all([embedQuestion("a"), embedQuestion("a"), embedQuestion("a")]);
  expect(inputs(requests).slice(1)).toEqual([["a"]]);
  for (let at = 0; at < 128; at++) await embedQuestion(`question ${at}`);
  await embedQuestion("a");
  expect(inputs(requests).filter((input) => (input as string[])[0] === "a")).toHaveLength(2);
  isDown = true;
  await expect(embedQuestion("new")).rejects.toThrow("down");
  isDown = false;
  expect(await embedQuestion("new")).toEqual([3, 1]);
});

test("a long question is cut off, since LibreChat may send a user's whole message", async () => {
  const { embedQuestion, requests } = embedder();
  await embedQuestion("x".repeat(50_000));
  expect((requests.at(-1)!.input as string[])[0]).toHaveLength(6000);
});

test("a vector of a different length than before is an error that says what to do", async () => {
  const { embedPassages } = embedder({}, (text) => (text === "odd" ? [1] : [1, 2]));
  await expect(embedPassages(["even", "odd"])).rejects.toThrow(/vector of 1 numbers, but earlier ones had 2\. Restart/);
});
