import { expect, test } from "vitest";
import { configJsonSchema, readConfig } from "../src/index.ts";

const secret = "sk-secret-0123456789abcdef";
const problemsOf = async (text: string, env: Record<string, string> = { KEY: secret }): Promise<string[]> =>
  (await readConfig(text, env)).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

const models = `models:\n  fast: { targets: ["acme:a"] }\n`;

test("a configuration is read with its defaults, times and variables", async () => {
  const { config } = await readConfig(
    `version: 1
listen: 127.0.0.1:4100
clients:
  chat: { key: "\${KEY}", models: [fast] }
models:
  fast: { targets: ["acme:a", { to: "./own.mjs:b", key: "x\${KEY}", baseURL: "http://127.0.0.1:1/v1", weight: 3, forward: [X-User] }] }
timeouts: { headers: 1m30s, idle: 250ms }
`,
    { KEY: secret },
  );
  expect(config).toEqual({
    version: 1,
    listen: "127.0.0.1:4100",
    clients: { chat: { key: secret, models: ["fast"] } },
    models: {
      fast: {
        route: "order",
        targets: [
          { to: "acme:a", weight: 1, forward: [] },
          { to: "./own.mjs:b", key: `x${secret}`, baseURL: "http://127.0.0.1:1/v1", weight: 3, forward: ["x-user"] },
        ],
      },
    },
    timeouts: { headers: 90_000, firstContent: 20_000, idle: 250 },
    health: { failures: 3, of: 10, window: 60_000, open: 5000 },
    rounds: 2,
    store: { down: "serve" },
    log: "requests",
    // Issue 25: the inspector is on by default.
    inspector: true,
  });
});

test("a configuration is read with budgets, rates, a store and a cache", async () => {
  const { config } = await readConfig(
    `version: 1
${models}
store: redis://:pass@127.0.0.1:6379
holds: 2m
cache: { ttl: 10m }
log: none
clients:
  chat:
    key: \${KEY}
    perUser: X-User
    budget: { usd: 5, per: day }
    rate: { requests: 60, tokens: 200000, per: minute }`,
    { KEY: secret },
  );
  expect(config).toMatchObject({
    store: { url: "redis://:pass@127.0.0.1:6379", down: "serve" },
    holds: 120_000,
    cache: { ttl: 600_000, entries: 1000 },
    log: "none",
    clients: {
      chat: {
        perUser: "x-user",
        budget: { usd: 5, per: "day", unknown: "refuse" },
        rate: { requests: 60, tokens: 200_000, per: "minute" },
      },
    },
  });
  const { config: strict } = await readConfig(`version: 1\n${models}\nstore: { url: redis://r, down: refuse }`, {});
  expect(strict?.store).toEqual({ url: "redis://r", down: "refuse" });
  const { config: memory } = await readConfig(`version: 1\n${models}\nstore: memory`, {});
  expect(memory?.store).toEqual({ down: "serve" });
});

test.each([
  ["store: http://127.0.0.1", /^`store`: `memory`, or .*redis:\/\/127/],
  ["store: { url: redis://x, dowm: refuse }", /`dowm` is not a key of `store`. Did you mean `down`\?/],
  ["cache: { ttl: soon }", /`cache.ttl`: a time above 0 is expected/],
  [
    'clients: { a: { key: "${KEY}", budget: { per: day } } }',
    /`clients.a.budget`: a budget needs `usd`, `tokens` or both/,
  ],
  ['clients: { a: { key: "${KEY}", budget: { usd: -1, per: day } } }', /`clients.a.budget.usd`/],
  ['clients: { a: { key: "${KEY}", budget: { usd: 1, per: mont } } }', /Did you mean `month`\?/],
  ['clients: { a: { key: "${KEY}", budget: { usd: 1, per: day, unknown: tokens } } }', /give the budget `tokens` too/],
  ['clients: { a: { key: "${KEY}", rate: { per: day } } }', /a rate needs `requests`, `tokens` or both/],
  [
    'clients: { a: { key: "${KEY}", perUser: authorization } }',
    /A header that carries a key|a header that carries a key/,
  ],
])("`%s` is reported as a mistake", async (yaml, message) => {
  const { problems } = await readConfig(`version: 1\n${models}\n${yaml}`, { KEY: secret });
  expect(problems.map((one) => one.message).join("\n")).toMatch(message);
});

