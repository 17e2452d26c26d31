import { type Definition } from "@llm-provider/core";
import { sourceOf } from "@llm-provider/core/internal";
import { decide } from "@llm-provider/core/rules";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  addToConfig,
  diagnose,
  explainEndpoint,
  liveNotes,
  printEndpoint,
  simulatePath,
  simulateRequest,
  targets,
  toEndpoint,
  type LibreChatEndpoint,
  type Target,
} from "@llm-provider/librechat";
import { definitions } from "./definitions.ts";

const byId = Object.fromEntries(definitions.map((definition) => [definition.id, definition]));
const exportOf = (id: string, target: Target = "0.8.8", keys: "env" | "user" = "env"): LibreChatEndpoint =>
  toEndpoint(byId[id]!, { target, keys });

describe.each(definitions.map((definition) => [definition.id, definition] as const))("%s", (id, definition) => {
  const variants = (Object.keys(targets) as Target[]).flatMap((target) =>
    (["env", "user"] as const).map((keys) => ({ target, keys })),
  );

  it.each(variants)("the doctor finds nothing wrong in the export ($target, $keys)", (options) => {
    const endpoint = toEndpoint(definition, options);
    const { text } = addToConfig("", { endpoint }, { target: options.target });
    const found = diagnose(text, { definitions, target: options.target });
    // Issue 17, item 1: LibreChat in Docker cannot reach a server on the host's localhost, which gives a remark.
    const isLocal = new URL(endpoint.baseURL).hostname === "localhost";
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual(isLocal ? [["base-url", "info"]] : []);
    expect(parse(text).endpoints.custom).toEqual([endpoint]);
    expect(parse(text).version).toBe(targets[options.target].configVersion);
  });

  it.each(variants)("every line has a fact and a dated source ($target, $keys)", (options) => {
    const endpoint = toEndpoint(definition, options);
    const lines = explainEndpoint(definition, options);
    const explained = new Set(lines.map(({ path }) => JSON.stringify(path)));
    expect(explained.size).toBe(lines.length);
    for (const path of lineKeys(endpoint)) expect(explained, path).toContain(path);
    for (const { path, fact, source } of lines) {
      expect(fact, path.join(".")).toMatch(/\.$|^.* Make a key at https:\S+$/);
      expect(source.url).toMatch(/^https:\/\//);
      if (source.asOf !== undefined) expect(source.asOf).toMatch(/^2026-\d\d-\d\d$/);
    }
    const printed = printEndpoint(endpoint, { lines });
    expect(parse(printed).endpoints.custom).toEqual([endpoint]);
    expect(printed.match(/^ *(- )?# /gm)!.length).toBe(lines.length * 2);
  });

  it("windows and prices match the catalogue", () => {
    const { tokenConfig = {} } = exportOf(id);
    for (const [model, own] of Object.entries(definition.models)) {
      // design.md: an alias has the window, price and features of its model.
      const { context, price, retired, features } = { ...(own.aliasOf && definition.models[own.aliasOf]), ...own };
      const rates = tokenConfig[model];
      // LibreChat reads OpenRouter's list live, but not if we export one.
      if (context === undefined || retired || features?.includes("embeddings") || id === "openrouter") {
        expect(rates, model).toBeUndefined();
        continue;
      }
      expect(rates, model).toEqual({
        context,
        prompt: price?.input ?? 0,
        completion: price?.output ?? 0,
        ...(price?.cached !== undefined && { cacheRead: price.cached }),
        ...(price?.cacheWrite !== undefined && { cacheWrite: price.cacheWrite }),
      });
    }
  });

  it("the sources of all its models were read within 60 days", () => {
    const days = Object.values(definition.models).map(({ source }) => Date.parse(sourceOf(definition, source).asOf!));
    for (const day of days) expect(newest - day).toBeLessThanOrEqual(60 * 24 * 60 * 60 * 1000);
  });

  it.each(Object.keys(targets) as Target[])("no refused parameter is on the wire (%s)", (target) => {
    const endpoint = toEndpoint(definition, { target, keys: "env" });
    for (const model of endpoint.models.default.map(String)) {
      for (const effort of [undefined, "none", "low", "high"]) {
        const parameters = { ...everything, model, reasoning_effort: effort };
        const body = simulateRequest(endpoint, parameters, { target });
        // The web search of /responses is not a tool of Chat Completions, which gpt-6-astra refuses (issue 16, kind 1).
        if (simulatePath(endpoint, parameters, { target }) === "/responses") delete body["tools"];
        const rejected = decide(definition, { ...body, model, messages: [] }).filter(
          ({ rule }) => rule && "rejected" in rule,
        );
        expect(rejected, model).toEqual([]);
      }
    }
  });

  it("no value is a key", () => {
    const { apiKey, headers = {} } = exportOf(id);
    expect(apiKey).toMatch(definition.auth === "none" ? /^ollama$/ : /^\$\{[A-Z_]+\}$/);
    for (const value of Object.values(headers)) expect(value).toMatch(/^(\w+ )?\$\{[A-Z_]+\}$/);
  });
});

const newest = Math.max(
  ...definitions.flatMap((definition) =>
    Object.values(definition.models).map(({ source }) => Date.parse(sourceOf(definition, source).asOf!)),
  ),
);

/** Every setting of LibreChat's side panel. */
const everything = {
  temperature: 0.7,
  top_p: 0.9,
  frequency_penalty: 0.5,
  presence_penalty: 0.5,
  max_tokens: 1000,
  stop: ["END"],
  web_search: true,
};

/** The path to each line: list items, models of tokenConfig, and the other values. */
function lineKeys(value: object, path: readonly (string | number)[] = []): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    const isOneLine = typeof inner !== "object" || inner === null || path[0] === "tokenConfig";
    return isOneLine ? [JSON.stringify(here)] : lineKeys(inner as object, here);
  });
}

