import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ChatResult,
  defineProvider,
  defineTool,
  type Definition,
  type Provider,
  ProviderError,
  type ProviderOptions,
  withFallback,
} from "@llm-provider/core";
import { z } from "../../packages/core/node_modules/zod/index.js";
import { acme as coreAcme, acmeDefinition, hello } from "../../packages/core/test/support/acme.ts";
import { main } from "../../packages/cli/src/main.ts";
import { finishReport, printDefinition, printReport, probeEndpoint } from "../../packages/probe/src/index.ts";
import {
  describeResults,
  journalFile,
  planRuns,
  readSuite,
  RunJournal,
  runComparison,
  toPromptfoo,
  writeReport,
} from "../../packages/compare/src/index.ts";
import { configOfProviders, startGateway, withInspector } from "../../packages/gateway/src/index.ts";
import { serpapi } from "../../packages/serpapi/src/index.ts";
import { defineWeaviate } from "../../packages/weaviate/src/index.ts";
import { startWeaviateTwin } from "../../packages/weaviate/src/twin.ts";
import { buildCassette } from "../../packages/testing/src/cassette/build-cassette.ts";
import { sealCassette } from "../../packages/testing/src/cassette/cassette-file.ts";
import { createRecorder } from "../../packages/testing/src/cassette/create-recorder.ts";
import { serveTwin } from "../../packages/testing/src/command.ts";
import { startTwin } from "../../packages/testing/src/index.ts";
import { ownProviders } from "../own-packages.ts";
import { showAiSdk, showLangChain } from "./show-bridges.ts";
import { showFileSearch } from "./show-file-search.ts";

/** A place where a secret could come out. */
export interface Place {
  readonly name: string;
  /** The forms that can occur there. @default all */
  readonly forms?: readonly string[];
  /** Brings this form of the key to the place, and returns all that a person or a log could see there. */
  show(form: string, key: string): Promise<readonly unknown[]>;
}

