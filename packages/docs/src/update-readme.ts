import type { Definition } from "@llm-provider/core";
import { defaultTarget, printEndpoint, printMcpServer, toEndpoint, toMcpServer } from "@llm-provider/librechat";
import { providerTables } from "./provider-tables.ts";
import { hasPart, replacePart } from "./replace-part.ts";

/** What a README is about: the definition of a provider, or what LibreChat must know of a tool. */
export type Subject =
  | { readonly provider: Definition }
  | { readonly tool: ToolFacts; /** LibreChat starts it with `npx -y <package>`. */ readonly packageName: string };

interface ToolFacts {
  readonly id: string;
  readonly auth: "none" | { readonly env: string };
}

/** What `definition` of a factory may be. */
type AnyDefinition = Definition | ToolFacts;

export interface SubjectOptions {
  readonly packageName: string;
}

/** The subject that a factory (`acme`, made by `defineProvider` or `defineTool`) stands for. */
export function toSubject(factory: { readonly definition: AnyDefinition }, { packageName }: SubjectOptions): Subject {
  const { definition } = factory;
  return "dialect" in definition ? { provider: definition } : { tool: definition, packageName };
}

/**
 * A README whose generated parts follow the definition. A part is the text between `<!-- generated: facts -->` or
 * `<!-- generated: librechat -->` and `<!-- /generated -->`; everything else is left as it is, and so is a README without marks.
 */
export function updateReadme(text: string, subject: Subject): string {
  const parts = "tool" in subject ? { librechat: serverBlock(subject) } : providerParts(subject.provider);
  return Object.entries(parts).reduce(
    (page, [name, part]) => (hasPart(page, name) ? replacePart(page, name, part) : page),
    text,
  );
}

function providerParts(definition: Definition): { facts: string; librechat: string } {
  return { facts: providerTables(definition), librechat: endpointBlock(definition) };
}

function endpointBlock(definition: Definition): string {
  const { auth, dialect, librechat, name } = definition;
  if (!librechat?.baseURL && (dialect.server || !dialect.settings)) {
    return `LibreChat talks OpenAI Chat Completions to custom endpoints. It needs an OpenAI-compatible URL of ${name}, if there is one.`;
  }
  const yaml = printEndpoint(toEndpoint(definition, { target: defaultTarget, keys: "env" }));
  return block(yaml, auth === "none" ? undefined : (librechat?.env ?? auth.env));
}

function serverBlock({ tool, packageName }: Extract<Subject, { tool: ToolFacts }>): string {
  const { id, auth } = tool;
  const yaml = printMcpServer(id, toMcpServer({ auth }, { command: "npx", args: ["-y", packageName] }));
  return block(yaml, auth === "none" ? undefined : auth.env);
}

function block(yaml: string, env: string | undefined): string {
  const key = env && `\n\nPut \`${env}=…\` into LibreChat's \`.env\`; the YAML contains only its name.`;
  return `\`\`\`yaml\n${yaml.trimEnd()}\n\`\`\`${key ?? ""}`;
}
