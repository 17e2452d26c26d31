import { chatCompletions, defineProvider, type Definition } from "@llm-provider/core";

/** An invented provider. A test may add an older page about it to the fake clone. */
export const acme: Definition = defineProvider({
  id: "acme",
  name: "Acme Cloud",
  docs: "https://docs.acme.example/api",
  baseURL: "https://api.acme.example/v1",
  auth: { env: "ACME_API_KEY", page: "https://acme.example/keys" },
  sources: { models: ["https://docs.acme.example/models", "2026-11-20"] },
  dialect: chatCompletions({ usage: "asked" }),
  models: {
    "acme-wide-2": { context: 200_000, price: { input: 1, output: 2 }, source: "models" },
    "acme-tiny-2": { context: 8_000, price: { input: 0.1, output: 0.2 }, source: "models" },
    "condor-1": { retired: { on: "2026-03-01", use: "acme-wide-2" }, source: "models" },
  },
  smallModel: "acme-tiny-2",
  parameters: { frequency_penalty: { rejected: 400, source: "models" } },
}).definition;

/** Another provider, so that one change can have two guides. */
export const zenith: Definition = defineProvider({
  ...acme,
  id: "zenith",
  name: "Zenith",
  baseURL: "https://zenith.example/v1",
  auth: { env: "ZENITH_API_KEY", page: "https://zenith.example/keys" },
}).definition;
