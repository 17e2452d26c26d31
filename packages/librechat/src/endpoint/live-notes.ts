import type { Definition } from "@llm-provider/core";

/** The day, the server and its engine; the provider was its twin, so no key was used. */
const measured = "Measured on a running LibreChat v0.8.7 (engine 3.2.57) against this provider's twin on 2026-11-28:";

const seen = "models and icon listed, streaming, titles, token usage";

/** The behaviour of a running LibreChat with the exported block, by provider; others were not tried. */
const notes: { readonly [id: string]: readonly string[] } = {
  deepseek: [`${measured} ${seen}; thoughts above the answer, and given back across tool calls.`],
  fireworks: [`${measured} ${seen}; thoughts above the answer, and given back across tool calls.`],
  groq: [
    `${measured} ${seen}. Thoughts appear above the answer without \`reasoningKey\`, and below it with \`reasoningKey\`.`,
  ],
  mistral: [
    `${measured} ${seen}.`,
    'LibreChat drops Mistral\'s thoughts, which arrive as content parts. With "Disable streaming", a thinking model gives an empty answer. A gateway that turns them into `reasoning_content` helps.',
  ],
  ollama: [
    "Measured on a running LibreChat v0.8.7 on 2026-11-28: models and icon listed. Streaming, tools, titles, token usage and thoughts above the answer: measured with LibreChat's engine 3.9.2 against the /v1 of this provider's twin on 2026-11-28.",
  ],
  openai: [
    `${measured} ${seen}.`,
    'With OPENAI_API_KEY in its .env, LibreChat also shows its built-in endpoint: "OpenAI" is in the menu twice. ENDPOINTS without openAI hides the built-in one; name there all that you use, such as ENDPOINTS=agents,google.',
  ],
  openrouter: [`${measured} ${seen}; thoughts above the answer.`],
  xai: [`${measured} ${seen}; thoughts above the answer.`],
};

/** Settings that LibreChat's panel offers for every model, but cannot translate or set per request. */
function effortNotes({ name, parameters = {} }: Definition): string[] {
  const rules = [parameters["reasoning_effort"] ?? []].flat();
  return [
    ...(rules.some((rule) => "values" in rule)
      ? [
          `${name} does not take every "Reasoning Effort" of LibreChat's panel for every model, and LibreChat cannot translate one: leave it unset if ${name} answers 400.`,
        ]
      : []),
    ...(rules.some((rule) => "set" in rule || ("conflictsWith" in rule && rule.conflictsWith.includes("tools")))
      ? [
          `Some models of ${name} take tools only without "Reasoning Effort", or only with "none", and LibreChat cannot set it per request: choose it in the panel.`,
        ]
      : []),
  ];
}

/** Sentences about the whole block: measurements on a running LibreChat, and LibreChat's limits. */
export function liveNotes(definition: Definition): string[] {
  const own = Object.hasOwn(notes, definition.id) ? notes[definition.id]! : [];
  return [...own, ...effortNotes(definition)];
}