/** Add a row for each new place where output appears: a gateway's log, an inspector's page, a retrieval's index. */
export const places: readonly Place[] = [
  {
    name: "the report, the definition and the resume file of a probe",
    show: probed,
  },
  {
    name: "the results, the report, the export and the resume file of a comparison",
    show: compared,
  },
  {
    name: "the answers and the events of the file search",
    show: showFileSearch,
  },
  {
    name: "the text of an error",
    show: (form, key) => failures(key, { status: 401, body: error(`Incorrect API key provided: ${form}.`) }),
  },
  {
    name: "the body of an error that is not JSON",
    show: async (form, key) => [
      ...(await failures(key, { status: 400, body: `plain ${form}` })),
      ...(await failures(key, { status: 502, body: `<title>${form}</title>` })),
      ...(await failures(key, { status: 500, body: `${"x".repeat(990)}${form}` })),
    ],
  },
  {
    name: "the fields of an error",
    show: (form, key) =>
      failures(key, {
        status: 400,
        body: JSON.stringify({ error: { message: "no", metadata: { key: form }, [form]: [form, { deep: form }] } }),
      }),
  },
  {
    name: "the headers of an error",
    show: (form, key) =>
      failures(key, {
        status: 429,
        body: "{}",
        headers: { "x-request-id": `id-${form}`, "x-echo": form, "x-left": form },
      }),
  },
  {
    name: "the target of a redirect",
    show: async (form, key) => [
      ...(await failures(key, { status: 302, headers: { location: `https://x.example/?key=${form}` } })),
      ...(await failures(key, { status: 307, headers: { location: `https://${form}.evil/` } })),
    ],
  },
  {
    name: "an error in a stream, and the text before it",
    show: (form, key) => failures(key, { body: `${delta(`so far: ${form}`)}data: ${error(form)}\n\n` }),
  },
  {
    name: "an error of the network, and its cause",
    show: async (form, key) => {
      const cause = Object.assign(new Error(`header ${form}`), { code: "UND_ERR", headers: { authorization: form } });
      const provider = acme(key, () => Promise.reject(new TypeError(`fetch failed for ${form}`, { cause })));
      return [await failureOf(provider.chat(hello)), await failureOf(provider.models())];
    },
  },
  {
    name: "the facts of a result: headers, metadata, changes",
    show: async (form, key) => {
      const headers = { "x-request-id": form, "x-echo": form };
      const provider = acme(key, answering({ body: completion({ vendor: { key: form } }), headers }));
      const { response, metadata, changes } = await provider.chat({ ...hello, [`extra-${form}`]: form });
      return [response, metadata, changes];
    },
  },
  {
    name: "the arguments of the observers onAttempt and onChunk",
    show: async (form, key) => {
      const told: unknown[] = [];
      const options: ProviderOptions = {
        headers: { "x-gateway-pass": form, "helicone-auth": `Bearer ${form}`, "x-note": form },
        onAttempt: (attempt) => told.push(attempt),
      };
      const provider = acme(key, answering({ body: delta(form) + delta("") }), options);
      const call = { onChunk: (data: string) => told.push(data) };
      await provider.stream({ ...hello, user: form }, call).result.catch((reason: unknown) => told.push(reason));
      return told;
    },
  },
  {
    name: "a request that is only prepared",
    show: async (form, key) => {
      const headers = { "x-session": form, "x-jwt": form, "x-any": `Bearer ${form}`, "x-other": form };
      return [acme(key, answering({}), { headers }).prepare({ ...hello, user: form })];
    },
  },
  {
    name: "an error of a tool, also SerpApi's search id",
    show: async (form, key) => {
      const answer = answering({ status: 401, body: "{}", headers: { "serpapi-search-id": `id-${form}` } });
      const search = serpapi({ apiKey: key, fetch: (url, init = {}) => answer(String(url), init) });
      const thrown = [
        new Error(form, { cause: new TypeError(form) }),
        Object.assign(new Error(form), { code: form, config: { headers: { authorization: form } } }),
        form,
        new ProviderError(form, { code: "server", provider: "x", hint: form, body: { form }, requestId: form }),
      ];
      const failed = thrown.map((one) => failureOf(tool(key, () => Promise.reject(one)).call("{}")));
      return [await failureOf(search.execute({ query: "tea" })), ...(await Promise.all(failed))];
    },
  },
  { name: "passages, their text and the errors of a search in Weaviate", show: showWeaviate },
  { name: "the memory of Weaviate's twin", forms: ["raw"], show: showWeaviateTwin },
  {
    name: "the text of a tool",
    show: async (form, key) => [
      await tool(key, async () => `${"x".repeat(19_990)}https://a.example/?k=${form}`).call("{}"),
    ],
  },
  {
    name: "an error after a fallback",
    show: async (form, key) => {
      const failing = (): Provider => acme(key, answering({ status: 503, body: error(form) }));
      const saved = acme(key, answering({ body: completion({}) }));
      const { metadata } = (await withFallback([failing(), saved]).chat(hello)) as ChatResult;
      return [metadata, await failureOf(withFallback([failing(), failing()]).chat(hello))];
    },
  },
  {
    name: "parts, answers and errors of AI SDK",
    show: (form, key) => showAiSdk(failingAndAnswering(form, key), "Hello"),
  },
  {
    name: "answers, chunks, events and errors of LangChain, and the model itself",
    show: (form, key) => showLangChain(failingAndAnswering(form, key), "Hello"),
  },
  { name: "an answer, an error, the log and the health of the gateway", show: showGateway },
  { name: "the refusals, the metrics and the log lines of a gateway with budgets", show: showBudgets },
  {
    name: "the inspector of a gateway: ring, request, feed, kept file, draft of a cassette, curl line, log",
    show: showInspector,
  },
  { name: "the inspector of a provider", show: showInspectedProvider },
  { name: "a cassette", show: showCassette },
  { name: "the memory of a twin", forms: ["raw"], show: showTwin },
  { name: "the log of a twin that refuses a request", forms: ["raw"], show: showTwinLog },
  { name: "the terminal", show: showTerminal },
  { name: "a curl line, and a Postman collection", forms: ["raw", "in the other letter case", "hex"], show: showCurl },
  {
    name: "a librechat.yaml, and the output of commands that read it",
    forms: ["raw", "in the other letter case", "base64", "hex"],
    show: showYaml,
  },
];

type Answer = { status?: number; headers?: Record<string, string>; body?: string };
type Fetch = NonNullable<ProviderOptions["fetch"]>;

const definition: Definition = {
  ...acmeDefinition,
  metadata: ["vendor", "error.metadata", "header:x-echo"],
  limits: { requestId: "x-request-id", headers: { "x-left": { of: "tokens", is: "remaining", unit: "count" } } },
};