it("uses LibreChat's own names, so that icons and stored keys match", () => {
  expect(Object.keys(byId).map((id) => exportOf(id).name)).toEqual([
    "Deepseek",
    "Fireworks",
    "groq",
    "Mistral",
    "Ollama",
    "OpenAI",
    "OpenRouter",
    "xai",
  ]);
});

it("names OpenRouter's key so that it does not re-route LibreChat's own OpenAI endpoint", () => {
  expect(exportOf("openrouter").apiKey).toBe("${OPENROUTER_KEY}");
  expect(exportOf("openrouter").models.fetch).toBe(true);
});

it("drops parameters in the spelling that works", () => {
  const { dropParams = [] } = exportOf("openai");
  expect(dropParams).toEqual(expect.arrayContaining(["frequency_penalty", "frequencyPenalty", "temperature"]));
  expect(exportOf("mistral").dropParams).toEqual(["user", "web_search", "useResponsesApi"]);
});

it("writes a pacing other than 0 for v0.8.7, which ignores 0", () => {
  expect(exportOf("groq", "0.8.7").streamRate).toBe(1);
  expect(exportOf("groq", "0.8.8").streamRate).toBe(0);
});

it("lets each user enter a key", () => {
  for (const id of Object.keys(byId))
    expect(exportOf(id, "0.8.8", "user").apiKey).toBe(id === "ollama" ? "ollama" : "user_provided");
});

const acme = {
  ...byId["groq"]!,
  id: "acme",
  name: "Acme",
  auth: { env: "ACME_KEY", page: "https://acme.ai/keys", header: "x-api-key" },
  librechat: undefined,
} as Definition;

it("writes a key for a separate header into that header", () => {
  expect(toEndpoint(acme, { target: "0.8.8", keys: "env" })).toMatchObject({
    name: "Acme",
    apiKey: "${ACME_KEY}",
    headers: { "x-api-key": "${ACME_KEY}" },
  });
});

it("refuses a wire format that LibreChat does not support with a clear message", () => {
  // design.md, "Each fact has one reader": the definition contains what LibreChat needs, whatever the id.
  const { librechat: _, ...definition } = byId["ollama"]!;
  expect(() => toEndpoint(definition, { target: "0.8.8", keys: "env" })).toThrow(/speaks "ollama"\. Give LibreChat/);
});

it("writes no `reasoningKey`, because LibreChat's engine reads both names itself", () => {
  // Issue 17, item 1: with `reasoningKey`, the thoughts appeared below the answer.
  for (const definition of definitions)
    expect(JSON.stringify(toEndpoint(definition, { target: "0.8.8", keys: "env" }))).not.toContain("reasoningKey");
});

it("removes the panel's switch to /responses if the endpoint has no such path", () => {
  const source = ["https://docs.acme.ai/api", "2026-11-28"] as const;
  const missing = { ...acme, librechat: { responses: "missing", source } } as Definition;
  const served = { ...acme, librechat: { responses: "served", source } } as Definition;
  const [drops, others] = [missing, served].map((one) => toEndpoint(one, { target: "0.8.8", keys: "env" }).dropParams);
  expect(drops).toContain("useResponsesApi");
  expect(others).not.toContain("useResponsesApi");
  expect(explainEndpoint(missing, { target: "0.8.8", keys: "env" }).some(({ fact }) => /\/responses/.test(fact))).toBe(
    true,
  );
});

it("gives an alias the window and price of its model", () => {
  const models = {
    "acme-1": { context: 262_144, price: { input: 1, output: 2 }, source: "models" },
    "acme-latest": { aliasOf: "acme-1", source: "models" },
    "acme-cheap": { aliasOf: "acme-1", price: { input: 0.5, output: 1 }, source: "models" },
  };
  const sources = { ...acme.sources, models: ["https://docs.acme.ai/models", "2026-11-22"] };
  const definition = { ...acme, models, sources, smallModel: "acme-1" } as unknown as Definition;
  expect(toEndpoint(definition, { target: "0.8.8", keys: "env" }).tokenConfig).toEqual({
    "acme-1": { context: 262_144, prompt: 1, completion: 2 },
    "acme-latest": { context: 262_144, prompt: 1, completion: 2 },
    "acme-cheap": { context: 262_144, prompt: 0.5, completion: 1 },
  });
});

it("prints what was measured on a running LibreChat, and when", () => {
  for (const definition of definitions) {
    const endpoint = toEndpoint(definition, { target: "0.8.8", keys: "env" });
    const printed = printEndpoint(endpoint, { notes: liveNotes(definition) });
    expect(printed).toMatch(/# Measured on a running LibreChat v0\.8\.7[\s\S]*2026-11-28/);
    expect(parse(printed).endpoints.custom).toEqual([endpoint]);
  }
  expect(liveNotes(acme)).toEqual([expect.stringMatching(/^Acme does not take every "Reasoning Effort"/)]);
});
