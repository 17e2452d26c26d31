import { stringify } from "yaml";
import type { TemplateAnswers } from "./template-context.ts";

/** What goes into librechat.yaml, as text. The yaml package quotes what needs it. */
export function libreChatBlock(
  answers: TemplateAnswers,
  shown: { name: string; env: string; packageName: string },
): string {
  const { env } = shown;
  const block =
    answers.template === "tool"
      ? {
          mcpServers: {
            [answers.id]: {
              type: "stdio",
              command: "npx",
              args: ["-y", shown.packageName],
              ...(env ? { env: { [env]: `\${${env}}` } } : {}),
            },
          },
        }
      : {
          endpoints: {
            custom: [
              {
                name: shown.name,
                // LibreChat hides an endpoint that has no apiKey, also where none is needed.
                apiKey: env ? `\${${env}}` : "none",
                baseURL: answers.baseURL,
                models: { default: answers.models, fetch: true },
                titleConvo: true,
                titleModel: answers.models[0]!,
              },
            ],
          },
        };
  return stringify(block, { lineWidth: 0 }).trimEnd();
}