function acme(apiKey: string, fetch: Fetch, options: ProviderOptions = {}): Provider {
  return coreAcme(definition, { apiKey, fetch, maxRetries: 0, ...options });
}

function tool(apiKey: string, execute: () => Promise<string>) {
  return defineTool({
    id: "look",
    name: "look",
    description: "Looks.",
    docs: "https://look.example",
    input: z.object({}),
    auth: { env: "LOOK_API_KEY", page: "https://look.example/keys" },
    execute,
    toText: (output) => output,
  })({ apiKey });
}

/** The key comes back in the schema, in the results, and in each form of an error. */
async function showWeaviate(form: string, key: string): Promise<readonly unknown[]> {
  const schema = { class: "Doc", properties: [{ name: "text", dataType: ["text"] }] };
  const found = { id: form, properties: { text: `${"x".repeat(3990)}${form}` }, metadata: { score: 1 } };
  const inside = { data: null, errors: [{ message: form, path: [form] }] };
  const ask = (answer: Answer, isOlder = false) => {
    const fetch = async (url: string): Promise<Response> => {
      if (url.includes("/schema")) return Response.json({ classes: [schema] });
      if (isOlder && url.includes("/search/")) return Response.json({ code: 404, message: form }, { status: 404 });
      return new Response(answer.body, { status: answer.status ?? 200 });
    };
    return defineWeaviate()({ apiKey: key, baseURL: "https://weaviate.example", fetch });
  };
  const good = ask({ body: JSON.stringify({ results: [found] }) });
  const failing = [
    ask({ status: 401, body: JSON.stringify({ code: 401, message: `invalid api key ${form}` }) }),
    ask({ status: 422, body: JSON.stringify({ error: [{ message: form }], [form]: form }) }),
    ask({ status: 502, body: `<title>${form}</title>` }),
    ask({ body: JSON.stringify(inside) }, true),
    defineWeaviate({ embed: () => Promise.reject(new Error(form)) })({
      apiKey: key,
      baseURL: "https://weaviate.example",
    }),
  ];
  const errors = failing.map((one) => failureOf(one.execute({ query: "tea", collection: "Doc" })));
  return [await good.call('{"query":"tea"}'), await good.execute({ query: "tea" }), ...(await Promise.all(errors))];
}

async function showWeaviateTwin(form: string): Promise<readonly unknown[]> {
  const twin = await startWeaviateTwin({ apiKey: form });
  try {
    const answers = [form, `${form}x`].map(async (shown) => {
      const response = await fetch(`${twin.url}/v1/meta`, { headers: { authorization: `Bearer ${shown}` } });
      return response.text();
    });
    return [twin.requests, ...(await Promise.all(answers))];
  } finally {
    await twin.close();
  }
}

function answering({ status = 200, headers = {}, body = "" }: Answer): Fetch {
  return async () => new Response(body, { status, headers });
}

/** The error of each way to send a request. */
async function failures(key: string, answer: Answer): Promise<unknown[]> {
  const attempts: unknown[] = [];
  const provider = acme(key, answering(answer), { onAttempt: (attempt) => attempts.push(attempt) });
  const asked = [provider.chat(hello), provider.stream(hello).result, provider.models()];
  return [...(await Promise.all(asked.map((one) => failureOf(one)))), attempts];
}

/** Providers whose endpoint echoes the key in an error, in an error within a stream, and in the metadata of an answer. */
function failingAndAnswering(form: string, key: string): Provider[] {
  const headers = { "x-request-id": form, "x-echo": form };
  return [
    acme(key, answering({ status: 401, body: error(`Incorrect API key provided: ${form}.`), headers })),
    acme(key, answering({ body: `${delta("so far")}data: ${error(form)}\n\n` })),
    acme(key, answering({ body: completion({ vendor: { key: form } }), headers })),
    acme(key, () => Promise.reject(new TypeError(`fetch failed for ${form}`))),
  ];
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const reason: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  // If the request succeeded, the row would pass whatever leaks.
  if (!ProviderError.is(reason)) throw new Error("The request did not fail with a ProviderError.", { cause: reason });
  return reason;
}

function error(message: string): string {
  return JSON.stringify({ error: { message } });
}

