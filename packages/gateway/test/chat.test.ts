import { describe, expect, test } from "vitest";
import { canary, chunksOf, contentOf, gateway, hello, post, provider } from "./gateway.ts";
import { delta, done, failing, finish, saying, streaming, upstream, usage } from "./upstream.ts";

const two = `models: { fast: { targets: ["one:m-1", "two:m-2"] } }`;

describe("an answer", () => {
  test("that is not streamed has OpenAI's format and names the target", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    const response = await post(running);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: "c1",
      object: "chat.completion",
      created: expect.any(Number),
      model: "acme-1",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hi", refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    });
    expect(response.headers.get("x-llm-provider-target")).toBe("one:m-1");
    expect(response.headers.get("x-llm-provider-attempts")).toBe("1");
    expect(response.headers.get("x-llm-provider-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    expect(one.requests[0]!.body).toMatchObject({ model: "m-1", messages: hello.messages, stream: true });
    expect(one.requests[0]!.headers.authorization).toBe(`Bearer ${canary}`);
  });

  test("that is streamed has OpenAI's chunks, and token counts only if the caller asked for them", async () => {
    const one = await upstream(saying("Hi"));
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    const plain = await post(running, { ...hello, stream: true });
    expect(plain.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(plain.headers.get("x-accel-buffering")).toBe("no");
    expect(plain.headers.get("cache-control")).toBe("no-cache, no-transform");
    const { chunks, isDone } = await chunksOf(plain);
    const wanted = (part: object, reason: string | null = null) => ({
      id: "c1",
      object: "chat.completion.chunk",
      created: expect.any(Number),
      model: "acme-1",
      choices: [{ index: 0, delta: part, logprobs: null, finish_reason: reason }],
    });
    expect(chunks).toEqual([wanted({ role: "assistant", content: "" }), wanted({ content: "Hi" }), wanted({}, "stop")]);
    expect(isDone).toBe(true);
    const asked = await chunksOf(
      await post(running, { ...hello, stream: true, stream_options: { include_usage: true } }),
    );
    expect(asked.chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    });
    expect(asked.chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
  });

  test("keeps reasoning, refusals, images, tool calls and custom calls", async () => {
    const call = { index: 0, id: "call_1", type: "function", function: { name: "look", arguments: "" } };
    const one = await upstream(
      streaming(
        delta({ reasoning: "Hm" }),
        delta({ content: "See" }),
        delta({ refusal: "No" }),
        delta({ images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }] }),
        delta({ tool_calls: [call] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
        delta({ tool_calls: [{ index: 1, id: "call_2", type: "custom", custom: { name: "sql", input: "select" } }] }),
        finish("tool_calls"),
        usage(),
        done,
      ),
    );
    const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
    const { chunks } = await chunksOf(await post(running, { ...hello, stream: true }));
    const deltas = chunks.map(({ choices }) => choices[0].delta);
    expect(deltas.filter((part) => "reasoning_content" in part)).toEqual([{ reasoning_content: "Hm" }]);
    expect(deltas.filter((part) => "refusal" in part)).toEqual([{ refusal: "No" }]);
    expect(deltas.filter((part) => "images" in part)).toEqual([
      { images: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==" }, index: 0 }] },
    ]);
    const pieces = deltas.flatMap((part) => part.tool_calls ?? []);
    expect(pieces.filter((piece) => piece.id)).toEqual([
      { index: 0, id: "call_1", type: "function", function: { name: "look", arguments: "" } },
      { index: 1, id: "call_2", type: "custom", custom: { name: "sql", input: "" } },
    ]);
    const joined = (index: number) =>
      pieces
        .filter((piece) => piece.index === index)
        .map((piece) => piece.function?.arguments ?? piece.custom?.input)
        .join("");
    expect([joined(0), joined(1)]).toEqual(['{"a":1}', "select"]);

    const { choices } = (await (await post(running)).json()) as { choices: object[] };
    expect(choices[0]).toMatchObject({
      message: {
        content: "See",
        refusal: "No",
        reasoning_content: "Hm",
        images: [{ image_url: { url: "data:image/png;base64,AA==" } }],
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "look", arguments: '{"a":1}' } },
          { id: "call_2", type: "custom", custom: { name: "sql", input: "select" } },
        ],
      },
    });
  });
});

