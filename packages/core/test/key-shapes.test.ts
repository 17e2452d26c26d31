import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { findKeys, firstKey, isKeyName, maskKeys } from "@llm-provider/core/internal";
import { keyShapes } from "../src/key-shapes.ts";
import { randomText, sampleKeys } from "./support/sample-keys.ts";

/** Places where keys occur. A bare key needs a name, and the second list has no names. */
const named: Readonly<Record<string, (key: string, name: string) => string>> = {
  "an env line": (key, name) => `# of 2026\nexport ${name}=${key}\nHOME=/root`,
  "a quoted env line": (key, name) => `${name}="${key}"`,
  JSON: (key, name) => JSON.stringify({ model: "x", [name]: key, n: 1 }),
  "JSON in JSON": (key, name) => JSON.stringify({ body: JSON.stringify({ [name]: key }) }),
  YAML: (key, name) => `endpoints:\n  ${name}: ${key}\n  name: x`,
  "camel-case YAML": (key) => `endpoint:\n  apiKey: '${key}' # ours`,
  "a header": (key) => `x-api-key: ${key}\r\naccept: */*`,
  "a list of headers": (key) => `["accept","*/*","x-api-key","${key}"]`,
  "a Bearer header": (key) => `{"authorization":"Bearer ${key}"}`,
  "a curl line": (key) => `curl https://api.acme.ai/v1/chat -H "Authorization: Bearer ${key}" -d '{}'`,
  "a query": (key) => `GET https://acme.ai/search?q=x&api_key=${key.replaceAll(/[+/]/g, "x")}&n=1`,
};
const anywhere: typeof named = {
  "a bare text": (key) => key,
  "a sentence": (key) => `Incorrect API key provided: ${key}. Find yours at https://acme.ai/keys.`,
  "an escaped line": (key) => JSON.stringify({ text: `Keys:\n${key}\n` }),
  "an encoded query": (key) => `/login?next=%2Fx%3Fk%3D${key.replaceAll(/[+/]/g, "x")}`,
  "a colored line": (key) => `\u001b[31m${key}\u001b[0m`,
  "a path": (key) => `https://acme.ai/v1/${key.replaceAll(/[+/]/g, "x")}?n=1`,
  "an id": (key) => `m-${key}`,
};

const rows = sampleKeys.flatMap((sample) =>
  Object.entries(sample.name === undefined ? { ...named, ...anywhere } : named).map(
    ([place, write]) =>
      [`${sample.vendor ?? "no vendor"} ${sample.prefix || sample.name}`, place, sample, write] as const,
  ),
);

test.each(rows)("%s in %s is found, masked and refused", (_title, _place, { vendor, prefix, key }, write) => {
  const name = sampleKeys.find((one) => one.key === key)?.name ?? "ACME_API_KEY";
  const text = write(key, name);
  const written = text.includes(key) ? key : key.replaceAll(/[+/]/g, "x");
  const found = findKeys(text);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([written]);
  // A bare key needs a name to reveal its vendor, and only some places have a name.
  if (prefix !== "" && vendor !== undefined && prefix !== "sk-") expect(found[0]!.vendor).toBe(vendor);
  if (text.includes(name)) expect(found[0]!.vendor).toBe(vendor);
  expect(firstKey(text)).toEqual(found[0]);

  const masked = maskKeys(text);
  expect(masked).toBe(text.replace(written, `[${found[0]!.label}]`));
  const secret = written.slice(prefix.length);
  for (let at = 0; at + 8 <= secret.length; at++) expect(masked).not.toContain(secret.slice(at, at + 8));
  expect(findKeys(masked)).toEqual([]);
});

test("every shape of the table has a sample or a test below", () => {
  const texts = rows.map(([, , { key, name = "ACME_API_KEY" }, write]) => write(key, name));
  const idle = keyShapes.filter(({ pattern }) => !texts.some((text) => text.search(pattern) >= 0));
  // The last is the Basic header.
  expect(idle.map(({ kind = "key" }) => kind)).toEqual(["token", "private key", "password", "key"]);
});

