import { chatCompletions } from "@llm-provider/core";
import { checkDefinition, checkToolDefinition } from "@llm-provider/core/check";
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

/** Returns the valid definition with another value at one dotted path. */
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
  it("finds no problem in a valid definition", () => {
    expect(checkDefinition(sound)).toEqual([]);
    expect(checkDefinition(changed("parameters.temperature.0.range", [16, Infinity]))).toEqual([]);
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
    [
      "smallModel",
      "acme-3",
      "smallModel",
      /^"acme-3" is not among `models` \(.*"acme-1"\).*src\/<id>\.ts.*src\/models\.ts/,
    ],
    ["smallModel", "acme-1", "smallModel", /retired/],
    ["models.acme-2.context", 1.5, "models.acme-2.context", /whole numbers/],
    ["models.acme-2.maxOutput", 2000, "models.acme-2.maxOutput", /more tokens than its context window/],
    ["models.acme-2.price.input", -1, "models.acme-2.price.input", /not below 0/],
    ["models.acme-2.source", "pricing", "models.acme-2.source", /not a key of `sources`/],
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
    // Dates must not be in the future, and a rule's `models` must match a model.
    ["sources.docs", ["https://acme.example/docs", "2027-13"], "sources.docs.1", /YYYY-MM-DD/],
    ["sources.docs", ["https://acme.example/docs", "2999-01-01"], "sources.docs", /in the future/],
    ["models.acme-2.source", ["https://acme.example/docs", "2999-01-01"], "models.acme-2.source", /in the future/],
    ["parameters.temperature.0.source", "nowhere", "parameters.temperature.0.source", /not a key of `sources`/],
    ["parameters.temperature.0.range", [-Infinity, Infinity], "parameters.temperature.0.range", /at least one end/],
    ["parameters.temperature.0.range", [Infinity, 2], "parameters.temperature.0.range.0", /./],
    ["parameters.seed.models", /^other-/, "parameters.seed.models", /matches no model/],
    ["parameters.seed.models", ["acme-2", "acme-3"], "parameters.seed.models", /"acme-3" is not among/],
    ["parameters.seed.models", [], "parameters.seed.models", /never applies/],
    ["auth.env", "DATABASE_URL", "auth.env", /looks like a key/],
    ["auth.header", "x key", "auth.header", /lower case/],
    ["auth.scheme", "Bearer\nX", "auth.scheme", /one word/],
    ["models.acme-3", { aliasOf: "acme-1", source: "docs" }, "models.acme-3.aliasOf", /retired/],
  ])("%s = %j is a problem at %s", (path, value, where, message) => {
    const problems = checkDefinition(changed(path, value));
    expect(problems.map((problem) => problem.path)).toContain(where);
    expect(problems.find((problem) => problem.path === where)?.message).toMatch(message);
  });

  it.each([
    ["tools", { tools: { rejected: 400, source: "docs" } }, "parameters.tools"],
    ["json", { response_format: { rejected: 400, source: "docs" } }, "parameters.response_format"],
    [
      "schema",
      { response_format: [{ rejected: 400, when: { "response_format.type": "json_schema" }, source: "docs" }] },
      "parameters.response_format.0",
    ],
    ["images", { messages: { rejected: 400, source: "docs" } }, "parameters.messages"],
  ])("finds a model with the feature %s whose parameter a rule rejects", (feature, parameters, path) => {
    const definition = changed("models.acme-2.features", [feature]) as object;
    expect(checkDefinition(definition)).toEqual([]);
    const problems = checkDefinition({ ...definition, parameters });
    expect(problems.map((one) => one.path)).toEqual(["models.acme-2.features"]);
    expect(problems[0]!.message).toContain(`The model has "${feature}", and \`${path}\` says`);
  });

  it.each([
    ["rejected", { rejected: 400, source: "docs" }],
    ["renamed", { renamed: "random_seed", source: "docs" }],
  ])("finds a parameter that is both known and %s", (says, rule) => {
    const known = { rejected: 422, known: ["seed", "temperature"], source: "docs" };
    const definition = { ...sound, parameters: { seed: rule }, unknownParameters: known };
    const [problem, ...more] = checkDefinition(definition);
    expect([problem?.path, more]).toEqual(["unknownParameters.known", []]);
    expect(problem!.message).toContain(`"seed" is listed here, and \`parameters.seed\` says that it is ${says}`);
    expect(checkDefinition({ ...definition, parameters: { seed: { ...rule, models: ["acme-2"] } } })).toEqual([]);
  });

  it("requires a feature's parameter to be a known name", () => {
    const definition = changed("models.acme-2.features", ["tools"]) as object;
    const unknownParameters = { rejected: 422, known: ["temperature"], source: "docs" };
    expect(checkDefinition({ ...definition, unknownParameters })[0]!.message).toContain(
      "`tools` is not in `unknownParameters.known`",
    );
  });

  it("never repeats a key that was pasted in place of a name", () => {
    const key = "sk-proj-Zq8XvN3tLw5RkJ7yHd2Bf9GmZq8XvN3tLw5RkJ7yHd2Bf9Gm";
    for (const path of ["auth.env", "auth.header", "auth.scheme", "smallModel", key]) {
      const problems = checkDefinition(changed(path, key));
      expect(problems).not.toEqual([]);
      expect(JSON.stringify(problems)).not.toContain(key.slice(8, 16));
    }
  });

  it("accepts any value and reports what is wrong with it", () => {
    for (const value of [undefined, null, "acme", 1, []]) expect(checkDefinition(value)).toHaveLength(1);
  });
});

describe("checkToolDefinition", () => {
  const tool = {
    id: "look-up",
    name: "look_up",
    description: "Looks things up.",
    docs: "https://lookup.example/docs",
    baseURL: "https://lookup.example",
    auth: { env: "LOOK_UP_API_KEY", page: "https://lookup.example/keys" },
    input: { "~standard": { version: 1, vendor: "hand", validate: (value: unknown) => ({ value }) } },
    execute: async () => "",
    toText: String,
  };

  it("finds no problem in a valid tool", () => expect(checkToolDefinition(tool)).toEqual([]));

  it.each([
    [{ baseURL: "http://lookup.example" }, "baseURL", /https/],
    [{ docs: "lookup" }, "docs", /web address/],
    [{ name: "look up" }, "name", /letters/],
    [{ auth: { ...tool.auth, env: "DATABASE_URL" } }, "auth.env", /looks like a key/],
    [{ input: {} }, "input", /Standard Schema/],
    [{ excute: 1 }, "", /excute/],
  ])("%j is a problem at %s", (change, path, message) => {
    const [problem, ...more] = checkToolDefinition({ ...tool, ...change });
    expect([problem?.path, more]).toEqual([path, []]);
    expect(problem!.message).toMatch(message);
  });
});
