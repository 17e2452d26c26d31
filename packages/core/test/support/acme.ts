import {
  chatCompletions,
  type ChatRequest,
  defineProvider,
  type Definition,
  type Provider,
  type ProviderOptions,
} from "@llm-provider/core";

/** The API key of every test. `secrets.test.ts` looks for it everywhere. */
export const canary = "test-key-canary-7Qx2+Zr/9=Lm4";

export const acmeDefinition: Definition = {
  id: "acme",
  name: "Acme",
  docs: "https://acme.example/docs",
  baseURL: "https://api.acme.example/v1",
  auth: { env: "ACME_API_KEY", page: "https://acme.example/keys" },
  sources: { docs: ["https://acme.example/docs/parameters", "2026-11-22"] },
  dialect: chatCompletions(),
  models: {
    "acme-2": { context: 1000, source: "docs" },
    "acme-1": { retired: { on: "2026-01-01", use: "acme-2" }, source: "docs" },
  },
  smallModel: "acme-2",
};

/** Creates a client of an endpoint that does not exist. Pass it a fake fetch. */
export function acme(facts: Partial<Definition> = {}, options: ProviderOptions = {}): Provider {
  const definition: Definition = { ...acmeDefinition, ...facts };
  return defineProvider(definition as Definition & { smallModel: never })({ apiKey: canary, ...options });
}

export const hello: ChatRequest = { model: "acme-2", messages: [{ role: "user", content: "Hello" }] };