describe("secrets that are not API keys", () => {
  const jwt = ["eyJ", "eyJ", ""].map((head) => head + randomText(60, "url")).join(".");
  const pem = `-----BEGIN RSA PRIVATE KEY-----\n${randomText(64, "base64")}\n${randomText(64, "base64")}\n`;
  test.each([
    ["a JWT", `token ${jwt} end`, `token [token] end`],
    ["a private key", `${pem}-----END RSA PRIVATE KEY-----`, "[private key]-----END RSA PRIVATE KEY-----"],
    ["a private key in JSON", JSON.stringify({ pem }), `{"pem":"[private key]"}`],
    ["only the first line of a private key", "-----BEGIN PRIVATE KEY-----", "[private key]"],
    ["a password in a URL", "https://jane:hunter2@api.acme.ai/v1", "https://jane:[password]@api.acme.ai/v1"],
    [
      "a password in escaped JSON",
      String.raw`"http:\/\/jane:hunter2@acme.ai"`,
      String.raw`"http:\/\/jane:[password]@acme.ai"`,
    ],
    ["a password without a user", "redis://:hunter2@cache:6379", "redis://:[password]@cache:6379"],
    ["a Basic header", "authorization: Basic amFuZTpodW50ZXIy", "authorization: Basic [key]"],
    ["a short key under a name", "apiKey: sk-12345678", "apiKey: [key]"],
    ["a Bearer header of an unknown form", "Bearer 6f1d20c4b7a9", "Bearer [key]"],
  ])("%s", (_name, text, masked) => {
    expect(maskKeys(text)).toBe(masked);
    expect(firstKey(text)).toBeDefined();
  });
});

describe("what is not a key", () => {
  test.each(
    [
      // Model ids.
      "anthropic-claude-opus-4 anthropic-claude-3.5-haiku anthropic/claude-sonnet-4-5-20250929",
      "pplx-70b-online pplx-7b-chat-alpha pplx-7b-online llama-3.1-sonar-large-128k-online",
      "openai-gpt-oss-120b openai/gpt-oss-20b:free xai-grok-4-fast-non-reasoning grok-4-1-fast-reasoning",
      "accounts/fireworks/models/llama4-maverick-instruct-basic nvidia/llama-3.1-nemotron-ultra-253b-v1",
      "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8 hf_transformers_modelname fw_internationalize",
      "task-0123456789abcdef0123456789abcdef risk-assessment-2026-first-edition desk_0123456789abcdef01",
      // Ids and hashes.
      "3ab759fef4bb5935d4fe9ac68b503d05346b8364",
      "550e8400-e29b-41d4-a716-446655440000",
      `"sha256": "${randomText(64, "hex")}"`,
      `"request": "${randomText(64, "hex")}", "prompt_cache_key": "${randomText(32, "hex")}"`,
      `sha512-${randomText(86, "base64")}==`,
      "chatcmpl-9f1c2b3a4d5e6f708192a3b4c5d6e7f8 req_01jbd6g2qdfw2adyrt2az8hz4w call_abc123def456ghi789",
      // Text about keys, variables, paths and placeholders.
      "apiKey: ${ACME_API_KEY}",
      "apiKey: user_provided",
      "apiKey: sk-no-key-required, api_key: ollama",
      "ACME_API_KEY=your-api-key-of-2026-goes-here",
      "GROQ_API_KEY=gsk_xxxxxxxxxxxxxxxxxxxxxxxxxxxx sk-xxxxxxxxxxxxxxxxxxxxxxxx AKIAIOSFODNN7EXAMPLE",
      "apiKey: process.env.ACME_API_KEY_2026, api_key=os.environ.ACME_KEY_NUMBER_2",
      "api_key: /run/secrets/acme_api_key_2026",
      "auth: { env: MY_SECOND_2_API_KEY_OF_ACME }, apiKey: MY_SECOND_2_API_KEY_OF_ACME",
      "The API key: see https://console.acme.ai/settings/keys/2026",
      "Authorization: Bearer ${ACME_API_KEY}, Bearer authentication, Basic authentication, Bearer [redacted]",
      "https://github.com/a/b@v1 //host:8080/a@b git@github.com:a/b https://${USER}:${PASSWORD}@acme.ai",
      "?key=documentation&token=placeholder-2026&next_page_token=abc",
      "max_tokens: 4096, tokenizer: o200k_base, keyboard: 1",
      "-----BEGIN CERTIFICATE-----",
    ].map((text) => [text]),
  )("%s", (text) => {
    expect(findKeys(text).map(({ start, end }) => text.slice(start, end))).toEqual([]);
    expect(maskKeys(text)).toBe(text);
  });

  test("base64 of images, base64url of signatures, and all our models and READMEs", () => {
    for (let count = 0; count < 40; count++) {
      expect(findKeys(`data:image/png;base64,${randomText(10_000, "base64")}`)).toEqual([]);
      expect(findKeys(`{"signature":"${randomText(10_000, "url")}"}`)).toEqual([]);
    }
    const packages = join(import.meta.dirname, "../..");
    const files = globSync(["*/src/models.ts", "*/src/errors.ts", "*/README.md"], { cwd: packages });
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const text = readFileSync(join(packages, file), "utf8");
      const found = findKeys(text).map(({ start, end }) => text.slice(start, end));
      expect(found, file).toEqual([]);
    }
  });
});

