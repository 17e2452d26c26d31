// Published clients of OpenAI's API against the gateway over the twins of all providers: a stream, tools, two turns, and
// errors before and in the middle of an answer. Nothing leaves this machine.
import assert from "node:assert/strict";
import { providers } from "../../packages/cli/dist/providers.generated.js";
import { modelInfo } from "../../packages/core/dist/internal.js";
import { readConfig, startGateway } from "../../packages/gateway/dist/index.js";
import { startTwin, type Twin, type TwinScenario } from "../../packages/testing/dist/index.js";
import { aiSdkClient } from "./ai-sdk-client.ts";
import type { Client, Endpoint } from "./client.ts";
import { curlClient } from "./curl-client.ts";
import { langchainClient } from "./langchain-client.ts";
import { openaiClient } from "./openai-client.ts";

const key = "sk-canary-e2e-4f1d8c2b7a6e9053";
const clients = [openaiClient, aiSdkClient, langchainClient, curlClient];
const factories = await Promise.all(Object.values(providers).map(async (load) => load()));
const byId = new Map(factories.map((factory) => [factory.definition.id, factory]));

/** The fault of the first provider if the prompt asks for one. */
const faults: readonly TwinScenario[] = [
  {
    when: ({ messages }) => asks(messages, "Break off"),
    fault: { errorInStream: { status: 500, message: "On fire." } },
  },
  { when: ({ messages }) => asks(messages, "Be busy"), fault: { rateLimit: { as: "seconds", wait: 7000 } } },
];
const twins = new Map<string, Twin>();
for (const [id, { definition }] of byId)
  twins.set(id, await startTwin(definition, { apiKey: key, strictModels: true, scenarios: faults }));

/** For each provider a model that calls tools. */
const models = factories.map(({ definition }) => {
  const model = Object.keys(definition.models).find((id) => {
    const { features = [], retired } = modelInfo(definition, id) ?? {};
    return features.includes("tools") && !retired;
  });
  return { name: definition.id, to: `${definition.id}:${model!}`, url: twins.get(definition.id)!.url };
});
const lines = models.map(
  ({ name, to, url }) => `  ${name}: { targets: [{ to: "${to}", key: "${key}", baseURL: "${url}" }] }`,
);
const [first, second] = models;
const pair = [first!, second!].map(({ to, url }) => `{ to: "${to}", key: "${key}", baseURL: "${url}" }`);
const yaml = `version: 1
clients: { e2e: { key: "${key}" } }
rounds: 1
models:
${lines.join("\n")}
  pair: { targets: [{ to: "${first!.to}", key: "${key}", baseURL: "http://127.0.0.1:4999/v1" }, ${pair[1]}] }
`;
const { config, problems } = await readConfig(yaml, {});
assert.ok(config, JSON.stringify(problems));

let failures = 0;
for (const client of clients) {
  const began = Date.now();
  // Each client gets its own gateway, because a gateway avoids a rate-limited target for a while.
  const gateway = await startGateway({ config, port: 0, load: async (name) => byId.get(name)! });
  const endpoint: Endpoint = { baseURL: `${gateway.url}/v1`, apiKey: key };
  try {
    for (const { name } of models) await tryModel(client, endpoint, name);
    await tryErrors(client, endpoint);
    console.log(`ok   ${client.name}: ${models.length} providers, ${(Date.now() - began) / 1000} s`);
  } catch (error) {
    failures++;
    console.log(`FAIL ${client.name}: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    await gateway.close();
  }
}
for (const twin of twins.values()) await twin.close();
process.exitCode = failures === 0 ? 0 : 1;

async function tryModel(client: Client, endpoint: Endpoint, model: string): Promise<void> {
  const { requests } = twins.get(model)!;
  const before = requests.length;
  const pieces = await client.stream(endpoint, model, "Say hello.");
  assert.ok(client === curlClient || pieces.length > 1, `${model}: the answer comes in pieces`);
  assert.match(pieces.join(""), /grüße, 你好, 👋🏽\. You said: Say hello\.$/, model);

  const answer = await client.ask(endpoint, model, [
    { role: "user", content: "My name is Ada." },
    { role: "assistant", content: "Hello Ada." },
    { role: "user", content: "What is my name?" },
  ]);
  assert.match(answer, /You said: What is my name\?$/, model);
  const roles = (requests.at(-1)!.body as { messages: { role: string }[] }).messages.map(({ role }) => role);
  assert.deepEqual(roles, ["user", "assistant", "user"], `${model} got both turns`);

  const { inputs, text } = await client.useTool(endpoint, model, "Use the get_weather tool for Oslo.");
  assert.deepEqual(inputs, [{ city: "Oslo" }], `${model} calls the tool`);
  assert.match(text, /12 degrees/, `${model} got the tool's result`);
  assert.deepEqual(
    requests.slice(before).filter(({ status }) => status !== 200),
    [],
    `${model} refused nothing`,
  );
}

async function tryErrors(client: Client, endpoint: Endpoint): Promise<void> {
  const prompts: [model: string, prompt: string, status: number | undefined, words: RegExp][] = [
    ["no-such-model", "Hello", 404, /no model/],
    [first!.name, "Be busy", 429, /Rate limit/],
    [second!.name, "Break off", undefined, /On fire/],
  ];
  for (const [model, prompt, status, words] of prompts) {
    const error = await client.stream(endpoint, model, prompt).then(
      (pieces) => assert.fail(`${prompt}: no error, but ${JSON.stringify(pieces)}`),
      (thrown: unknown) => thrown as Error & { status?: number; statusCode?: number },
    );
    assert.match(wordsOf(error), words, prompt);
    if (status !== undefined) assert.equal(error.status ?? error.statusCode, status, prompt);
  }
  // No server listens at the first target.
  assert.match((await client.stream(endpoint, "pair", "Hello")).join(""), /You said: Hello$/);
}

/** The message of an error; some clients throw the plain error object. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}

function asks(messages: readonly { content?: unknown }[], words: string): boolean {
  return JSON.stringify(messages.at(-1)).includes(words);
}
