// Planted faults of this tool. A check of the contract suite catches each of them with the cassettes of this folder.
import type { ToolOptions } from "@llm-provider/core";
import { loadCassettes } from "@llm-provider/testing";
import { weaviate } from "@llm-provider/weaviate";
import { expect, test } from "vitest";
import { toolChecks } from "../../testing/src/tool/tool-checks.ts";
import { type AnyToolFactory, createToolKit } from "../../testing/src/tool/tool-kit.ts";
import { expectedOutcomes, outcomesOf } from "./outcomes.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- parsed JSON
type Parsed = any;
type Sent = { url: string; headers: Record<string, string>; body: string };

const cassettes = loadCassettes(new URL("./cassettes/", import.meta.url));

/** The tool with changed requests. */
function sending(change: (sent: Sent) => Partial<Sent>): AnyToolFactory {
  return wrapped((options) => ({
    ...options,
    fetch: (url, init = {}) => {
      const headers = Object.fromEntries(new Headers(init.headers));
      const sent = { url, headers, body: String(init.body ?? "") };
      const { url: to, headers: others, body } = { ...sent, ...change(sent) };
      return options.fetch!(to, { ...init, headers: others, ...(init.body !== undefined && { body }) });
    },
  }));
}

/** The tool with changed answers. */
function receiving(change: (status: number, body: Parsed) => { status?: number; body?: unknown }): AnyToolFactory {
  return wrapped((options) => ({
    ...options,
    fetch: async (url, init) => {
      const response = await options.fetch!(url, init);
      const text = await response.text();
      let given: unknown;
      try {
        given = JSON.parse(text);
      } catch {
        return new Response(text, { status: response.status });
      }
      const { status = response.status, body = given } = change(response.status, given);
      return new Response(JSON.stringify(body), { status });
    },
  }));
}

function wrapped(change: (options: ToolOptions) => ToolOptions): AnyToolFactory {
  return Object.assign((options: ToolOptions = {}) => weaviate(change(options)), { definition: weaviate.definition });
}

function reading(
  change: (error: Error & { code: string; body?: unknown; retryable: boolean }) => void,
): AnyToolFactory {
  return Object.assign(
    (options: ToolOptions = {}) => {
      const tool = weaviate(options);
      const execute: typeof tool.execute = (input, own) =>
        tool.execute(input, own).catch((error: unknown) => {
          const copy = Object.create(error as object, {
            code: { value: (error as { code: string }).code, writable: true },
          }) as Parameters<typeof change>[0];
          change(copy);
          throw copy;
        });
      return { ...tool, execute };
    },
    { definition: weaviate.definition },
  );
}

const edit = (change: (body: Parsed) => unknown) => (sent: Sent) =>
  sent.body === "" ? {} : { body: JSON.stringify(change(JSON.parse(sent.body))) };
const without = (field: string) => edit((body) => ({ ...body, [field]: undefined }));
const query = (from: RegExp, to: string) =>
  edit((body) => (String(body.query).startsWith("{ Get") ? { query: body.query.replace(from, to) } : body));

const faults: readonly (readonly [does: string, caughtBy: string, tool: AnyToolFactory])[] = [
  ["leaves the tenant out over REST", "sends-recorded-requests", sending(without("tenant"))],
  ["leaves the conditions out over REST", "sends-recorded-requests", sending(without("where"))],
  ["leaves alpha out", "sends-recorded-requests", sending(without("alpha"))],
  ["leaves the limit out", "sends-recorded-requests", sending(without("limit"))],
  ["does not request the score", "sends-recorded-requests", sending(without("returnMetadata"))],
  ["leaves the conditions out over GraphQL", "sends-recorded-requests", sending(query(/where: .*?, limit/, "limit"))],
  ["joins the conditions with Or", "sends-recorded-requests", sending(query(/operator: And/, "operator: Or"))],
  ["quotes an operator", "sends-recorded-requests", sending(query(/operator: And/, 'operator: "And"'))],
  [
    "searches another collection",
    "sends-recorded-requests",
    sending(({ url }) => ({ url: url.replace("Article", "Secret") })),
  ],
  ["sends requests without `/v1`", "sends-recorded-requests", sending(({ url }) => ({ url: url.replace("/v1", "") }))],
  [
    "sends the key in another header",
    "sends-recorded-requests",
    sending(({ headers: { authorization, ...headers } }) => ({
      headers: { ...headers, "x-api-key": authorization ?? "" },
    })),
  ],
  [
    "sends the key in the URL as well",
    "sends-recorded-requests",
    sending(({ url, headers }) => ({ url: `${url}?key=${headers["authorization"]?.slice(7)}` })),
  ],
  [
    "searches by bm25 instead of hybrid",
    "sends-recorded-requests",
    sending(({ url }) => ({ url: url.replace("/hybrid", "/bm25") })),
  ],
  [
    "overlooks `errors` inside a 200",
    "outcomes",
    receiving((_, { errors, ...body }) => ({ body: errors ? { data: { Get: { Article: [] } } } : body })),
  ],
  [
    "mistakes a refusal for an answer",
    "reads-recorded-answers",
    receiving((status, body) =>
      status === 422 ? { status: 200, body: { data: { Get: { Article: [] } } } } : { body },
    ),
  ],
  [
    "reads 401 as a wrong request",
    "reads-refusals",
    reading((error) => void (error.code = error.code === "invalid-key" ? "invalid-request" : error.code)),
  ],
  [
    "reads 403 as a wrong key",
    "throws-provider-errors",
    reading((error) => Object.defineProperty(error, "provider", { value: "other" })),
  ],
];

test.each(faults)("a tool that %s is caught by %s", async (_, caughtBy, tool) => {
  if (caughtBy === "outcomes") return expect(await outcomesOf(tool, cassettes)).not.toEqual(expectedOutcomes);
  const check = toolChecks.find(({ name }) => name === caughtBy)!;
  await expect(Promise.resolve().then(() => check.run(createToolKit(tool, cassettes)))).rejects.toThrow();
});
