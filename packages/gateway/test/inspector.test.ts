import { expect, test } from "vitest";
import { hello, post, provider } from "./gateway.ts";
import { inspected } from "./inspector.ts";
import { delta, done, failing, finish, saying, streaming, upstream, usage } from "./upstream.ts";

test("a request has the body before and after, and each change with its reason and its page", async () => {
  const acme = await upstream(saying("Hi there"));
  const rules = {
    parameters: {
      top_k: { rejected: 400, source: "docs" },
      max_tokens: { renamed: "max_completion_tokens", source: "docs" },
      temperature: { range: [0, 1], source: "docs" },
      seed: { ignored: true, source: "docs" },
    },
  };
  const { find, rows, ...running } = await inspected(
    [provider("acme", acme.url, rules as object)],
    "models: { fast: { targets: [acme:m-1] } }",
  );
  await (await post(running, { ...hello, top_k: 3, max_tokens: 9, temperature: 2, seed: 1 })).text();
  const [row] = await rows();
  expect(row).toMatchObject({
    model: "fast",
    target: "acme:m-1",
    status: 200,
    changes: 4,
    attempts: [{ target: "acme:m-1" }],
  });
  const request = await find(row!.id);
  expect(request).toMatchObject({ version: 1, row: { id: row!.id }, targets: ["acme:m-1"] });
  expect(JSON.parse(request.sent.text)).toMatchObject({ model: "fast", top_k: 3 });
  const [attempt] = request.attempts;
  expect(JSON.parse(attempt!.wire!.text)).toEqual(acme.requests[0]!.body);
  expect(attempt!.headers["authorization"]).toBe("Bearer $ACME_API_KEY");
  const changeOf = (parameter: string) => attempt!.changes.find((one) => one.parameter === parameter);
  const page = "https://acme.example/docs";
  expect(changeOf("top_k")).toMatchObject({
    action: "dropped",
    from: "3",
    source: page,
    reason: expect.stringContaining("HTTP 400"),
  });
  expect(changeOf("max_tokens")).toMatchObject({ action: "renamed", to: '"max_completion_tokens"', source: page });
  expect(changeOf("temperature")).toMatchObject({ action: "clamped", from: "2", to: "1", source: page });
  // The gateway's own changes are listed too.
  expect(changeOf("model")).toMatchObject({ action: "set", from: '"fast"', to: '"m-1"' });
  const lineOf = (text: string) => attempt!.difference.find((line) => line.text.includes(text));
  expect(lineOf('"top_k": 3')).toMatchObject({ kind: "removed" });
  expect(attempt!.changes[lineOf('"top_k": 3')!.change!]).toMatchObject({ parameter: "top_k" });
  expect(attempt!.changes[lineOf("max_completion_tokens")!.change!]).toMatchObject({ parameter: "max_tokens" });
  expect(lineOf('"role": "user"')).toEqual({ kind: "same", text: '      "role": "user",' });
  const note = attempt!.notes[lineOf('"seed": 1')!.note!];
  expect(note).toMatchObject({ field: "seed", sentence: expect.stringContaining("no effect"), page });
  expect(request.answer).toMatchObject({ text: "Hi there", finishReason: "stop", isCut: false });
  expect(request.price).toEqual({ input: 1, output: 2, source: page });
  expect(attempt!.curl).toContain('-H "authorization: Bearer $ACME_API_KEY"');
  expect(attempt!.timeline).toMatchObject({ isEstimated: false });
  expect(attempt!.timeline!.ticks.map(({ kind }) => kind)).toContain("text");
});

