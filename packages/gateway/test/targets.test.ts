import type { ServerResponse } from "node:http";
import { chatCompletions } from "@llm-provider/core";
import { describe, expect, test } from "vitest";
import { AuthorMemory } from "../src/target/author-memory.ts";
import { gateway, hello, post, provider, chunksOf } from "./gateway.ts";
import { delta, done, failing, finish, saying, streaming, upstream, usage } from "./upstream.ts";

const targetOf = (response: Response): string | null => response.headers.get("x-llm-provider-target");

describe("routes", () => {
  test("price: the cheapest for this request comes first", async () => {
    const one = await upstream(saying("x"));
    const cheapIn = { "m-1": { price: { input: 1, output: 10 }, source: "docs" } };
    const cheapOut = { "m-1": { price: { input: 10, output: 1 }, source: "docs" } };
    const unknown = { "m-1": { source: "docs" } };
    const running = await gateway(
      [
        provider("a", one.url, { models: unknown } as never),
        provider("b", one.url, { models: cheapIn } as never),
        provider("c", one.url, { models: cheapOut } as never),
      ],
      `models: { fast: { route: price, targets: ["a:m-1", "b:m-1", "c:m-1"] } }`,
    );
    const long = [{ role: "user", content: "word ".repeat(4000) }];
    expect(targetOf(await post(running, { ...hello, messages: long, max_tokens: 10 }))).toBe("b:m-1");
    expect(targetOf(await post(running, { ...hello, max_tokens: 2000 }))).toBe("c:m-1");
  });

  test("latency: the target with the fastest first content comes first, once each was measured", async () => {
    const slow = await upstream(async (response, request) => {
      await new Promise((resolve) => setTimeout(resolve, 80));
      return saying("slow")(response, request);
    });
    const quick = await upstream(saying("quick"));
    const running = await gateway(
      [provider("a", slow.url), provider("b", quick.url)],
      `models: { fast: { route: latency, targets: ["a:m-1", "b:m-1"] } }`,
    );
    const asked = [];
    for (const stream of [true, false, true, false]) {
      const response = await post(running, { ...hello, stream });
      await response.text();
      asked.push(targetOf(response));
    }
    expect(asked).toEqual(["a:m-1", "b:m-1", "b:m-1", "b:m-1"]);
  });

  test("weight: shares follow the weights, and a target of weight 0 is used only if the others fail", async () => {
    const one = await upstream(saying("x"));
    const running = await gateway(
      [provider("a", one.url)],
      `models: { fast: { route: weight, targets: [{ to: "a:m-1", weight: 0 }, { to: "a:m-2", weight: 3 }, { to: "a:m-3", weight: 1 }] } }`,
    );
    const counts: Record<string, number> = {};
    for (const response of await Promise.all(Array.from({ length: 200 }, () => post(running)))) {
      const target = targetOf(response)!;
      counts[target] = (counts[target] ?? 0) + 1;
    }
    expect(counts["a:m-1"]).toBeUndefined();
    expect(counts["a:m-2"]).toBeGreaterThan(115);
    expect(counts["a:m-3"]).toBeGreaterThan(20);
  });

  test("`models` is a chain for this request, and `model` may be absent", async () => {
    const one = await upstream(saying("x"));
    const bad = await upstream(failing(500));
    const running = await gateway(
      [provider("a", bad.url), provider("b", one.url)],
      `models: { first: { targets: ["a:m-1"] }, second: { targets: ["b:m-2"] } }`,
    );
    const { messages } = hello;
    expect(targetOf(await post(running, { messages, models: ["first", "second"] }))).toBe("b:m-2");
    expect(targetOf(await post(running, { messages, model: "first", models: ["second"] }))).toBe("b:m-2");
    expect((await post(running, { messages, model: "first" })).status).toBe(500);
    expect((await post(running, { messages, models: ["first", "third"] })).status).toBe(404);
  });
});

