import type { Check } from "../kit/check.ts";
import { codeOf, same, truth } from "../kit/expect.ts";
import { refusal, sameRefusal, send, sendStream } from "../kit/send.ts";
import { mockServer } from "../server/mock-server.ts";
import { keyHeader } from "../twin/check-request.ts";
import { streamType } from "../wire/frame.ts";

/** The address and the headers of a request. */
export const requestAddress: readonly Check[] = [
  {
    name: "requests-the-right-url",
    by: "requests",
    title:
      "requests go to the base URL plus the dialect's path, with or without a slash between; a query follows the path",
    async run(kit) {
      const { dialect, baseURL } = kit.definition;
      const other = "http://127.0.0.1:9/other/v2";
      for (const base of [undefined, other, `${other}/`, `${other}?api-version=1`, `${other}/?api-version=1`]) {
        const [root = "", query] = (base ?? baseURL).split("?");
        const urlOf = (path: string): string =>
          root.replace(/\/+$/, "") + path + (query === undefined ? "" : `?${query}`);
        const at = `baseURL ${base ?? "of the definition"}`;
        const options = base === undefined ? {} : { baseURL: base };
        same((await send(kit, kit.request(), options)).request.url, urlOf(dialect.paths.chat), { at: `chat, ${at}` });
        same((await sendStream(kit, kit.request(), options)).request.url, urlOf(dialect.paths.chat), {
          at: `stream, ${at}`,
        });
        const server = mockServer(kit.json(200, kit.wire.writeModels(["one"], kit.definition)));
        await kit.provider(server, options).models();
        same([server.requests[0]?.method, server.requests[0]?.url], ["GET", urlOf(dialect.paths.models)], {
          at: `models, ${at}`,
        });
      }
    },
  },
  {
    name: "sends-key-in-its-header",
    by: "requests",
    title: "the key is sent in the header that the definition names, and nowhere else",
    async run(kit) {
      const { auth } = kit.definition;
      const wanted = keyHeader(kit.definition, kit.key);
      const fact = { path: "auth", value: auth };
      const list = mockServer(kit.json(200, kit.wire.writeModels(["one"], kit.definition)));
      await kit.provider(list).models();
      const all = [
        (await send(kit, kit.request())).request,
        (await sendStream(kit, kit.request())).request,
        list.requests[0]!,
      ];
      for (const { headers, url, text } of all) {
        const carrying = Object.entries(headers).filter(([, value]) => value.includes(kit.key));
        if (wanted) same(carrying, [[wanted.name, wanted.value]], { fact });
        truth(!(url + text).includes(kit.key), "no key in the URL or the body", url + text);
      }
      if (auth !== "none") return;
      const { headers } = (await send(kit, kit.request(), { apiKey: undefined })).request;
      same(headers["authorization"], undefined, { at: "without a key", fact });
    },
  },
  {
    name: "sends-json-headers",
    by: "requests",
    title: "the body is JSON, `content-type` says so, and `accept` allows the form of the response",
    async run(kit) {
      for (const [sent, form] of [
        [await send(kit, kit.request()), "application/json"],
        [await sendStream(kit, kit.request()), streamType(kit.definition)],
      ] as const) {
        const { headers } = sent.request;
        truth(
          /^application\/json\b/.test(headers["content-type"] ?? ""),
          "content-type: application/json",
          headers["content-type"],
        );
        const accept = headers["accept"] ?? "*/*";
        truth(accept.includes(form) || accept.includes("*/*"), `accept with ${form}`, accept);
      }
    },
  },
  {
    name: "sends-custom-headers",
    by: "requests",
    title: "headers that the caller adds are sent with every request, and the other headers are still sent",
    async run(kit) {
      const headers = { "X-Trace": "trace-1", "x-title": "My App" };
      const list = mockServer(kit.json(200, kit.wire.writeModels(["one"], kit.definition)));
      await kit.provider(list, { headers }).models();
      const bare = (await send(kit, kit.request())).request.headers;
      for (const request of [(await send(kit, kit.request(), { headers })).request, list.requests[0]!]) {
        same([request.headers["x-trace"], request.headers["x-title"]], ["trace-1", "My App"], { at: request.method });
        const lost = Object.keys(bare).filter(
          (name) => !(name in request.headers) && name !== "content-type" && name !== "content-length",
        );
        same(lost, [], { at: "headers that are missing now" });
      }
      const own = await send(kit, kit.request(), { headers: { ACCEPT: "application/json; own=1" } });
      same(own.request.headers["accept"], "application/json; own=1", { at: "a header that the provider sets itself" });
      same(headers, { "X-Trace": "trace-1", "x-title": "My App" }, { at: "the caller's own object" });
    },
  },
  {
    name: "requires-a-key",
    by: "requests",
    title: "without a key no request is sent, and the error names the variable and the page",
    applies: ({ auth }) => auth !== "none",
    async run(kit) {
      const auth = kit.definition.auth as Exclude<typeof kit.definition.auth, "none">;
      await withVariable(auth.env, undefined, async () => {
        const refused = await refusal(kit, kit.request(), { apiKey: undefined });
        same([refused && codeOf(refused.error), refused?.requests], ["missing-key", 0]);
        const { message, hint } = refused!.error as { message: string; hint?: string };
        const said = `${message} ${hint ?? ""}`;
        truth(said.includes(auth.env) && said.includes(auth.page), `a text with ${auth.env} and ${auth.page}`, said, {
          fact: { path: "auth", value: auth },
        });
      });
    },
  },
  {
    name: "finds-the-key",
    by: "requests",
    title: "the key comes from the option, from a function called for each request, or from the environment",
    applies: ({ auth }) => auth !== "none",
    async run(kit) {
      const auth = kit.definition.auth as Exclude<typeof kit.definition.auth, "none">;
      const server = mockServer(kit.whole(kit.answer()));
      const keyOf = (index: number): string => Object.values(server.requests[index]?.headers ?? {}).join(" ");
      let calls = 0;
      const changing = kit.provider(server, { apiKey: async () => `${kit.key}${calls++}` });
      await changing.chat(kit.request());
      await changing.chat(kit.request());
      for (const index of [0, 1])
        truth(keyOf(index).includes(`${kit.key}${index}`), "the key of this call", `that of call ${calls - 1}`, {
          at: `call ${index} of a function`,
        });
      const other = kit.provider(server, { apiKey: `${kit.key}other` });
      await kit.provider(server).chat(kit.request());
      await other.chat(kit.request());
      same([keyOf(2).includes(`${kit.key}other`), keyOf(3).includes(`${kit.key}other`)], [false, true], {
        at: "two providers with a key each",
      });
      await withVariable(auth.env, `${kit.key}env`, async () => {
        await kit.provider(server, { apiKey: undefined }).chat(kit.request());
        truth(keyOf(4).includes(`${kit.key}env`), `the key of ${auth.env}`, "another or none", {
          fact: { path: "auth.env", value: auth.env },
        });
        await kit.provider(server).chat(kit.request());
        truth(!keyOf(5).includes(`${kit.key}env`), "the option before the environment", "the key of the environment");
      });
    },
  },
  {
    name: "rejects-unsendable-keys",
    by: "requests",
    title: "a key with characters that HTTP headers do not allow is rejected before anything is sent",
    async run(kit) {
      for (const apiKey of [`${kit.key}\n`, `${kit.key}\u2028`, `${kit.key} `]) {
        const at = `a key that ends in ${JSON.stringify(apiKey.slice(-1))}`;
        await sameRefusal(kit, kit.request(), "invalid-key", { at }, { apiKey });
      }
    },
  },
  {
    name: "rejects-unsafe-base-urls",
    by: "requests",
    title: "a base URL that could leak a key or a prompt is rejected",
    async run(kit) {
      const bad = ["https://user:word@api.acme.test", "https://api.acme.test/#x", "ftp://api.acme.test", "nonsense"];
      if (kit.definition.auth !== "none") bad.push("http://api.acme.test/v1");
      for (const baseURL of bad) {
        const server = mockServer(kit.whole(kit.answer()));
        const run = async (): Promise<unknown> => kit.provider(server, { baseURL }).chat(kit.request());
        await kit.rejection(run(), baseURL);
        same(server.requests.length, 0, { at: baseURL });
      }
    },
  },
  {
    name: "sends-every-call",
    by: "requests",
    title: "each call sends one request, even if it repeats an earlier one",
    async run(kit) {
      const server = mockServer((index) => kit.whole(kit.answer({ text: `answer ${index}` })));
      const provider = kit.provider(server);
      const texts = [await provider.chat(kit.request()), await provider.chat(kit.request())].map(({ text }) => text);
      same([texts, server.requests.length], [["answer 0", "answer 1"], 2]);
      const list = mockServer(kit.json(200, kit.wire.writeModels(["one"], kit.definition)));
      const listing = kit.provider(list);
      await listing.models();
      await listing.models();
      same(list.requests.length, 2, { at: "models" });
    },
  },
  {
    name: "calls-fetch-with-plain-values",
    level: "SHOULD",
    by: "requests",
    title: "`fetch` is called with a string as URL, a plain object of headers, and a string as body",
    async run(kit) {
      const server = mockServer(kit.whole(kit.answer()));
      await kit.provider(server).chat(kit.request());
      const { url, init } = server.calls[0]!;
      const { headers, body } = init;
      same(
        [typeof url, Object.prototype.toString.call(headers), headers instanceof Headers, typeof body],
        ["string", "[object Object]", false, "string"],
      );
    },
  },
];

/** Runs with an environment variable set or removed, and restores it. */
async function withVariable(name: string, value: string | undefined, run: () => Promise<void>): Promise<void> {
  const before = process.env[name];
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
