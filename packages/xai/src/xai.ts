import { defineProvider, openai } from "@llm-provider/core";
import { models } from "./models.ts";

/** Xai. The client, the contract tests and the LibreChat entry all follow from these facts. */
export const xai = defineProvider({
  id: "xai",
  name: "Xai",
  docs: "https://docs.x.ai",
  baseURL: "https://api.x.ai/v1",
  auth: {
    env: "XAI_API_KEY",
    // Where a person makes a key.
    page: "https://docs.x.ai",
  },
  // Each page once, with the day you read it. Every fact below names its page by the key.
  sources: {
    docs: ["https://docs.x.ai", "2026-11-22"],
  },
  dialect: openai(),
  models,
  smallModel: "grok-4.3",
});
