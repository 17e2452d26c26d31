import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { simulatePath, simulateRequest, type LibreChatEndpoint, type UiParameters } from "@llm-provider/librechat";

type Golden = {
  engine: string;
  preparedBy: string;
  requests: {
    name: string;
    endpoint: LibreChatEndpoint;
    parameters: UiParameters;
    call: "chat" | "title";
    path: string;
    body: unknown;
  }[];
};

// The requests of LibreChat's published engine, recorded by scripts/e2e-librechat.sh.
const golden = JSON.parse(readFileSync(new URL("golden/requests.json", import.meta.url), "utf8")) as Golden;

describe(`requests as ${golden.preparedBy} with engine ${golden.engine} sends them`, () => {
  for (const { name, endpoint, parameters, call, path, body } of golden.requests) {
    it(`${name}`, () => {
      const options = { target: "0.8.8", call } as const;
      expect(simulateRequest(endpoint, parameters, options)).toEqual(body);
      expect(simulatePath(endpoint, parameters, options)).toBe(path);
    });
  }
});

const acme: LibreChatEndpoint = {
  name: "Acme",
  apiKey: "${ACME_API_KEY}",
  baseURL: "https://api.acme.ai/v1",
  models: { default: ["acme-large"] },
};

it("does not change its arguments", () => {
  const endpoint = Object.freeze({ ...acme, addParams: Object.freeze({ metadata: Object.freeze({ a: "b" }) }) });
  const body = simulateRequest(endpoint, Object.freeze({ model: "acme-large" }), { target: "0.8.8" });
  (body["metadata"] as { a: string }).a = "c";
  expect(endpoint.addParams.metadata.a).toBe("b");
});

it("accepts incomplete entries: empty lists, and no base URL", () => {
  const plain = simulateRequest({ name: "Acme" }, { model: "acme-large" }, { target: "0.8.8" });
  const empty = { name: "Acme", baseURL: null, addParams: null, dropParams: null, customParams: null };
  expect(simulateRequest(empty, { model: "acme-large" }, { target: "0.8.8" })).toEqual(plain);
  expect(plain).toEqual(simulateRequest(acme, { model: "acme-large" }, { target: "0.8.8" }));
  for (const name of [undefined, null])
    expect(simulateRequest({ name }, { model: "acme-large" }, { target: "0.8.8" })).toEqual(plain);
});

// Issue 17, item 5: engine 3.2.57 of v0.8.7 sends no mark; the golden requests have that of v0.8.8.
it("OpenRouter's client adds a cache mark to requests to /responses since v0.8.8", () => {
  const openRouter = { name: "OpenRouter", baseURL: "https://openrouter.ai/api/v1" };
  const asked = { model: "openai/gpt-oss-20b", useResponsesApi: true };
  const [old, current] = (["0.8.7", "0.8.8"] as const).map((target) => simulateRequest(openRouter, asked, { target }));
  expect(simulatePath(openRouter, asked, { target: "0.8.7" })).toBe("/responses");
  const { cache_control: mark, ...rest } = current!;
  expect(mark).toEqual({ type: "ephemeral", ttl: "1h" });
  expect(old).toEqual(rest);
});

it("sends the user's id, alike in both releases", () => {
  const parameters = { model: "acme-large", temperature: 0.5 };
  const [old, current] = (["0.8.7", "0.8.8"] as const).map((target) =>
    simulateRequest(acme, parameters, { target, user: "anna" }),
  );
  expect(old).toEqual(current);
  expect(old!["user"]).toBe("anna");
});

it.each([
  [{ ...acme, provider: "anthropic" as const }, "anthropic"],
  [{ ...acme, customParams: { defaultParamsEndpoint: "google" } }, "google"],
])("says that it does not simulate LibreChat's other clients", (endpoint, client) => {
  expect(() => simulateRequest(endpoint, { model: "m" }, { target: "0.8.8" })).toThrow(`its ${client} client`);
});
