import type { Definition } from "@llm-provider/core";
import { deepseek } from "@llm-provider/deepseek";
import { fireworks } from "@llm-provider/fireworks";
import { groq } from "@llm-provider/groq";
import { mistral } from "@llm-provider/mistral";
import { ollama } from "@llm-provider/ollama";
import { openai } from "@llm-provider/openai";
import { openrouter } from "@llm-provider/openrouter";

/** The seven adapters of this repository. */
export const definitions: readonly Definition[] = [deepseek, fireworks, groq, mistral, ollama, openai, openrouter].map(
  (factory) => factory.definition,
);