test("a fallback has two attempts, and a 429 is explained", async () => {
  const busy = await upstream(failing(429, "Too many", { "retry-after": "7" }));
  const acme = await upstream(
    streaming(
      delta({ reasoning_content: "Hm." }),
      delta({
        tool_calls: [{ index: 0, id: "c1", type: "function", function: { name: "look", arguments: '{"a":1}' } }],
      }),
      finish("tool_calls"),
      usage(),
      done,
    ),
  );
  const explained: unknown[] = [];
  const explain = (failed: object) => {
    explained.push(failed);
    return { cause: "You ask too often.", evidence: [], fix: ["Wait."] };
  };
  const { find, rows, ...running } = await inspected(
    [provider("busy", busy.url), provider("acme", acme.url)],
    "models: { fast: { targets: [busy:m-1, acme:m-2] } }",
    { inspector: { explain } },
  );
  await (await post(running, { ...hello, stream: true })).text();
  const [row] = await rows();
  const { attempts, answer } = await find(row!.id);
  expect(attempts).toMatchObject([
    {
      target: "busy:m-1",
      provider: "BUSY",
      status: 429,
      code: "rate-limit",
      retryAfter: 7000,
      response: { status: 429, body: { isJson: true } },
      explanation: { cause: "You ask too often." },
    },
    { target: "acme:m-2", provider: "ACME", status: 200 },
  ]);
  expect(explained).toMatchObject([
    { status: 429, body: expect.stringContaining("Too many"), definition: { id: "busy" } },
  ]);
  expect(answer).toMatchObject({
    reasoning: "Hm.",
    toolCalls: [{ name: "look", parsed: { a: 1 } }],
    finishReason: "tool_calls",
  });
  expect(new Set(attempts[1]!.timeline!.ticks.map(({ kind }) => kind))).toEqual(
    new Set(["reasoning", "tool", "other"]),
  );
});

test("the live feed reports a running request, whose details contain the answer so far", async () => {
  let go!: () => void;
  const gone = new Promise<void>((resolve) => (go = resolve));
  const acme = await upstream(async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(delta({ content: "So far" }));
    await gone;
    response.end(delta({ content: " so good" }) + finish() + usage() + done);
  });
  const { find, feed, ...running } = await inspected(
    [provider("acme", acme.url)],
    "models: { fast: { targets: [acme:m-1] } }",
  );
  const { rows, response } = await feed();
  expect(response.headers.get("cache-control")).toContain("no-store");
  const asked = post(running, { ...hello, stream: true });
  await expect.poll(() => rows.at(-1)?.firstContent, { timeout: 3000 }).toBeGreaterThan(0);
  const { id } = rows[0]!;
  expect(rows.every((row) => row.id === id && row.total === undefined)).toBe(true);
  expect(await find(id)).toMatchObject({ answer: { text: "So far" }, attempts: [{ target: "acme:m-1" }] });
  go();
  await (await asked).text();
  await expect.poll(() => rows.at(-1), { timeout: 3000 }).toMatchObject({ id, status: 200, finishReason: "stop" });
  expect(await find(id)).toMatchObject({ answer: { text: "So far so good" } });
});

test("a request can be replayed at the same or another target, and the new one is marked as a replay", async () => {
  const acme = await upstream(saying("One"));
  const other = await upstream(saying("Two"));
  const { find, rows, replay, ...running } = await inspected(
    [provider("acme", acme.url), provider("other", other.url)],
    "models: { fast: { targets: [acme:m-1] }, slow: { targets: [other:m-2] } }",
  );
  await (await post(running, { ...hello, stream: true })).text();
  const [first] = await rows();
  const again = (await (await replay(first!.id)).json()) as { id: string };
  await expect
    .poll(async () => (await rows())[1], { timeout: 3000 })
    .toMatchObject({ id: again.id, replayOf: first!.id, status: 200, isStream: true });
  expect(acme.requests[1]!.body).toEqual(acme.requests[0]!.body);
  const { id } = (await (await replay(first!.id, { target: "other:m-2" })).json()) as { id: string };
  await expect
    .poll(async () => (await rows())[2], { timeout: 3000 })
    .toMatchObject({ id, model: "slow", target: "other:m-2", replayOf: first!.id, status: 200 });
  expect((await find(id)).answer).toMatchObject({ text: "Two" });
  const unknown = await replay(first!.id, { target: "nobody:m" });
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { error: { message: "There is no such target here.", hint: expect.any(String) } },
  ]);
});
