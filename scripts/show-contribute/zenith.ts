// An invented provider, for a guide that LibreChat's documentation lacks.
import { defineProvider, chatCompletions } from "../../packages/core/src/index.ts";

export const zenith = defineProvider({
  id: "zenith",
  name: "Zenith",
  docs: "https://docs.zenith.example",
  baseURL: "https://api.zenith.example/v1",
  auth: { env: "ZENITH_API_KEY", page: "https://zenith.example/keys" },
  sources: { models: ["https://docs.zenith.example/models", "2026-11-22"] },
  dialect: chatCompletions({ usage: "asked" }),
  models: {
    "zenith-large": { context: 200_000, price: { input: 1, output: 4 }, source: "models" },
    "zenith-small": { context: 32_000, price: { input: 0.1, output: 0.4 }, source: "models" },
  },
  smallModel: "zenith-small",
});