it("uses the name of a value only if it is the name of a key", () => {
  const key = randomText(32, "hex");
  expect(findKeys(key)).toEqual([]);
  expect(findKeys(key, "hash")).toEqual([]);
  expect(findKeys(key, "MISTRAL_API_KEY")).toEqual([{ vendor: "Mistral", label: "Mistral key", start: 0, end: 32 }]);
  expect(maskKeys(key, { name: "apiKey" })).toBe("[key]");
  expect(maskKeys(`Bearer ${key}`, { name: "Authorization", label: () => "…" })).toBe("Bearer …");
});

it("joins overlapping matches of two shapes", () => {
  const [, , , , key] = sampleKeys;
  const text = `https://jane:${key!.key}@acme.ai`;
  expect(maskKeys(text)).toBe("https://jane:[Anthropic key]@acme.ai");
});

test.each([
  ["apiKey", "firecrawlApiKey", "x-api-key", "API-Key", "ACME_API_KEY", "HF_TOKEN", "Authorization", "client_secret"],
  ["PGPASSWORD", "KEY", "accessToken", "x-auth-token", "AWS_SECRET_ACCESS_KEY", "Ocp-Apim-Subscription-Key"],
])("names of keys: %s, %s, …", (...names) => {
  for (const name of names) expect(isKeyName(name), name).toBe(true);
  for (const name of ["apiKeyEnv", "cache_key", "keys", "maxTokens", "tokenConfig", "MONKEY", "name", "key"])
    expect(isKeyName(name), name).toBe(false);
});

/** A pattern is slow on hostile text if something must follow a repetition without an upper bound. */
test.each(keyShapes.map(({ vendor, kind, pattern }) => [vendor ?? kind ?? pattern.source.slice(0, 40), pattern]))(
  "%s: every repetition is bounded, except at the end, where it cannot fail",
  (_name, pattern) => {
    // Replace classes and escapes with one letter, so that only the structure remains.
    const structure = pattern.source.replaceAll(/\[(?:\\.|[^\]\\])*\]|\\u\[?|\\./g, "c");
    for (const { index, 0: quantifier } of structure.matchAll(/(?<!\()[*+]|\{\d+,\}/g)) {
      const rest = structure.slice(index + quantifier.length);
      expect(rest, `after ${quantifier} in ${structure}`).toMatch(/^(?:=\{0,2\})?\)*$/);
    }
    for (const [, bound] of structure.matchAll(/\{\d*,?(\d+)\}/g)) expect(Number(bound)).toBeLessThanOrEqual(4096);
  },
);
