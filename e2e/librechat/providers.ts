// What each provider is tried with: its definition, and a twin of the face that LibreChat talks to.
import { chatCompletions, type Definition } from "../../packages/core/src/index.ts";
import { providers as adapters } from "../../packages/cli/src/providers.generated.ts";

/** `face`: where LibreChat does not use the endpoint that the definition describes. */
export const providers: readonly { definition: Definition; face?: Definition }[] = await Promise.all(
  Object.values(adapters).map(async (load) => {
    const { definition } = await load();
    // LibreChat speaks Chat Completions alone.
    return definition.dialect.server ? { definition, face: openaiFace(definition) } : { definition };
  }),
);

/** Ollama's /v1, of which no rules are known: a plain OpenAI face that streams its thinking in `reasoning`. */
function openaiFace(definition: Definition): Definition {
  const { parameters: _parameters, messages: _messages, ...rest } = definition;
  return {
    ...rest,
    baseURL: "http://localhost:11434/v1",
    dialect: chatCompletions({ usage: "asked", reasoning: "reasoning", history: "omit" }),
  } as unknown as Definition;
}