test.each<[string, string, string[]]>([
  [
    "an unknown key",
    `version: 1\nlistn: x\n${models}`,
    ["2:1 `listn` is not a key of the configuration. Did you mean `listen`?"],
  ],
  [
    "an unknown nested key",
    `version: 1\nmodels:\n  fast: { targets: [{ to: "a:b", wieght: 1 }] }\n`,
    ["3:34 `wieght` is not a key of `models.fast.targets[0]`. Did you mean `weight`?"],
  ],
  [
    "an unknown value",
    `version: 1\nmodels:\n  fast: { route: prise, targets: ["a:b"] }\n`,
    ["3:11 `models.fast.route` has a value that is not known. Did you mean `price`?"],
  ],
  ["no version", models, ["1:1 `version` is missing. Write `version: 1`."]],
  ["another version", `version: 2\n${models}`, ["1:1 `version` has a value that is not known. It is one of: 1."]],
  ["no models", "version: 1\n", ["1:1 `models` is missing."]],
  [
    "no target",
    `version: 1\nmodels: { fast: { targets: [] } }\n`,
    ["2:19 `models.fast.targets`: a model needs at least one target."],
  ],
  [
    "a target of the wrong type",
    `version: 1\nmodels: { fast: { targets: [5] } }\n`,
    ["2:29 `models.fast.targets[0]`: a target is written as `<provider>:<model>`, or as an object with `to`."],
  ],
  [
    "a time without a known unit",
    `version: 1\n${models}timeouts: { idle: 3 years }\n`,
    ["4:13 `timeouts.idle`: a time above 0 is expected, such as 30s or 500ms."],
  ],
  ["a text for a number", `version: 1\n${models}rounds: many\n`, ["4:1 `rounds`: it must be a number."]],
  [
    "more failures than requests",
    `version: 1\n${models}health: { failures: 3, of: 2 }\n`,
    ["4:11 `health.failures`: `failures` can be at most `of`."],
  ],
  [
    "a variable that is not set",
    `version: 1\n${models}clients: { a: { key: "\${NONE}" } }\n`,
    ["4:17 The environment variable NONE is not set."],
  ],
  [
    "a short key",
    `version: 1\n${models}clients: { a: { key: short } }\n`,
    ["4:17 `clients.a.key`: a key needs 16 characters or more: `openssl rand -hex 32` makes one."],
  ],
  [
    "one key for two clients",
    `version: 1\n${models}clients: { a: { key: "\${KEY}" }, b: { key: "\${KEY}" } }\n`,
    ["4:39 `b` and `a` have the same key. Give each client its own key, so that requests can be told apart."],
  ],
  [
    "an unknown model",
    `version: 1\n${models}clients: { a: { key: "\${KEY}", models: [fats] } }\n`,
    ["4:41 There is no model `fats`. Did you mean `fast`?"],
  ],
  [
    "a header that carries a key",
    `version: 1\nmodels: { fast: { targets: [{ to: "a:b", forward: [Authorization] }] } }\n`,
    ["2:52 `models.fast.targets[0].forward[0]`: a header that carries a key is never forwarded."],
  ],
  [
    "a header of the connection",
    `version: 1\nmodels: { fast: { targets: [{ to: "a:b", forward: [Host] }] } }\n`,
    ["2:52 `models.fast.targets[0].forward[0]`: a header of the connection or the body is never forwarded."],
  ],
  ["an invalid port", `version: 1\nlisten: 127.0.0.1:99999\n${models}`, ["2:1 `listen`: a port is at most 65535."]],
  [
    "a list for a model",
    `version: 1\nmodels: { fast: ["a:b"] }\n`,
    ["2:11 `models.fast`: it must have keys of its own: route, targets."],
  ],
  ["a list of models", `version: 1\nmodels: ["a:b"]\n`, ["2:1 `models`: it must be names, each with its own keys."]],
  [
    "an empty model",
    `version: 1\nmodels: { fast: }\n`,
    ["2:11 `models.fast`: it must have keys of its own: route, targets."],
  ],
  [
    "a text for a list",
    `version: 1\nmodels: { fast: { targets: "a:b" } }\n`,
    ["2:19 `models.fast.targets`: it must be a list."],
  ],
  [
    "a text for the timeouts",
    `version: 1\n${models}timeouts: 30s\n`,
    ["4:1 `timeouts`: it must have keys of its own: headers, firstContent, idle."],
  ],
  [
    "a port without a host",
    `version: 1\nlisten: 4100\n${models}`,
    ["2:1 `listen`: an address such as 127.0.0.1:4100 is expected."],
  ],
  [
    "a host without a port",
    `version: 1\nlisten: localhost\n${models}`,
    ["2:1 `listen`: an address such as 127.0.0.1:4100 is expected."],
  ],
  [
    "a version in quotes",
    `version: "1"\n${models}`,
    ["1:1 `version` has a value that is not known. It is one of: 1, without quotes."],
  ],
  ["a number that is too small", `version: 1\n${models}rounds: 0\n`, ["4:1 `rounds`: it must be 1 or more."]],
  ["a number that is too large", `version: 1\n${models}rounds: 11\n`, ["4:1 `rounds`: it must be 10 or less."]],
  ["an empty name", `version: 1\nmodels: { "": { targets: ["a:b"] } }\n`, ['2:11 `models.""`: a name is missing.']],
  [
    "an alias that contains itself",
    "version: 1\nmodels: &a { fast: *a }\n",
    ["1:1 The file cannot be read: it is nested too deeply."],
  ],
  ["a duplicate key", `version: 1\nversion: 1\n${models}`, ["2:1 Map keys must be unique."]],
  [
    "incomplete YAML",
    `version: 1\nmodels: { fast: [\n`,
    [
      "3:1 Flow sequence in block collection must be sufficiently indented and end with a ].",
      "3:1 Flow map in block collection must be sufficiently indented and end with a }.",
    ],
  ],
  ["a list", "- 1\n", ["1:1 A configuration consists of keys. Begin with `version: 1`."]],
  ["an empty file", "", ["1:1 A configuration consists of keys. Begin with `version: 1`."]],
])("%s is reported with its position", async (_, text, problems) => {
  expect(await problemsOf(text)).toEqual(problems);
});

