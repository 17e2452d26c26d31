// What each provider is tried with: its definition, and a twin of the face that LibreChat talks to.
import { openai as openaiDialect, type Definition } from "../../packages/core/src/index.ts";
import { deepseek } from "../../packages/deepseek/src/index.ts";
import { fireworks } from "../../packages/fireworks/src/index.ts";
import { groq } from "../../packages/groq/src/index.ts";
import { mistral } from "../../packages/mistral/src/index.ts";
import { ollama } from "../../packages/ollama/src/index.ts";
import { openai } from "../../packages/openai/src/index.ts";
import { openrouter } from "../../packages/openrouter/src/index.ts";
import { xai } from "../../packages/xai/src/index.ts";

/** `face`: where LibreChat does not use the endpoint that the definition describes. */
export const providers: readonly { definition: Definition; face?: Definition }[] = [
  { definition: deepseek.definition },
  { definition: fireworks.definition },
  { definition: groq.definition },
  { definition: mistral.definition },
  { definition: ollama.definition, face: openaiFace(ollama.definition) },
  { definition: openai.definition },
  { definition: openrouter.definition },
  { definition: xai.definition },
];

/** Ollama's /v1, of which no rules are known: a plain OpenAI face that streams its thinking in `reasoning`. */
function openaiFace(definition: Definition): Definition {
  const { parameters: _parameters, messages: _messages, ...rest } = definition;
  return {
    ...rest,
    baseURL: "http://localhost:11434/v1",
    dialect: openaiDialect({ usage: "asked", reasoning: "reasoning", history: "omit" }),
  } as unknown as Definition;
}