function delta(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

function completion(extra: object): string {
  return JSON.stringify({ choices: [{ message: { content: "Hi" }, finish_reason: "stop" }], ...extra });
}

async function showGateway(form: string, key: string): Promise<unknown[]> {
  const answers: Answer[] = [
    { status: 401, body: error(`Incorrect API key provided: ${form}.`), headers: { "x-request-id": form } },
    { status: 500, body: `plain ${form}`, headers: { "x-echo": form } },
    { body: `data: ${error(form)}\n\n` },
    { body: `${delta("Hi")}data: ${error(form)}\n\n` },
    { body: completion({ vendor: { key: form } }), headers: { "x-echo": form } },
  ];
  const shown: unknown[] = [];
  for (const answer of answers) {
    const factory = defineProvider(definition as Definition & { smallModel: never });
    const load = async () =>
      Object.assign((options: ProviderOptions = {}) => factory({ ...options, apiKey: key, fetch: answering(answer) }), {
        definition: factory.definition,
      });
    const config = await configOfProviders(["acme"], load);
    const told = (text: string): void => void shown.push(text);
    const gateway = await startGateway({ config, load, port: 0, warn: told, writeLine: told });
    const get = async (path: string): Promise<unknown> => (await fetch(gateway.url + path)).json();
    try {
      for (const stream of [false, true]) {
        const response = await fetch(`${gateway.url}/v1/chat/completions`, {
          method: "POST",
          body: JSON.stringify({ ...hello, model: "acme:acme-2", stream, [`extra-${form}`]: form }),
        });
        shown.push(Object.fromEntries(response.headers), await response.text());
      }
      shown.push(await get("/log"), await get("/health"), await get("/v1/models"));
      shown.push(await (await fetch(`${gateway.url}/metrics`)).text());
    } finally {
      await gateway.close();
    }
  }
  return shown;
}

/** Here the caller's own key is the secret, written into places where it does not belong. */
async function showBudgets(form: string, key: string): Promise<unknown[]> {
  const shown: unknown[] = [];
  const factory = defineProvider(definition as Definition & { smallModel: never });
  const answer = { body: `${delta("Hi")}data: ${error(form)}\n\n` };
  const load = async () =>
    Object.assign((options: ProviderOptions = {}) => factory({ ...options, apiKey: key, fetch: answering(answer) }), {
      definition: factory.definition,
    });
  const budget = { tokens: 100, per: "month", unknown: "refuse" } as const;
  const clients = { chat: { key, perUser: "x-user", budget, rate: { requests: 2, per: "month" } as const } };
  const config = { ...(await configOfProviders(["acme"], load)), clients, cache: { ttl: 1000, entries: 10 } };
  const told = (text: string): void => void shown.push(text);
  const gateway = await startGateway({ config, load, port: 0, warn: told, writeLine: told });
  const headers = { authorization: `Bearer ${key}`, "x-user": form, "x-cache": form, traceparent: form };
  const ask = async (part: object): Promise<string> => {
    const body = JSON.stringify({ ...hello, model: "acme:acme-2", user: form, metadata: { form }, ...part });
    const response = await fetch(`${gateway.url}/v1/chat/completions`, { method: "POST", headers, body });
    return JSON.stringify(Object.fromEntries(response.headers)) + (await response.text());
  };
  try {
    // Only the caller may get back what it wrote.
    await ask({ model: form });
    shown.push(await ask({ max_tokens: 1000 }));
    for (const stream of [true, false, true]) shown.push(await ask({ stream, temperature: 0, max_tokens: 5 }));
    if (!shown.join("").includes("insufficient_quota") || !shown.join("").includes("rate_limit_exceeded"))
      throw new Error(`Nothing was refused: ${shown.join("")}`);
    for (const path of ["/metrics", "/health", "/log"])
      shown.push(await (await fetch(gateway.url + path, { headers })).text());
    shown.push(await (await fetch(`${gateway.url}/health`)).text());
  } finally {
    await gateway.close();
  }
  return shown;
}

/** The endpoint echoes the key everywhere in an answer, and the caller writes it everywhere in a request. */
async function showInspector(form: string, key: string): Promise<unknown[]> {
  const answers: Answer[] = [
    {
      body: `${delta(`so far: ${form}`)}${delta(form)}data: ${error(form)}\n\n`,
      headers: { "x-echo": form, "set-cookie": form },
    },
    { body: completion({ vendor: { key: form }, [form]: form }), headers: { "x-echo": form } },
    // Must come last: after it the target counts as down.
    { status: 401, body: error(`Incorrect API key provided: ${form}.`), headers: { "x-request-id": form } },
  ];
  const shown: unknown[] = [];
  const folder = mkdtempSync(join(tmpdir(), "leaks-"));
  const keep = join(folder, "kept.jsonl");
  const token = "an-operators-secret-of-this-test";
  const factory = defineProvider(definition as Definition & { smallModel: never });
  const next: Fetch = (url, init) => answering(answers.shift()!)(url, init);
  const load = async () =>
    Object.assign(
      (options: ProviderOptions = {}) =>
        factory({ ...options, apiKey: key, headers: { "x-session": key }, fetch: next }),
      { definition: factory.definition },
    );
  const config = await configOfProviders(["acme"], load);
  const told = (text: string): void => void shown.push(text);
  const gateway = await startGateway({ config, load, port: 0, warn: told, inspector: { token, keep } });
  const headers = { authorization: `Bearer ${token}` };
  const get = (path: string): Promise<Response> => fetch(`${gateway.url}/inspector/api${path}`, { headers });
  try {
    const feed = (await get("/events")).body!.getReader();
    const ask = { ...hello, model: "acme:acme-2", stream: true, user: form, [`extra-${form}`]: { form } };
    for (let left = answers.length; left > 0; left--)
      await (await fetch(`${gateway.url}/v1/chat/completions`, { method: "POST", body: JSON.stringify(ask) })).text();
    let events = "";
    while (!events.includes('"total"')) events += new TextDecoder().decode((await feed.read()).value);
    await feed.cancel();
    const { requests } = (await (await get("/requests")).json()) as { requests: { id: string }[] };
    if (requests.length !== 3) throw new Error(`Some requests were not recorded: ${JSON.stringify(requests)}`);
    shown.push(events, requests, await (await get("/health")).text());
    for (const { id } of requests) {
      const request = await (await get(`/requests/${id}`)).text();
      if (!request.includes("curl")) throw new Error(`Nothing was sent: ${request}`);
      shown.push(request, await (await get(`/requests/${id}/cassette`)).text());
    }
    const at = ["--url", gateway.url];
    shown.push(await run(["log", ...at], {}, folder));
    shown.push(await run(["log", requests[0]!.id, ...at], { LLM_INSPECTOR_TOKEN: token }, folder));
  } finally {
    await gateway.close();
    shown.push(readFileSync(keep, "utf8"));
    rmSync(folder, { recursive: true });
  }
  return shown;
}

async function showInspectedProvider(form: string, key: string): Promise<unknown[]> {
  const shown: unknown[] = [];
  const token = "an-operators-secret-of-this-test";
  for (const one of failingAndAnswering(form, key)) {
    const inspected = await withInspector(one, { token });
    const get = async (path: string): Promise<string> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${inspected.inspector.url}/inspector/api${path}`, { headers })).text();
    };
    try {
      const ask = { ...hello, user: form, [`extra-${form}`]: form };
      for (const asked of [inspected.chat(ask), inspected.stream(ask).result]) await asked.catch(() => {});
      const { requests } = JSON.parse(await get("/requests")) as { requests: { id: string }[] };
      if (requests.length !== 2) throw new Error("Nothing was recorded.");
      shown.push(requests);
      for (const { id } of requests) shown.push(await get(`/requests/${id}`), await get(`/requests/${id}/cassette`));
    } finally {
      await inspected.inspector.close();
    }
  }
  return shown;
}

async function showCassette(form: string, key: string): Promise<unknown[]> {
  const pieces = [...form].map((sign) => delta(sign)).join("");
  const recorder = createRecorder({
    definition,
    fetch: answering({ body: delta(form) + pieces, headers: { "x-echo": form, "content-type": "text/event-stream" } }),
  });
  const body = JSON.stringify({ model: "acme-2", user: form });
  await (await recorder.fetch(`https://api.acme.example/v1/${form}?k=${form}`, { method: "POST", body })).text();
  const [first] = await recorder.interactions();
  const interactions = [{ ...first!, scope: `https://${form}.evil:443`, asked: { user: form } }];
  const draft = { scenario: "text", origin: "documented" as const, adapter: "acme", interactions, secrets: [key] };
  const cassette = buildCassette({ ...draft, source: ["https://acme.example/docs", "2026-11-22"] });
  const joined = [...cassette.interactions[0]!.response.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)];
  return [sealCassette(cassette), joined.map(([, text]) => JSON.parse(text!) as string).join("")];
}

/** The command's output: a path that contains the key, and a refusal that echoes it. */
async function showTwinLog(form: string, key: string): Promise<unknown[]> {
  const stopped = new AbortController();
  let [out, err] = ["", ""];
  const io = {
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    stdin: async () => "",
    env: { LLM_TWIN_KEY: key },
    cwd: ".",
    isTerminal: false,
    hasInput: false,
    columns: 80,
    signal: stopped.signal,
  };
  const serving = serveTwin(definition, { strictModels: true }, io);
  while (!out.endsWith("\n")) await new Promise((done) => setTimeout(done, 5));
  const provider = acme(key, globalThis.fetch, { baseURL: out.trim() });
  await failureOf(provider.chat({ ...hello, model: `model-${form}` }));
  await fetch(`${out.trim()}/models?key=${encodeURIComponent(form)}`, { headers: { authorization: `Bearer ${key}` } });
  stopped.abort();
  await serving;
  return [out, err];
}

async function showTwin(form: string, key: string): Promise<unknown[]> {
  const twin = await startTwin(definition, { apiKey: key });
  const told: unknown[] = [];
  try {
    const provider = acme(key, globalThis.fetch, { baseURL: twin.url, headers: { "x-session": form } });
    await provider.chat({ ...hello, user: form });
    await failureOf(acme(`${key}-wrong`, globalThis.fetch, { baseURL: twin.url }).chat(hello));
    told.push(...twin.requests);
  } finally {
    await twin.close();
  }
  return told;
}

/** Runs a command of the CLI in this process. */
async function run(args: readonly string[], env: Record<string, string>, cwd: string): Promise<string> {
  let seen = "";
  const write = (text: string): void => void (seen += text);
  const io = {
    out: write,
    err: write,
    stdin: async () => "",
    env,
    cwd,
    isTerminal: true,
    hasInput: false,
    columns: 1000,
    signal: new AbortController().signal,
  };
  await main(args, io, ownProviders);
  return seen;
}

async function showTerminal(form: string, key: string): Promise<unknown[]> {
  const server = createServer((_request, response) => void response.writeHead(400).end(error(`no: ${form}`)));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const before = process.env["GROQ_API_KEY"];
  process.env["GROQ_API_KEY"] = key;
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const asked = await run(["chat", "groq", "Hello", "--base-url", address], { GROQ_API_KEY: key }, tmpdir());
    if (!asked.includes("no: ")) throw new Error(`The endpoint was not asked: ${asked}`);
    return [asked];
  } finally {
    if (before === undefined) delete process.env["GROQ_API_KEY"];
    else process.env["GROQ_API_KEY"] = before;
    server.close();
  }
}

