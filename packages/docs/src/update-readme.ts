import type { Definition } from "@llm-provider/core";
import { defaultTarget, printEndpoint, printMcpServer, toEndpoint, toMcpServer } from "@llm-provider/librechat";
import { providerTables } from "./provider-tables.ts";
import { hasPart, replacePart } from "./replace-part.ts";

/** What a README is about: the definition of a provider, or the facts that LibreChat needs about a tool. */
export type Subject =
  | { readonly provider: Definition }
  | { readonly tool: ToolFacts; /** LibreChat starts it with `npx -y <package>`. */ readonly packageName: string };

interface ToolFacts {
  readonly id: string;
  readonly auth: "none" | { readonly env: string };
}

/** The types that a factory's `definition` can have. */
type AnyDefinition = Definition | ToolFacts;

export interface SubjectOptions {
  readonly packageName: string;
}

/** The subject of a factory that `defineProvider` or `defineTool` made. */
export function toSubject(factory: { readonly definition: AnyDefinition }, { packageName }: SubjectOptions): Subject {
  const { definition } = factory;
  return "dialect" in definition ? { provider: definition } : { tool: definition, packageName };
}

/**
 * Updates the generated parts of a README from the definition. A part is the text between `<!-- generated: facts -->` or
 * `<!-- generated: librechat -->` and `<!-- /generated -->`. Everything else stays unchanged, as does a README without these marks.
 */
export function updateReadme(text: string, subject: Subject): string {
  const parts = {
    librechat: libreChatPart(subject),
    ...("provider" in subject && { facts: providerTables(subject.provider) }),
  };
  return Object.entries(parts).reduce(
    (page, [name, part]) => (hasPart(page, name) ? replacePart(page, name, part) : page),
    text,
  );
}

/** The entry for librechat.yaml, or `undefined` if LibreChat does not speak the provider's wire format. */
export function libreChatYAML(subject: Subject): string | undefined {
  if ("tool" in subject) {
    const { tool, packageName } = subject;
    return printMcpServer(tool.id, toMcpServer(tool, { command: "npx", args: ["-y", packageName] }));
  }
  const { dialect, librechat } = subject.provider;
  if (!librechat?.baseURL && !dialect.settings) return undefined;
  return printEndpoint(toEndpoint(subject.provider, { target: defaultTarget, keys: "env" }));
}

function libreChatPart(subject: Subject): string {
  const yaml = libreChatYAML(subject);
  if (yaml === undefined && "provider" in subject) {
    return `LibreChat talks OpenAI Chat Completions to custom endpoints. It needs an OpenAI-compatible URL of ${subject.provider.name}, if there is one.`;
  }
  const { auth } = "tool" in subject ? subject.tool : subject.provider;
  const env = "provider" in subject ? subject.provider.librechat?.env : undefined;
  const key =
    auth === "none"
      ? ""
      : `\n\nPut \`${env ?? auth.env}=…\` into LibreChat's \`.env\`; the YAML contains only its name.`;
  return `\`\`\`yaml\n${yaml?.trimEnd()}\n\`\`\`${key}`;
}