test("every mistake is reported, in the order of the lines", async () => {
  const problems = await problemsOf(
    `version: 1\nlistn: x\nmodels:\n  a: { targets: [] }\n  b: { route: x, targets: ["a:b"] }\nrounds: 0\n`,
  );
  expect(problems.map((one) => one.split(":")[0])).toEqual(["2", "4", "5", "6"]);
});

test("no reported mistake contains a secret", async () => {
  const texts = [
    `version: 1\n${models}clients: { a: { key: "\${KEY} with spaces" } }\nlisten: "\${KEY}"\nrounds: "\${KEY}"\n`,
    `version: "\${KEY}"\nmodels: { fast: { route: "\${KEY}", targets: [{ to: "a:b", baseURL: "\${KEY}" }] } }\n`,
  ];
  for (const text of texts) expect((await problemsOf(text)).join("\n")).not.toContain(secret.slice(10, 18));
});

test("endless aliases are refused at once", async () => {
  const lines = Array.from(
    { length: 12 },
    (_, i) => `k${i}: &a${i} [${Array.from({ length: 10 }, () => (i === 0 ? "x" : `*a${i - 1}`)).join(",")}]`,
  );
  const before = performance.now();
  expect((await problemsOf(`version: 1\n${lines.join("\n")}\n`))[0]).toContain("cannot be read");
  expect(performance.now() - before).toBeLessThan(1000);
});

test("the JSON Schema contains every key", async () => {
  const schema = (await configJsonSchema()) as { properties: object; required: string[] };
  expect(Object.keys(schema.properties)).toEqual([
    "version",
    "listen",
    "clients",
    "models",
    "timeouts",
    "health",
    "rounds",
    "store",
    "holds",
    "cache",
    "log",
    "inspector",
  ]);
  expect(schema.required).toEqual(["version", "models"]);
});