async function showCurl(form: string, key: string): Promise<unknown[]> {
  // Only a key without slashes fits into one segment of a path.
  if (form.includes("/")) return [];
  const asked = ["groq", "Hello", "--base-url", `https://gateway.example/${encodeURIComponent(form)}/v1`];
  const lines = [["curl"], ["curl", "--postman"], ["curl", "--json"]].map(([command, ...options]) =>
    run([command!, ...asked, ...options], { GROQ_API_KEY: key }, tmpdir()),
  );
  return Promise.all(lines);
}

async function showYaml(form: string, key: string): Promise<unknown[]> {
  const cwd = mkdtempSync(join(tmpdir(), "leaks-"));
  try {
    mkdirSync(join(cwd, "acme"));
    writeFileSync(join(cwd, "acme/package.json"), '{ "name": "llm-acme", "type": "module", "exports": "./index.js" }');
    writeFileSync(
      join(cwd, "acme/index.js"),
      `export const acme = Object.assign(() => {}, { definition: {
        id: "acme", name: "Acme", docs: "https://docs.acme.ai", baseURL: ${JSON.stringify(`https://a.ai/${form}`)},
        auth: { env: "ACME_API_KEY", page: "https://acme.ai/keys" }, sources: {}, dialect: { name: "openai", settings: {} },
        smallModel: "acme-small", models: { "acme-small": {} } } });`,
    );
    const env = { ACME_API_KEY: key };
    const shown = [await run(["librechat", "add", "./acme", "-c", "new.yaml"], env, cwd)];
    if (!/contains a key in plain text|is new/.test(shown[0]!))
      throw new Error(`Nothing was added or refused: ${shown[0]}`);
    for (const name of readdirSync(cwd).filter((one) => one.endsWith(".yaml")))
      shown.push(readFileSync(join(cwd, name), "utf8"));
    writeFileSync(
      join(cwd, "theirs.yaml"),
      `endpoints:\n  custom:\n    - name: Acme\n      apiKey: "${form}"\n      baseURL: https://a.ai\n`,
    );
    for (const options of [
      ["doctor", "theirs.yaml"],
      ["doctor", "theirs.yaml", "--fix", "--dry-run"],
      ["add", "groq", "-c", "theirs.yaml", "--dry-run"],
    ])
      shown.push(await run(["librechat", ...options], env, cwd));
    return shown;
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** A probe of an endpoint that echoes the key in refusals, answers, headers and model names. */
async function probed(form: string, key: string): Promise<readonly unknown[]> {
  const old = process.env["PROBED_API_KEY"];
  process.env["PROBED_API_KEY"] = key;
  const json = (status: number, body: unknown): Response =>
    new Response(JSON.stringify(body), { status, headers: { "x-request-id": headerSafe(form) } });
  try {
    const { report, endpoint } = await probeEndpoint({
      baseURL: "https://api.probed.test/v1",
      keyEnv: "PROBED_API_KEY",
      timeout: 5000,
      maxRequests: 12,
      errors: true,
      fetch: async (_, { method, body }) => {
        if (method === "GET") return json(200, { data: [{ id: "m" }, { id: form }] });
        const { seed, stream } = JSON.parse(String(body)) as { seed?: unknown; stream?: boolean };
        if (seed !== undefined || stream)
          return json(400, { error: { message: `seed: not with ${form}`, param: "seed" } });
        const message = { role: "assistant", content: `one ${form} two`, reasoning: form };
        return json(200, { id: form, model: form, choices: [{ index: 0, message, finish_reason: "stop" }] });
      },
    });
    const identity = { id: "probed", name: "Probed", keyEnv: "PROBED_API_KEY", day: "2026-11-28" };
    if (report.ok) finishReport(report, identity);
    const text = printReport(report, { isTerminal: false, columns: 80 });
    return [report, text, endpoint.log, printDefinition(report, identity, "probed")];
  } finally {
    if (old === undefined) delete process.env["PROBED_API_KEY"];
    else process.env["PROBED_API_KEY"] = old;
  }
}

