import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type ChatEvent,
  type ChatRequest,
  type ChatStream,
  type Provider,
  ProviderError,
  type ProviderFactory,
  type ProviderOptions,
} from "@llm-provider/core";
import { record, runSuite } from "@llm-provider/testing";
import { afterAll, expect, test } from "vitest";
import { resources } from "../src/resources.ts";
import { writePackage } from "../src/write/write-package.ts";
import { combinations } from "./combinations.ts";

// Tests the contract suite of a fresh package: its provider gets a fault, and the suite must name the fault.
const folder = fileURLToPath(new URL(`../.tmp/faults-${process.pid}/acme/`, import.meta.url));
const { context } = combinations("provider").find(({ name }) => name === "docs")!;
await writePackage(folder, context, resources());
// States features as an author would after reading the page, because the scaffolder invents none (issue 19) and some faults need tools.
const models = join(folder, "src/models.ts");
const stated = '{ features: ["tools", "json"], source: "docs" }';
writeFileSync(models, readFileSync(models, "utf8").replace(": {},", `: ${stated},`));
const generated = ((await import(join(folder, "src/index.ts"))) as { [name: string]: ProviderFactory })[
  context.exportName
]!;
await record(generated, { cassettes: join(folder, "test/cassettes"), live: false });
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

type Fetch = NonNullable<ProviderOptions["fetch"]>;

/** A factory whose providers are faulty. */
const withFault = (wrap: (provider: Provider, options: ProviderOptions) => Provider): ProviderFactory =>
  Object.assign((options: ProviderOptions = {}) => wrap(generated(options), options), {
    definition: generated.definition,
  });

const withFetch = (change: (send: Fetch) => Fetch): ProviderFactory =>
  withFault((_, options) =>
    generated({ ...options, fetch: change(options.fetch ?? ((url, init) => fetch(url, init))) }),
  );

/** The events of a stream, filtered. */
function filtered(stream: ChatStream, keep: (events: ChatEvent[]) => ChatEvent[]): ChatStream {
  return {
    async *[Symbol.asyncIterator]() {
      const events: ChatEvent[] = [];
      for await (const event of stream) events.push(event);
      yield* keep(events);
    },
    get result() {
      return stream.result;
    },
  };
}

const withoutSystem = (request: ChatRequest): ChatRequest => ({
  ...request,
  messages: request.messages.filter(({ role }) => role !== "system"),
});

const faults: { [name: string]: { factory: ProviderFactory; named: string } } = {
  "the key goes out under another header": {
    named: "sends-key-in-its-header",
    factory: withFetch((send) => (url, init) => {
      const { authorization, ...headers } = init.headers as { [name: string]: string };
      return send(url, { ...init, headers: { ...headers, "x-api-key": authorization ?? "" } });
    }),
  },
  "the system message is dropped": {
    named: "sends-every-message",
    factory: withFault((provider) => ({
      ...provider,
      chat: (request, options) => provider.chat(withoutSystem(request), options),
      stream: (request, options) => provider.stream(withoutSystem(request), options),
      prepare: (request) => provider.prepare(withoutSystem(request)),
    })),
  },
  "a tool call is lost": {
    named: "reads-tool-calls",
    factory: withFault((provider) => ({
      ...provider,
      chat: async (request, options) => ({ ...(await provider.chat(request, options)), toolCalls: [] }),
    })),
  },
  "the last delta is lost": {
    named: "streams-all-text",
    factory: withFault((provider) => ({
      ...provider,
      stream: (request, options) =>
        filtered(provider.stream(request, options), (events) => {
          const last = events.findLastIndex(({ type }) => type === "text");
          return last < 0 ? events : events.toSpliced(last, 1);
        }),
    })),
  },
  "a cut stream ends cleanly": {
    named: "unfinished-stream-is-an-error",
    factory: withFetch((send) => async (url, init) => {
      const response = await send(url, init);
      if (!response.body || !response.headers.get("content-type")?.includes("event-stream")) return response;
      const reader = response.body.getReader();
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
          if (!done) return controller.enqueue(value!);
          controller.enqueue(new TextEncoder().encode("\n\ndata: [DONE]\n\n"));
          controller.close();
        },
        cancel: (reason) => reader.cancel(reason),
      });
      return new Response(body, response);
    }),
  },
  "a 429 is treated as an answer": {
    named: "maps-errors-to-codes",
    factory: withFetch((send) => async (url, init) => {
      const response = await send(url, init);
      return response.status === 429
        ? new Response(response.body, { status: 200, headers: response.headers })
        : response;
    }),
  },
  "the key appears in an error": {
    named: "errors-hide-the-key",
    factory: withFault((provider, { apiKey }) => ({
      ...provider,
      chat: (request, options) =>
        provider.chat(request, options).catch((error: ProviderError) => {
          throw new ProviderError(`${error.message} (key ${String(apiKey)})`, error);
        }),
    })),
  },
  "an abort is ignored": {
    named: "aborted-calls-send-nothing",
    factory: withFault((provider) => ({
      ...provider,
      chat: (request) => provider.chat(request),
      stream: (request) => provider.stream(request),
    })),
  },
  "usage is lost": {
    named: "reads-token-counts",
    factory: withFault((provider) => ({
      ...provider,
      chat: async (request, options) => ({ ...(await provider.chat(request, options)), usage: undefined }),
    })),
  },
  "a retry comes after the first event": {
    named: "never-retries-after-an-event",
    factory: withFault((provider) => ({
      ...provider,
      stream: (request, options) => ({
        async *[Symbol.asyncIterator]() {
          try {
            yield* provider.stream(request, options);
          } catch {
            yield* provider.stream(request, options);
          }
        },
        get result() {
          return provider.stream(request, options).result;
        },
      }),
    })),
  },
};

/** The messages of the failing checks: of the whole suite, or of the named check. */
async function complaints(factory: ProviderFactory, name?: string): Promise<(string | undefined)[]> {
  const { checks } = await runSuite(factory, {
    cassettes: join(folder, "test/cassettes"),
    only: name ? [name] : undefined,
  });
  return checks.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
}

test("without a fault the suite finds nothing", async () => {
  expect(await complaints(generated)).toEqual([]);
});

test.each(Object.entries(faults))("when %s, the check for it says so", async (_name, { factory, named }) => {
  expect(await complaints(factory, named)).toEqual([
    expect.stringMatching(new RegExp(`^${named} \\((MUST|SHOULD)\\) .+\n`)),
  ]);
});
