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

  it.each(variants)("the export is a file that the doctor finds nothing wrong with ($target, $keys)", (options) => {
    const endpoint = toEndpoint(definition, options);
    const { text } = addToConfig("", { endpoint }, { target: options.target });
    const found = diagnose(text, { definitions, target: options.target });
    // Issue 17, item 1: a server on one's own machine is not reached from LibreChat in Docker, which is a remark.
    const isLocal = new URL(endpoint.baseURL).hostname === "localhost";
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual(isLocal ? [["base-url", "info"]] : []);
    expect(parse(text).endpoints.custom).toEqual([endpoint]);
    expect(parse(text).version).toBe(targets[options.target].configVersion);
  });

  it.each(variants)("every line has its fact and a dated source ($target, $keys)", (options) => {
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

  it("windows and prices are those of the catalogue", () => {
    const { tokenConfig = {} } = exportOf(id);
    for (const [model, own] of Object.entries(definition.models)) {
      // design.md: an alias has window, price and features of the model that it names.
      const { context, price, retired, features } = { ...(own.aliasOf && definition.models[own.aliasOf]), ...own };
      const rates = tokenConfig[model];
      // LibreChat reads OpenRouter's own list live, and would not with a list of ours.
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

  it("the sources of its models were all read within 60 days", () => {
    const days = Object.values(definition.models).map(({ source }) => Date.parse(sourceOf(definition, source).asOf!));
    for (const day of days) expect(newest - day).toBeLessThanOrEqual(60 * 24 * 60 * 60 * 1000);
  });

  it.each(Object.keys(targets) as Target[])("nothing that the endpoint refuses is on the wire (%s)", (target) => {
    const endpoint = toEndpoint(definition, { target, keys: "env" });
    for (const model of endpoint.models.default.map(String)) {
      for (const effort of [undefined, "none", "low", "high"]) {
        const parameters = { ...everything, model, reasoning_effort: effort };
        const body = simulateRequest(endpoint, parameters, { target });
        // The web search of /responses is none of the tools of Chat Completions, which gpt-6-astra refuses (issue 16, kind 1).
        if (simulatePath(endpoint, parameters, { target }) === "/responses") delete body["tools"];
        const rejected = decide(definition, { ...body, model, messages: [] }).filter(
          ({ rule }) => rule && "rejected" in rule,
        );
        expect(rejected, model).toEqual([]);
      }
    }
  });

  it("no value of it is a key", () => {
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

/** Everything that a person can set in LibreChat's side panel. */
const everything = {
  temperature: 0.7,
  top_p: 0.9,
  frequency_penalty: 0.5,
  presence_penalty: 0.5,
  max_tokens: 1000,
  stop: ["END"],
  web_search: true,
};

/** The way to each line: items of lists, models of tokenConfig, and the other values. */
function lineKeys(value: object, path: readonly (string | number)[] = []): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    const isOneLine = typeof inner !== "object" || inner === null || path[0] === "tokenConfig";
    return isOneLine ? [JSON.stringify(here)] : lineKeys(inner as object, here);
  });
}

it("LibreChat's own names, so that icons and stored keys fit", () => {
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

it("OpenRouter's key has the name that does not re-route LibreChat's own OpenAI endpoint", () => {
  expect(exportOf("openrouter").apiKey).toBe("${OPENROUTER_KEY}");
  expect(exportOf("openrouter").models.fetch).toBe(true);
});

it("what is dropped stands there in the spelling that works", () => {
  const { dropParams = [] } = exportOf("openai");
  expect(dropParams).toEqual(expect.arrayContaining(["frequency_penalty", "frequencyPenalty", "temperature"]));
  expect(exportOf("mistral").dropParams).toEqual(["user", "web_search", "useResponsesApi"]);
});

it("pacing: v0.8.7 does not read 0", () => {
  expect(exportOf("groq", "0.8.7").streamRate).toBe(1);
  expect(exportOf("groq", "0.8.8").streamRate).toBe(0);
});

it("each user's own key", () => {
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

it("a key that travels in a header of its own is named there", () => {
  expect(toEndpoint(acme, { target: "0.8.8", keys: "env" })).toMatchObject({
    name: "Acme",
    apiKey: "${ACME_KEY}",
    headers: { "x-api-key": "${ACME_KEY}" },
  });
});

it("a wire format that LibreChat does not speak is refused with a sentence", () => {
  // design.md, "Each fact has one reader": what LibreChat needs is in the definition, whatever the id.
  const { librechat: _, ...definition } = byId["ollama"]!;
  expect(() => toEndpoint(definition, { target: "0.8.8", keys: "env" })).toThrow(/speaks "ollama"\. Give LibreChat/);
});

it("writes no key for thoughts: LibreChat's engine reads both names by itself", () => {
  // Issue 17, item 1: with `reasoningKey`, the thoughts came below the answer.
  for (const definition of definitions)
    expect(JSON.stringify(toEndpoint(definition, { target: "0.8.8", keys: "env" }))).not.toContain("reasoningKey");
});

it("takes the panel's switch to /responses away where the endpoint has no such address", () => {
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

it("an alias has window and price of the model that it names", () => {
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

it("the printed block says what was measured on a running LibreChat, and when", () => {
  for (const definition of definitions) {
    const endpoint = toEndpoint(definition, { target: "0.8.8", keys: "env" });
    const printed = printEndpoint(endpoint, { notes: liveNotes(definition) });
    expect(printed).toMatch(/# Measured on a running LibreChat v0\.8\.7[\s\S]*2026-11-28/);
    expect(parse(printed).endpoints.custom).toEqual([endpoint]);
  }
  expect(liveNotes(acme)).toEqual([expect.stringMatching(/^Acme does not take every "Reasoning Effort"/)]);
});
