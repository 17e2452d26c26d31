import type { Check } from "../kit/check.ts";
import { codeOf } from "../kit/code-of.ts";
import { same, truth } from "../kit/expect.ts";
import { memorySite } from "../kit/memory-site.ts";
import { refusal, send, sendStream } from "../kit/send.ts";
import { keyHeader } from "../twin/key-header.ts";

/** Where a request goes, and with which headers. */
export const requestAddress: readonly Check[] = [
  {
    id: "R1",
    level: "MUST",
    by: "requests",
    title:
      "requests go to the base URL and the dialect's path, with or without a slash between, and a query stays behind them",
    async run(kit) {
      const { dialect, baseURL } = kit.definition;
      const other = "http://127.0.0.1:9/other/v2";
      for (const base of [undefined, other, `${other}/`, `${other}?api-version=1`, `${other}/?api-version=1`]) {
        const [root = "", query] = (base ?? baseURL).split("?");
        const urlOf = (path: string): string =>
          root.replace(/\/+$/, "") + path + (query === undefined ? "" : `?${query}`);
        const at = `baseURL ${base ?? "of the definition"}`;
        const options = base === undefined ? {} : { baseURL: base };
        const { chat, models } = dialect.paths;
        same((await send(kit, kit.request(), options)).request.url, urlOf(chat), { at: `chat, ${at}` });
        same((await sendStream(kit, kit.request(), options)).request.url, urlOf(chat), { at: `stream, ${at}` });
        const site = memorySite(kit.json(200, kit.wire.writeModels(["one"])));
        await kit.provider(site, options).models();
        same([site.requests[0]?.method, site.requests[0]?.url], ["GET", urlOf(models)], {
          at: `models, ${at}`,
        });
      }
    },
  },
  {
    id: "R2",
    level: "MUST",
    by: "requests",
    title: "the key stands in the header that the definition names, and nowhere else",
    async run(kit) {
      const { auth } = kit.definition;
      const wanted = keyHeader(kit.definition, kit.key);
      const fact = { path: "auth", value: auth };
      const list = memorySite(kit.json(200, kit.wire.writeModels(["one"])));
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
    id: "R3",
    level: "MUST",
    by: "requests",
    title: "the body is JSON and called so, and `accept` admits the form of the answer",
    async run(kit) {
      const type = kit.definition.dialect.framing === "sse" ? "text/event-stream" : "application/x-ndjson";
      for (const [sent, form] of [
        [await send(kit, kit.request()), "application/json"],
        [await sendStream(kit, kit.request()), type],
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
    id: "R9",
    level: "MUST",
    by: "requests",
    title: "headers that the caller adds are sent with every request, and take nothing from the others",
    async run(kit) {
      const headers = { "X-Trace": "trace-1", "x-title": "My App" };
      const list = memorySite(kit.json(200, kit.wire.writeModels(["one"])));
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
    id: "R10",
    level: "MUST",
    by: "requests",
    title: "without a key nothing is sent, and the error names the variable and the page",
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
    id: "R11",
    level: "MUST",
    by: "requests",
    title: "the key comes from the option, from a function at each call, or from the environment",
    applies: ({ auth }) => auth !== "none",
    async run(kit) {
      const auth = kit.definition.auth as Exclude<typeof kit.definition.auth, "none">;
      const site = memorySite(kit.whole(kit.answer()));
      const keyOf = (index: number): string => Object.values(site.requests[index]?.headers ?? {}).join(" ");
      let calls = 0;
      const changing = kit.provider(site, { apiKey: async () => `${kit.key}${calls++}` });
      await changing.chat(kit.request());
      await changing.chat(kit.request());
      for (const index of [0, 1])
        truth(keyOf(index).includes(`${kit.key}${index}`), "the key of this call", `that of call ${calls - 1}`, {
          at: `call ${index} of a function`,
        });
      const other = kit.provider(site, { apiKey: `${kit.key}other` });
      await kit.provider(site).chat(kit.request());
      await other.chat(kit.request());
      same([keyOf(2).includes(`${kit.key}other`), keyOf(3).includes(`${kit.key}other`)], [false, true], {
        at: "two providers with a key each",
      });
      await withVariable(auth.env, `${kit.key}env`, async () => {
        await kit.provider(site, { apiKey: undefined }).chat(kit.request());
        truth(keyOf(4).includes(`${kit.key}env`), `the key of ${auth.env}`, "another or none", {
          fact: { path: "auth.env", value: auth.env },
        });
        await kit.provider(site).chat(kit.request());
        truth(!keyOf(5).includes(`${kit.key}env`), "the option before the environment", "the key of the environment");
      });
    },
  },
  {
    id: "R27",
    level: "MUST",
    by: "requests",
    title: "a key that no header can carry is said before anything is sent",
    async run(kit) {
      for (const apiKey of [`${kit.key}\n`, `${kit.key}\u2028`, `${kit.key} `]) {
        const refused = await refusal(kit, kit.request(), { apiKey });
        same([refused && codeOf(refused.error), refused?.requests], ["invalid-key", 0], {
          at: `a key that ends in ${JSON.stringify(apiKey.slice(-1))}`,
        });
      }
    },
  },
  {
    id: "R28",
    level: "MUST",
    by: "requests",
    title: "a base URL through which a key or a prompt could leak is refused",
    async run(kit) {
      const bad = ["https://user:word@api.acme.test", "https://api.acme.test/#x", "ftp://api.acme.test", "nonsense"];
      if (kit.definition.auth !== "none") bad.push("http://api.acme.test/v1");
      for (const baseURL of bad) {
        const site = memorySite(kit.whole(kit.answer()));
        const run = async (): Promise<unknown> => kit.provider(site, { baseURL }).chat(kit.request());
        await kit.rejection(run(), "an error", baseURL);
        same(site.requests.length, 0, { at: baseURL });
      }
    },
  },
  {
    id: "R33",
    level: "MUST",
    by: "requests",
    title: "each call is one request, also when the same was asked before",
    async run(kit) {
      const site = memorySite((index) => kit.whole(kit.answer({ text: `answer ${index}` })));
      const provider = kit.provider(site);
      const texts = [await provider.chat(kit.request()), await provider.chat(kit.request())].map(({ text }) => text);
      same([texts, site.requests.length], [["answer 0", "answer 1"], 2]);
      const list = memorySite(kit.json(200, kit.wire.writeModels(["one"])));
      const listing = kit.provider(list);
      await listing.models();
      await listing.models();
      same(list.requests.length, 2, { at: "models" });
    },
  },
  {
    id: "R30",
    level: "SHOULD",
    by: "requests",
    title: "`fetch` is called with a text as URL, a plain object of headers, and a text as body",
    async run(kit) {
      const site = memorySite(kit.whole(kit.answer()));
      await kit.provider(site).chat(kit.request());
      const { url, init } = site.calls[0]!;
      const { headers, body } = init;
      same(
        [typeof url, Object.prototype.toString.call(headers), headers instanceof Headers, typeof body],
        ["string", "[object Object]", false, "string"],
      );
    },
  },
];

/** Runs with an environment variable set or away, and puts it back. */
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