describe("fallback", () => {
  test("goes to the next target, streamed or not, and reports the number of attempts", async () => {
    const one = await upstream(failing(503, "Busy"));
    const other = await upstream(saying("yes"));
    const running = await gateway([provider("one", one.url), provider("two", other.url)], two);
    const whole = await post(running);
    expect(whole.headers.get("x-llm-provider-target")).toBe("two:m-2");
    expect(whole.headers.get("x-llm-provider-attempts")).toBe("2");
    const { chunks } = await chunksOf(await post(running, { ...hello, stream: true }));
    expect(contentOf(chunks)).toBe("yes");
    expect(other.requests.map(({ body }) => body.model)).toEqual(["m-2", "m-2"]);
  });

  test("that runs out of targets returns the last target's status and every attempt", async () => {
    const one = await upstream(failing(503, "Busy"));
    const other = await upstream(failing(500, `Broken ${canary}`));
    const running = await gateway([provider("one", one.url), provider("two", other.url)], `${two}\nrounds: 1`);
    const response = await post(running, { ...hello, stream: true });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain(canary.slice(10, 18));
    expect(JSON.parse(text)).toMatchObject({
      error: {
        message: "Broken [redacted]",
        type: "server_error",
        help: expect.stringContaining("errors.md#server"),
        attempts: [
          { target: "one:m-1", status: 503, code: "overloaded", message: "Busy" },
          { target: "two:m-2", status: 500, code: "server" },
        ],
      },
    });
  });
});

test("an invalid request is refused in OpenAI's format", async () => {
  const one = await upstream(saying("no"));
  const running = await gateway([provider("one", one.url)], `models: { fast: { targets: ["one:m-1"] } }`);
  const cases: [object | string, number, string][] = [
    ["{", 400, "not valid JSON"],
    ["[]", 400, "not a JSON object"],
    [{ messages: [] }, 400, "`model` is missing"],
    [{ ...hello, model: "fats" }, 404, "There is no model"],
    [{ ...hello, models: ["x", 1] }, 400, "`models`"],
    [{ model: "fast" }, 400, "`messages`"],
    [{ ...hello, stream: "yes" }, 400, "`stream`"],
    [{ ...hello, n: 2 }, 400, "`n`"],
  ];
  for (const [body, status, message] of cases) {
    const response = await post(running, body);
    expect(response.status, message).toBe(status);
    expect(((await response.json()) as { error: object }).error, message).toMatchObject({
      message: expect.stringContaining(message),
      type: "invalid_request_error",
      hint: expect.any(String),
    });
  }
  expect(one.requests).toEqual([]);
});

test("the target is aborted as soon as the client leaves, and the log says 499", async () => {
  const one = await upstream(async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (let i = 0; i < 1000 && !response.destroyed; i++) {
      response.write(delta({ content: `${i} ` }));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  const silent = await upstream(() => {});
  const running = await gateway(
    [provider("one", one.url), provider("two", silent.url)],
    `models: { fast: { targets: ["one:m-1"] }, slow: { targets: ["two:m-1"] } }`,
  );
  for (const body of [
    { ...hello, stream: true },
    hello,
    { ...hello, model: "slow" },
    { ...hello, model: "slow", stream: true },
  ]) {
    const controller = new AbortController();
    const asked = post(running, body, { signal: controller.signal }).then((response) => response.text());
    setTimeout(() => controller.abort(), 40);
    await expect(asked).rejects.toThrow();
  }
  await expect
    .poll(() => [...one.requests, ...silent.requests].map(({ isAborted }) => isAborted))
    .toEqual([true, true, true, true]);
  await expect.poll(() => running.log.list(undefined).map(({ status }) => status)).toEqual([499, 499, 499, 499]);
});

test("models are listed in OpenRouter's format with the smallest context and the highest price", async () => {
  const one = await upstream(saying("no"));
  const running = await gateway([provider("one", one.url), provider("two", one.url)], two);
  const { data } = (await (await fetch(`${running.url}/v1/models`)).json()) as { data: object[] };
  expect(data).toMatchObject([
    { id: "fast", object: "model", context_length: 1000, pricing: { prompt: "0.000003", completion: "0.000002" } },
  ]);
});
