// Runs unchanged on every runtime, so it is JavaScript and uses only web globals and core.

const hello = { model: "acme-2", messages: [{ role: "user", content: "Hello" }] };

/**
 * Tries everything that runtimes may do differently: fetch, streams, timers, abort, redirects, the environment. Returns the names
 * of the passed steps; throws at the first failure.
 */
export async function tryCore({ chatCompletions, defineProvider, ProviderError }, baseURL) {
  const acme = defineProvider({
    id: "acme",
    name: "Acme",
    docs: "https://acme.example/docs",
    baseURL,
    auth: { env: "ACME_TEST_API_KEY", page: "https://acme.example/keys" },
    dialect: chatCompletions(),
    models: { "acme-2": { source: ["https://acme.example/docs", "2026-11-22"] } },
    smallModel: "acme-2",
  });
  const at = (path, options = {}) =>
    acme({ apiKey: "test-key-canary-0123456789", baseURL: baseURL + path, maxRetries: 0, ...options });
  const held = [];
  const step = async (name, run) => {
    const problem = await run();
    if (problem !== undefined) throw new Error(`${name}: ${JSON.stringify(problem)}`);
    held.push(name);
  };
  const failing = async (promise, code) => {
    const outcome = await promise.catch((error) => error);
    return ProviderError.is(outcome) && outcome.code === code ? undefined : (outcome?.stack ?? outcome);
  };
  const same = (got, wanted) => (JSON.stringify(got) === JSON.stringify(wanted) ? undefined : { got, wanted });

  await step("a whole answer", async () => same((await at("/whole").chat(hello)).text, "Grüße 🎯"));
  await step("a stream, cut inside of characters", async () => {
    const stream = at("/stream").stream(hello);
    const types = [];
    let text = "";
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === "text") text += event.text;
    }
    const { finishReason, toolCalls } = await stream.result;
    return (
      same(text, "Grüße 🎯") ??
      same([...new Set(types)], ["start", "text", "tool-call-start", "tool-call-delta", "tool-call", "finish"]) ??
      same([finishReason, toolCalls], ["tool-calls", [{ id: "a1", name: "f", arguments: '{"a":1}' }]])
    );
  });
  await step("headers in lower case", async () => {
    const { headers } = (await at("/whole").chat(hello)).response;
    return same(headers["x-thing"], "1");
  });
  await step("an error with its words", () => failing(at("/refused").chat(hello), "invalid-key"));
  await step("a second try", async () =>
    same((await at("/busy-once", { maxRetries: 1 }).chat(hello)).text, "Grüße 🎯"),
  );
  await step("a redirect that is not followed", () => failing(at("/redirect").chat(hello), "invalid-response"));
  await step("a bound on the wait for headers", () => failing(at("/silent", { timeout: 50 }).chat(hello), "timeout"));
  await step("a bound on silence", () => failing(at("/stalled", { idleTimeout: 50 }).stream(hello).result, "timeout"));
  await step("an abort", () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    return failing(at("/stalled").chat(hello, { signal: controller.signal }), "aborted");
  });
  await step("a loop that is left", async () => {
    const stream = at("/stalled").stream(hello);
    for await (const _ of stream) break;
    return failing(stream.result, "aborted");
  });
  await step("a connection that breaks", () => failing(at("/broken").stream(hello).result, "network"));
  await step("an endpoint that is not there", () =>
    failing(acme({ apiKey: "k", baseURL: "http://127.0.0.1:9", maxRetries: 0 }).chat(hello), "network"),
  );
  await step("a key that is missing", () => failing(acme().chat(hello), "missing-key"));
  return held;
}