/** What a comparison keeps of an endpoint that echoes the key wherever it can. */
async function compared(form: string, key: string): Promise<readonly unknown[]> {
  const task = (id: string, prompt: string): string =>
    `  - { id: ${id}, prompt: ${prompt}, checks: [{ equals: yes }] }\n`;
  const folder = mkdtempSync(join(tmpdir(), "leaks-compare-"));
  try {
    writeFileSync(
      join(folder, "suite.yaml"),
      `version: 1\nname: Leaks\ntasks:\n${task("answers", "answer")}${task("fails", "fail")}`,
    );
    const { suite } = await readSuite(join(folder, "suite.yaml"));
    const provider = coreAcme(
      {},
      {
        apiKey: key,
        fetch: async (_, { body }) => {
          if (String(body).includes("fail"))
            return Response.json(JSON.parse(error(`Not with ${form}`)), { status: 400 });
          const calls = [{ index: 0, id: "1", type: "function", function: { name: "look", arguments: form } }];
          const said = { content: `Yes: ${form}`, reasoning_content: form, tool_calls: calls };
          const chunk = { id: form, model: form, choices: [{ index: 0, delta: said, finish_reason: "stop" }] };
          return new Response(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`, {
            headers: { "content-type": "text/event-stream" },
          });
        },
      },
    );
    const contender = { name: "acme:acme-2", provider, definition: acmeDefinition, model: "acme-2" };
    const journal = RunJournal.open(folder, suite!, false);
    const results = await runComparison(planRuns(suite!, [contender], 1), {
      secrets: [key],
      onEnd: (ended) => journal.add(ended),
    });
    if (results.runs.length !== 2 || results.runs.every(({ outcome }) => outcome !== "error"))
      throw new Error("The comparison did not get the expected answers.");
    return [
      results,
      writeReport(results),
      describeResults(results, { isTerminal: false, columns: 80 }),
      toPromptfoo({ suite: suite!, results }),
      readFileSync(join(folder, journalFile), "utf8"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function headerSafe(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : "";
}
