import { chatCompletions } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";

const sound = {
  id: "acme",
  name: "Acme",
  docs: "https://acme.example/docs",
  baseURL: "https://api.acme.example/v1",
  auth: { env: "ACME_API_KEY", page: "https://acme.example/keys" },
  sources: { docs: ["https://acme.example/docs", "2026-11-22"] },
  dialect: chatCompletions(),
  models: {
    "acme-2": { context: 1000, maxOutput: 100, price: { input: 1, output: 2 }, source: "docs" },
    "acme-1": { retired: { on: "2026-01-01", use: "acme-2" }, source: "docs" },
  },
  smallModel: "acme-2",
  parameters: {
    seed: { rejected: 400, source: "docs" },
    temperature: [{ range: [0, 2], source: ["https://acme.example/other", "2026-11-22"] }],
  },
  quirks: [{ name: "Chunks come twice.", source: "docs", chunk: (chunk: object) => chunk }],
  errors: [
    {
      status: 400,
      body: { "error.message": /unknown/ },
      code: "invalid-request",
      hint: "Fix it.",
      source: "docs",
      example: { error: { message: "unknown {parameter}" } },
    },
    { status: 400, code: "invalid-request", hint: "Fix it.", source: "docs" },
  ],
};

/** The sound definition with one field, named by its dotted path, set to another value. */
function changed(path: string, value: unknown): unknown {
  const keys = path.split(".");
  const last = keys.pop()!;
  const copy = { ...sound } as Record<string, unknown>;
  let place = copy;
  for (const key of keys) {
    const inner = place[key];
    const fresh = (Array.isArray(inner) ? [...inner] : { ...(inner as object) }) as Record<string, unknown>;
    place[key] = fresh;
    place = fresh;
  }
  place[last] = value;
  return copy;
}

describe("checkDefinition", () => {
  it("finds nothing wrong in a sound definition", () => {
    expect(checkDefinition(sound)).toEqual([]);
  });

  it.each([
    ["id", "Acme", "id", /lower-case/],
    ["baseURL", "http://api.acme.example", "baseURL", /only sent over https/],
    ["baseURL", "https://key@api.acme.example", "baseURL", /Leave user, password/],
    ["baseURL", "acme", "baseURL", /web address/],
    ["auth.env", "HOME", "auth.env", /looks like a key/],
    ["auth.page", "acme.example", "auth.page", /web address/],
    ["auth.header", "X-Key", "auth.header", /lower case/],
    ["dialect.encode", undefined, "dialect.encode", /function/],
    ["smallModel", "acme-3", "smallModel", /not among/],
    ["smallModel", "acme-1", "smallModel", /retired/],
    ["models.acme-2.context", 1.5, "models.acme-2.context", /whole numbers/],
    ["models.acme-2.maxOutput", 2000, "models.acme-2.maxOutput", /more than its window/],
    ["models.acme-2.price.input", -1, "models.acme-2.price.input", /not below 0/],
    ["models.acme-2.source", "pricing", "models.acme-2.source", /no key of `sources`/],
    ["models.acme-2.aliasOf", "acme-9", "models.acme-2.aliasOf", /not among/],
    ["models.acme-2.aliasOf", "acme-2", "models.acme-2.aliasOf", /alias itself/],
    ["models.acme-1.retired.use", "acme-9", "models.acme-1.retired.use", /not among/],
    ["models.acme-1.retired.use", "acme-1", "models.acme-1.retired.use", /retired itself/],
    ["models.acme-1.retired.on", "2026-13-01", "models.acme-1.retired.on", /YYYY-MM-DD/],
    ["sources.docs", ["https://acme.example/docs", "yesterday"], "sources.docs.1", /YYYY-MM-DD/],
    ["parameters.seed", { source: "docs" }, "parameters.seed", /exactly one/],
    ["parameters.seed", { rejected: 400, ignored: true, source: "docs" }, "parameters.seed", /exactly one/],
    ["parameters.seed", { rejected: 400 }, "parameters.seed.source", /source is a key/],
    ["parameters.seed", { rejected: 500, source: "docs" }, "parameters.seed.rejected", /400 to 499/],
    ["parameters.seed", { renamed: "seed", source: "docs" }, "parameters.seed", /renamed to itself/],
    ["parameters.seed", { conflictsWith: ["seed"], source: "docs" }, "parameters.seed", /conflict with itself/],
    ["parameters.seed", { rejected: 400, models: /acme/g, source: "docs" }, "parameters.seed.models", /flags g and y/],
    ["parameters.temperature", [{ range: [2, 0], source: "docs" }], "parameters.temperature.0.range", /first number/],
    ["quirks.0.name", "double chunks", "quirks.0.name", /sentence/],
    ["quirks.0.chunk", undefined, "quirks.0", /does something/],
    ["errors.0.code", "bad", "errors.0.code", /invalid-request/],
    ["errors.0.hint", "", "errors.0.hint", /empty/],
    ["errors.0.example", { error: { message: "no" } }, "errors.0.example", /does not match/],
    ["errors.0.body", undefined, "errors.1", /comes first/],
    ["limits", { waitText: /in \d+s/ }, "limits.waitText", /group/],
    ["metadata", ["header:X-Time"], "metadata.0", /lower case/],
    ["temprature", 1, "", /temprature/],
  ])("%s = %j: names %s", (path, value, where, message) => {
    const problems = checkDefinition(changed(path, value));
    expect(problems.map((problem) => problem.path)).toContain(where);
    expect(problems.find((problem) => problem.path === where)?.message).toMatch(message);
  });

  it("takes any value at all, and says what it is not", () => {
    for (const value of [undefined, null, "acme", 1, []]) expect(checkDefinition(value)).toHaveLength(1);
  });
});
