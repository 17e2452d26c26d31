import { defineTool, ProviderError, type ToolOptions } from "@llm-provider/core";
import type { Cassettes } from "../../src/index.ts";
import type { AnyToolFactory } from "../../src/tool/tool-kit.ts";
import { lookUp } from "../fixtures/look-up.ts";

/** One planted fault of a tool, and the check that must catch it. */
export type ToolFault = {
  does: string;
  caughtBy: string;
  wrap?: (factory: AnyToolFactory) => AnyToolFactory;
  cassettes?: (cassettes: Cassettes) => Cassettes;
};

function wrapped(
  change: (tool: ReturnType<AnyToolFactory>, options: ToolOptions) => ReturnType<AnyToolFactory>,
): ToolFault["wrap"] {
  return (factory) =>
    Object.assign((options: ToolOptions = {}) => change(factory(options), options), { definition: factory.definition });
}

function running(
  change: (
    execute: ReturnType<AnyToolFactory>["execute"],
    options: ToolOptions,
  ) => ReturnType<AnyToolFactory>["execute"],
): ToolFault["wrap"] {
  return wrapped((tool, options) => {
    const execute = change(tool.execute, options);
    return {
      ...tool,
      execute,
      call: async (text, own) =>
        lookUp.definition.toText((await execute(parse(text), own)) as never, {
          maxCharacters: options.maxCharacters ?? 20_000,
        }),
    };
  });
}

