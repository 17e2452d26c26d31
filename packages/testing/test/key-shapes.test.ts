import { describe, expect, test } from "vitest";
import { buildCassette } from "../src/cassette/build-cassette.ts";
import type { Cassette, Interaction } from "../src/cassette/cassette.ts";
import { requireCleanCassettes } from "../src/kit/leaks.ts";
import { sampleKeys, type SampleKey } from "../../core/test/support/sample-keys.ts";
import { acme } from "./fixtures/acme.ts";

const clean: Interaction = {
  scope: "https://api.acme.test:443",
  method: "POST",
  path: "/v1/chat/completions",
  body: { model: "acme-small" },
  status: 200,
  response: '{"id":"x"}',
  rawHeaders: ["content-type", "application/json"],
  reads: "",
  ended: "eof",
};
function build(interaction: Interaction): Cassette {
  const unsealed = buildCassette({
    scenario: "text",
    origin: "documented",
    source: ["https://acme.test/docs", "2026-11-28"],
    adapter: "acme",
    secrets: [],
    definition: acme.definition,
    interactions: [interaction],
  });
  return { ...unsealed, meta: { ...unsealed.meta, sha256: "" } };
}

/** Every place in a cassette that can contain foreign text. */
const places: Readonly<Record<string, (key: string, name: string) => Partial<Interaction>>> = {
  "the path": (key) => ({ path: `/v1/search?api_key=${encodeURIComponent(key)}` }),
  "a value of the request": (key, name) => ({ body: { env: { [name]: key } } }),
  "a list of the request": (key, name) => ({ body: { [name]: [key] } }),
  "a text of the request": (key, name) => ({ body: { messages: [{ content: `Use\n${name}=${key}\nplease.` }] } }),
  "a header of the response": (key) => ({ rawHeaders: ["x-api-key", key] }),
  "the response": (key, name) => ({ response: JSON.stringify({ echo: { [name]: key } }) }),
  "a line of a stream": (key, name) => ({ response: `data: ${JSON.stringify({ text: `${name}: ${key}` })}\n\n` }),
  "the bytes of a response": (key, name) => ({
    response: Buffer.from(`\u0000${name}=${key}\u0000`).toString("hex"),
    responseIsBinary: true,
  }),
};
const rows = sampleKeys.map((sample) => [sample.vendor ?? "any", sample.prefix || sample.name!, sample] as const);

describe.each(rows)("a cassette with a key of %s (%s)", (_vendor, _prefix, { key, prefix, name }: SampleKey) => {
  const secret = key.slice(prefix.length);
  const parts = Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));

  test.each(Object.entries(places))("in %s is scrubbed on writing, and refused if it was not", (_at, put) => {
    const interaction = { ...clean, ...put(key, name ?? "ACME_API_KEY") };
    const cassette = build(interaction);
    expect(cassette.meta.scrubbed).toEqual(["key-shape"]);
    const [{ response, responseIsBinary }] = cassette.interactions as [Interaction];
    const text = JSON.stringify(cassette) + (responseIsBinary ? Buffer.from(response, "hex").toString("latin1") : "");
    for (const part of parts) expect(text).not.toContain(part);
    expect(() => requireCleanCassettes([cassette])).not.toThrow();
    expect(() => requireCleanCassettes([{ ...cassette, interactions: [interaction] }])).toThrow("key-shape");
  });
});

test("a key that is a field's name is removed, and a cassette without a key stays unchanged", () => {
  const { key } = sampleKeys[0]!;
  expect(JSON.stringify(build({ ...clean, body: { [key]: 1 } }))).not.toContain(key);
  expect(build(clean).meta.scrubbed).toEqual([]);
  expect(build(clean).interactions[0]).toEqual(expect.objectContaining({ response: clean.response }));
});
