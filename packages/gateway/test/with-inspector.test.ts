import { ProviderError, withFallback, type ChatEvent } from "@llm-provider/core";
import { expect, onTestFinished, test } from "vitest";
import { withInspector, type InspectorOptions } from "../src/index.ts";
import { canary, provider } from "./gateway.ts";
import { inspecting, openLink } from "./inspector.ts";
import { failing, saying, upstream, type Answer } from "./upstream.ts";

const request = { model: "m-1", messages: [{ role: "user" as const, content: "Hello" }] };

async function inspectedProvider(answers: readonly Answer[], options: InspectorOptions = {}, more: object = {}) {
  const acme = await upstream(...answers);
  const own = provider("acme", acme.url, more)({ apiKey: canary, maxRetries: 1 });
  const inspected = await withInspector(own, options);
  onTestFinished(() => inspected.inspector.close());
  const { url, link } = inspected.inspector;
  return { acme, own, inspected, ...inspecting(url, await openLink(url, link)) };
}

test("streams and whole answers do not change, and appear on the page", async () => {
  const rules = { parameters: { seed: { rejected: 400, source: "docs" } } };
  const { acme, inspected, rows, find } = await inspectedProvider(
    [
      saying("One"),
      (response) => void response.writeHead(200, { "content-type": "application/json" }).end(whole("Two")),
    ],
    {},
    rules,
  );
  const events: ChatEvent[] = [];
  const stream = inspected.stream({ ...request, seed: 1 });
  expect(await rows()).toEqual([]);
  for await (const event of stream) events.push(event);
  expect(events.map(({ type }) => type)).toEqual(["start", "text", "finish"]);
  expect((await stream.result).text).toBe("One");
  expect((await inspected.chat(request)).text).toBe("Two");
  const listed = await rows();
  expect(listed).toMatchObject([
    { model: "m-1", target: "acme:m-1", status: 200, isStream: true, changes: 1, firstContent: expect.any(Number) },
    { isStream: false, status: 200, changes: 0, usage: { outputTokens: 2 } },
  ]);
  const first = await find(listed[0]!.id);
  expect(first).toMatchObject({
    answer: { text: "One" },
    price: { input: 1 },
    attempts: [{ provider: "ACME", status: 200, headers: { authorization: "Bearer $ACME_API_KEY" }, timeline: {} }],
  });
  expect(first.attempts[0]!.changes.map(({ parameter, action }) => `${action} ${parameter}`)).toEqual(["dropped seed"]);
  expect(JSON.parse(first.attempts[0]!.wire!.text)).toEqual(acme.requests[0]!.body);
  const second = await find(listed[1]!.id);
  expect(second).toMatchObject({ answer: { text: "Two" }, attempts: [{ response: { body: { isJson: true } } }] });
  expect(second.attempts[0]!.timeline).toBeUndefined();
  expect(JSON.stringify([first, second])).not.toContain(canary.slice(10));
});

test("a retry appears as two attempts, and an error is explained and still thrown", async () => {
  const { inspected, rows, find } = await inspectedProvider([failing(503, "Busy"), failing(400, "No such thing")], {
    explain: ({ message }) => ({ cause: `Explained: ${message}`, evidence: [], fix: [] }),
  });
  const error: unknown = await inspected.stream(request).result.catch((thrown: unknown) => thrown);
  expect(ProviderError.is(error) && error.code).toBe("invalid-request");
  const [row] = await rows();
  expect(row).toMatchObject({ status: 400, error: { code: "invalid-request", message: "No such thing" } });
  const { attempts } = await find(row!.id);
  expect(attempts).toMatchObject([
    { status: 503, explanation: { cause: "Explained: Busy" } },
    { status: 400, explanation: { cause: "Explained: No such thing" } },
  ]);
  expect(attempts[1]!.wait).toBeGreaterThan(0);
});

test("a call that sends nothing appears on the page, and so does one that the caller leaves", async () => {
  const { inspected, rows } = await inspectedProvider([saying("One")]);
  await expect(inspected.chat({ ...request, messages: 7 as never })).rejects.toThrow("`messages` is not a list");
  for await (const event of inspected.stream(request)) if (event.type === "text") break;
  expect(await rows()).toMatchObject([
    { status: 400, attempts: [], error: { code: "invalid-request" } },
    { status: 499, error: { code: "aborted" } },
  ]);
});

test("the targets of a fallback appear as attempts of one call", async () => {
  const busy = await upstream(failing(503, "Busy"));
  const acme = await upstream(saying("Hi"));
  const options = { apiKey: canary, maxRetries: 0 };
  const both = withFallback([provider("busy", busy.url)(options), provider("acme", acme.url)(options)]);
  const inspected = await withInspector(both);
  onTestFinished(() => inspected.inspector.close());
  expect((await inspected.stream(request).result).text).toBe("Hi");
  const { url, link } = inspected.inspector;
  const { rows, find } = inspecting(url, await openLink(url, link));
  const [row] = await rows();
  const { attempts, answer } = await find(row!.id);
  expect(attempts.map(({ status }) => status)).toEqual([503, 200]);
  expect(answer).toMatchObject({ text: "Hi" });
  expect(JSON.stringify(attempts)).not.toContain(canary.slice(10));
});

test("a call can be repeated from the page, and the provider continues to work without the page", async () => {
  const { acme, inspected, rows, replay } = await inspectedProvider([saying("One"), saying("Two")]);
  await inspected.stream({ ...request, temperature: 0 }).result;
  const [row] = await rows();
  const { id } = (await (await replay(row!.id)).json()) as { id: string };
  await expect
    .poll(async () => (await rows())[1], { timeout: 3000 })
    .toMatchObject({ id, replayOf: row!.id, status: 200 });
  expect(acme.requests[1]!.body).toEqual(acme.requests[0]!.body);
  await inspected.inspector.close();
  expect((await inspected.stream(request).result).text).toBe("Two");
});

function whole(content: string): string {
  return JSON.stringify({
    id: "c1",
    model: "m-1",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  });
}