/** A bug of the tool's own throws in place of an error with this code. */
function crashingInside(code: ProviderError["code"]): ToolFault["wrap"] {
  const { definition } = lookUp;
  return () =>
    defineTool({
      ...definition,
      execute: (input, context) =>
        definition.execute(input, context).catch((error: ProviderError) => {
          throw error.code === code ? new TypeError("results is undefined") : error;
        }),
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderError("no JSON", { code: "tool-call-invalid", provider: "look-up" });
  }
}

type Sent = { url: string; method: string; headers: Record<string, string>; body?: string | undefined };

/** Sends a different request than the correct tool. */
function sending(change: (sent: Sent, key: string) => Partial<Sent>): ToolFault["wrap"] {
  return (factory) =>
    Object.assign(
      (options: ToolOptions = {}) =>
        factory({
          ...options,
          fetch: (url, init = {}) => {
            const headers = Object.fromEntries(new Headers(init.headers));
            const sent = { url, method: init.method ?? "GET", headers, body: init.body as string | undefined };
            const { url: to, ...rest } = { ...sent, ...change(sent, String(options.apiKey)) };
            return options.fetch!(to, { ...init, ...rest });
          },
        }),
      { definition: factory.definition },
    );
}

/** Maps a status to a different error. */
function reading(
  change: (error: ProviderError) => Partial<Pick<ProviderError, "code" | "retryable">>,
): ToolFault["wrap"] {
  return running(
    (execute) => (input, options) =>
      execute(input, options).catch((error: ProviderError) => {
        if (error.status === undefined) throw error;
        const { message, code, provider, status, retryable, body } = error;
        throw new ProviderError(message, { code, provider, status, retryable, body, ...change(error) });
      }),
  );
}

const withoutKey = ({ authorization: _key, ...headers }: Record<string, string>): Record<string, string> => headers;
const requestFaults: [does: string, change: Parameters<typeof sending>[0]][] = [
  ["asks another host", ({ url }) => ({ url: url.replace("lookup.test", "other.test") })],
  ["asks with another method", () => ({ method: "POST" })],
  ["asks another path", ({ url }) => ({ url: url.replace("/search", "/find") })],
  ["renames a parameter", ({ url }) => ({ url: url.replace("q=", "query=") })],
  ["leaves a parameter out", ({ url }) => ({ url: url.replace(/&limit=\d+/, "") })],
  ["sends a body that was not recorded", () => ({ method: "POST", body: "{}" })],
  ["sends another header", ({ headers }) => ({ headers: { ...headers, "x-version": "2" } })],
  [
    "sends the key in another header",
    ({ headers }, key) => ({ headers: { ...withoutKey(headers), "x-api-key": key } }),
  ],
  ["sends the key without its scheme", ({ headers }, key) => ({ headers: { ...headers, authorization: key } })],
  ["sends the key in the URL", ({ url, headers }, key) => ({ url: `${url}&key=${key}`, headers: withoutKey(headers) })],
  ["sends the key in the URL as well", ({ url }, key) => ({ url: `${url}&key=${key}` })],
  [
    "sends the key in the body",
    ({ headers }, key) => ({ method: "POST", headers: withoutKey(headers), body: JSON.stringify({ key }) }),
  ],
];
const readFaults: [does: string, change: Parameters<typeof reading>[0]][] = [
  ["reads 401 as forbidden", ({ status }) => (status === 401 ? { code: "forbidden" } : {})],
  ["reads 402 as a wrong request", ({ status }) => (status === 402 ? { code: "invalid-request" } : {})],
  ["reads 429 as a wrong request", ({ status }) => (status === 429 ? { code: "invalid-request" } : {})],
  ["does not let 429 be retried", ({ status }) => (status === 429 ? { retryable: false } : {})],
  ["reads 503 as a limit", ({ status }) => (status === 503 ? { code: "rate-limit" } : {})],
  ["does not let 500 be retried", ({ status }) => (status === 500 ? { retryable: false } : {})],
  ["lets a wrong request be retried", ({ status }) => (status === 400 ? { retryable: true } : {})],
];

const optionalKey = { env: "LOOK_UP_API_KEY", page: "https://lookup.test/keys", optional: true } as const;

export const toolFaults: readonly ToolFault[] = [
  ...requestFaults.map(([does, change]) => ({ does, caughtBy: "sends-recorded-requests", wrap: sending(change) })),
  ...readFaults.map(([does, change]) => ({ does, caughtBy: "reads-refusals", wrap: reading(change) })),
  {
    does: "does not pass an abort to its own fetch",
    caughtBy: "stops-when-asked",
    wrap: (factory) =>
      Object.assign(
        (options: ToolOptions = {}) =>
          factory({ ...options, fetch: (url, { signal: _signal, ...init } = {}) => options.fetch!(url, init) }),
        { definition: factory.definition },
      ),
  },
  {
    does: "reads its key from a variable of another secret",
    caughtBy: "tool-definition-is-sound",
    wrap: (factory) =>
      Object.assign((options: ToolOptions = {}) => factory(options), {
        definition: { ...factory.definition, auth: { env: "DATABASE_URL", page: "https://lookup.test/keys" } },
      }),
  },
  {
    does: "sends `undefined` in place of an optional key",
    caughtBy: "keeps-its-key-secret",
    wrap: () => defineTool({ ...lookUp.definition, auth: optionalKey }),
  },
  {
    does: "refuses to run without an optional key",
    caughtBy: "keeps-its-key-secret",
    wrap: (factory) =>
      Object.assign((options: ToolOptions = {}) => factory(options), {
        definition: { ...factory.definition, auth: optionalKey },
      }),
  },
  {
    does: "has a schema that is no object",
    caughtBy: "describes-itself",
    wrap: wrapped((tool) => ({
      ...tool,
      spec: { ...tool.spec, function: { ...tool.spec.function, parameters: { type: "string" } } },
    })),
  },
  {
    does: "takes any input",
    caughtBy: "checks-its-input",
    wrap: running(
      (execute) => (input, options) =>
        execute(
          {
            query: "any",
            ...(input as object),
            limit: 1,
            ...(typeof (input as { query?: unknown } | null)?.query !== "string" && { query: "any" }),
          },
          options,
        ),
    ),
  },
  {
    does: "swallows refusals",
    caughtBy: "reads-recorded-answers",
    wrap: running(
      (execute) => (input, options) =>
        execute(input, options).catch((error: ProviderError) =>
          error.code === "rate-limit" ? { results: [] } : Promise.reject(error),
        ),
    ),
  },
  {
    does: "repeats the key in errors",
    caughtBy: "keeps-its-key-secret",
    wrap: running(
      (execute, { apiKey }) =>
        (input, options) =>
          execute(input, options).catch((error: Error) =>
            Promise.reject(Object.assign(error, { asked: `https://lookup.test/?key=${String(apiKey)}` })),
          ),
    ),
  },
  {
    does: "ignores an abort",
    caughtBy: "stops-when-asked",
    wrap: running((execute) => (input, options) => execute(input, options?.signal?.aborted ? options : {})),
  },
  {
    does: "throws plain errors",
    caughtBy: "throws-provider-errors",
    wrap: running(
      (execute) => (input, options) =>
        execute(input, options).catch((error: ProviderError) =>
          Promise.reject(
            error.status
              ? Object.assign(new Error(error.message), { ...error, code: error.code, provider: error.provider })
              : error,
          ),
        ),
    ),
  },
  {
    does: "crashes on odd answers",
    caughtBy: "survives-odd-answers",
    wrap: running(
      (execute) => (input, options) =>
        execute(input, options).catch((error: ProviderError) =>
          Promise.reject(error.code === "invalid-response" ? new TypeError("results is undefined") : error),
        ),
    ),
  },
  {
    does: "crashes on odd answers inside, which core catches",
    caughtBy: "survives-odd-answers",
    wrap: crashingInside("invalid-response"),
  },
  { does: "crashes on a refusal inside", caughtBy: "reads-recorded-answers", wrap: crashingInside("rate-limit") },
  {
    does: "does not shorten a long text",
    caughtBy: "limits-its-text",
    wrap: wrapped((tool) => ({
      ...tool,
      call: async (text, options) => `${await tool.call(text, options)}${" ".repeat(100)}`,
    })),
  },
  {
    does: "gives a different output each time",
    caughtBy: "repeats-recorded-runs",
    wrap: running((execute) => async (input, options) => ({
      ...((await execute(input, options)) as object),
      at: Math.random(),
    })),
  },
  {
    does: "sends a different request than was recorded",
    // design.md, "Contract tests": a tool's requests have their own check.
    caughtBy: "sends-recorded-requests",
    wrap: running(
      (execute) => (input, options) =>
        execute(
          typeof (input as { limit?: unknown } | null)?.limit === "number" ? { ...(input as object), limit: 9 } : input,
          options,
        ),
    ),
  },
  {
    does: "gives the model another name",
    caughtBy: "works-with-a-model",
    wrap: wrapped((tool) => ({
      ...tool,
      call: (text, options) => tool.call(text, options),
      spec: {
        ...tool.spec,
        function: {
          ...tool.spec.function,
          get name() {
            return "look_up";
          },
          description: "Looks things up.",
          toJSON: () => ({ name: "other" }),
        } as never,
      },
    })),
  },
  {
    does: "records a person",
    caughtBy: "recordings-are-clean",
    cassettes: (all) => ({
      ...all,
      byScenario: new Map(
        [...all.byScenario].map(([name, cassette]) => [
          name,
          {
            ...cassette,
            interactions: cassette.interactions.map((one) => ({
              ...one,
              response: one.response.replace("More", "jane@lookup.test"),
            })),
          },
        ]),
      ),
    }),
  },
];
