// Written by scripts/write-registry.ts. Do not edit: run `npx -y pnpm@12.21.0 run registry`.
import { deepseek } from "@llm-provider/deepseek";
import { fireworks } from "@llm-provider/fireworks";
import { groq } from "@llm-provider/groq";
import { mistral } from "@llm-provider/mistral";
import { ollama } from "@llm-provider/ollama";
import { openai } from "@llm-provider/openai";
import { openrouter } from "@llm-provider/openrouter";
import { xai } from "@llm-provider/xai";

export const providers = [deepseek, fireworks, groq, mistral, ollama, openai, openrouter, xai] as const;