describe("the author of a message", () => {
  const call = (id: string) => ({
    tool_calls: [
      {
        index: 0,
        id,
        type: "function",
        extra_content: { google: { thought_signature: "sealed" } },
        function: { name: "look", arguments: "{}" },
      },
    ],
  });
  const calling = (id: string) =>
    streaming(
      delta({ reasoning_details: [{ type: "reasoning.encrypted", data: "sealed", index: 0 }] }),
      delta(call(id)),
      finish("tool_calls"),
      usage(),
      done,
    );

  test("signatures go back to the target that wrote them, and to no other", async () => {
    let calls = 0;
    const one = await upstream((response, request) => calling(`call_${calls++}`)(response, request));
    const other = await upstream(saying("Hi"));
    const dialect = chatCompletions({ reasoning: "details", history: "verbatim" });
    const running = await gateway(
      [provider("a", one.url, { dialect }), provider("b", other.url, { dialect })],
      `models: { first: { targets: ["a:m-1"] }, second: { targets: ["b:m-1"] }, third: { targets: ["a:m-2"] } }`,
    );
    for (const stream of [false, true]) {
      const response = await post(running, { ...hello, model: "first", stream });
      let message: { tool_calls: { id: string }[] };
      if (stream) {
        const { chunks } = await chunksOf(response);
        const deltas = chunks.map(({ choices }) => choices[0].delta);
        const pieces = deltas.flatMap((part) => part.tool_calls ?? []);
        const { index: _, ...joined } = Object.assign({}, ...pieces, { function: { name: "look", arguments: "{}" } });
        message = {
          role: "assistant",
          content: null,
          tool_calls: [joined as { id: string }],
          reasoning_details: deltas.flatMap((part) => part.reasoning_details ?? []),
        } as never;
      } else
        message = ((await response.json()) as { choices: { message: { tool_calls: { id: string }[] } }[] }).choices[0]!
          .message;
      expect(message).toMatchObject({ reasoning_details: [{ data: "sealed" }], tool_calls: [{ extra_content: {} }] });
      const messages = [
        ...hello.messages,
        message,
        { role: "tool", tool_call_id: message.tool_calls[0]!.id, content: "ok" },
      ];
      const sentBy = async (model: string, requests: { body: { messages: object[] } }[]) => {
        await (await post(running, { model, messages })).text();
        return JSON.stringify(requests.at(-1)!.body.messages);
      };
      expect(await sentBy("first", one.requests)).toMatch(
        /extra_content.*reasoning_details|reasoning_details.*extra_content/,
      );
      expect(await sentBy("second", other.requests)).not.toContain("sealed");
      expect(await sentBy("third", one.requests)).not.toContain("sealed");
    }
    // A message that the gateway never saw, with an author that the caller made up.
    const made = {
      role: "assistant",
      content: "x",
      provider: "a",
      reasoning_details: [{ type: "reasoning.encrypted", data: "forged" }],
    };
    await (await post(running, { model: "first", messages: [...hello.messages, made, ...hello.messages] })).text();
    expect(JSON.stringify(one.requests.at(-1)!.body)).not.toMatch(/forged|"provider"/);
  });

  test("is unknown if two targets gave the same id, and is not shared between clients", () => {
    const memory = new AuthorMemory();
    const message = { role: "assistant" as const, content: null, tool_calls: [{ id: "call_0", type: "function" }] };
    const authorOf = (client: string | undefined, target: string) => memory.mark(client, [message], target, "acme")[0]!;
    memory.note(undefined, "call_0", "a");
    expect([authorOf(undefined, "a"), authorOf(undefined, "b"), authorOf("someone", "a")]).toMatchObject([
      { provider: "acme" },
      { provider: "another" },
      { provider: "another" },
    ]);
    memory.note(undefined, "call_0", "b");
    expect([authorOf(undefined, "a"), authorOf(undefined, "b")]).toMatchObject([
      { provider: "another" },
      { provider: "another" },
    ]);
  });

  test("memory is bounded, in ids and in their length", () => {
    const memory = new AuthorMemory();
    for (let i = 0; i < 30_000; i++) memory.note(undefined, `call_${i}`, "a");
    memory.note(undefined, "x".repeat(1000), "a");
    memory.note(undefined, "", "a");
    expect(memory.size).toBe(20_000);
  });
});

test("embeddings have OpenAI's format, and never come from another model", async () => {
  const vectors = (response: ServerResponse) =>
    void response.writeHead(200, { "content-type": "application/json" }).end(
      JSON.stringify({
        data: [{ index: 0, embedding: [0.5, -1] }],
        model: "m-1",
        usage: { prompt_tokens: 4, total_tokens: 4 },
      }),
    );
  const one = await upstream(failing(500));
  const other = await upstream(vectors);
  const embeddings = { maxInputs: 10, source: "docs" };
  const running = await gateway(
    [provider("a", one.url, { embeddings }), provider("b", other.url, { embeddings })],
    `models: { same: { targets: ["a:m-1", "b:m-1"] }, differs: { targets: ["a:m-1", "b:m-2"] } }`,
  );
  const path = "/v1/embeddings";
  const plain = await post(running, { model: "same", input: "x" }, { path });
  expect([plain.status, targetOf(plain)]).toEqual([200, "b:m-1"]);
  expect(await plain.json()).toEqual({
    object: "list",
    data: [{ object: "embedding", index: 0, embedding: [0.5, -1] }],
    model: "m-1",
    usage: { prompt_tokens: 4, total_tokens: 4 },
  });
  const packed = await post(running, { model: "same", input: ["x"], encoding_format: "base64" }, { path });
  const { data } = (await packed.json()) as { data: { embedding: string }[] };
  expect([...new Float32Array(Uint8Array.from(Buffer.from(data[0]!.embedding, "base64")).buffer)]).toEqual([0.5, -1]);
  expect((await post(running, { model: "differs", input: "x" }, { path })).status).toBe(500);
  for (const input of [[], 5, [[1, 2]], undefined])
    expect((await post(running, { model: "same", input }, { path })).status).toBe(400);
});
