import { chatCompletions, type Definition } from "@llm-provider/core";
import { defaultTarget, printEndpoint, printMcpServer, toEndpoint, toMcpServer } from "@llm-provider/librechat";
import { namesOf } from "../answers/names-of.ts";
import type { Versions } from "../resources.ts";
import { placeholderModel, type TemplateAnswers } from "./complete-answers.ts";
import { type PackageManager, packageManager } from "./package-manager.ts";

/** Everything that a template may name, and all that the steps after rendering need. */
export interface TemplateContext {
  answers: TemplateAnswers;
  id: string;
  name: string;
  exportName: string;
  packageName: string;
  /** What a model calls a tool by. */
  toolName: string;
  /** Sorted, as the formatter wants them. */
  keywords: readonly string[];
  baseURL: string;
  docs: string;
  /** The variable of the key; `""` where no key is needed. */
  env: string;
  source: readonly [url: string, asOf: string];
  models: readonly string[];
  smallModel: string;
  /** The models were made up, for want of real ones. */
  placeholderModels: boolean;
  customDialect: boolean;
  isTool: boolean;
  year: string;
  inWorkspace: boolean;
  ownNode: boolean;
  pm: PackageManager & { is: { readonly [name in PackageManager["name"]]: boolean } };
  /**
   * What `src/<id>.ts` says, as a value: the cassettes are recorded before there is a compiler or an install. A test
   * compares it with the generated file, for every combination of answers. Absent for a tool.
   */
  definition?: Definition;
  /** What goes into librechat.yaml, as text; empty where LibreChat does not speak the wire format. */
  libreChat: string;
  version: Versions;
}

/** Built once for each package. `inWorkspace`: written into this repository, not into a package of its own. */
export function templateContext(answers: TemplateAnswers, version: Versions, inWorkspace: boolean): TemplateContext {
  const { id, name, template, baseURL, docs, models, created } = answers;
  const isTool = template === "tool";
  const { exportName, toolName } = namesOf(id, template);
  const manager = packageManager(answers.packageManager);
  const packageName = inWorkspace ? `@llm-provider/${id}` : `llm-${template}-${id}`;
  const definition = isTool ? undefined : toDefinition(answers);
  const keywords = new Set([id, "llm", "llm-provider", ...(isTool ? ["llm-tool", "mcp"] : ["openai-compatible"])]);
  return {
    answers,
    id,
    name,
    exportName,
    packageName,
    toolName,
    keywords: [...keywords].sort(),
    baseURL,
    docs,
    env: keyVariable(answers),
    source: [docs, created],
    models,
    smallModel: models[0] ?? "",
    placeholderModels: models[0] === placeholderModel,
    customDialect: answers.dialect === "custom",
    isTool,
    year: created.slice(0, 4),
    inWorkspace,
    ownNode: answers.ownNode,
    pm: {
      ...manager,
      is: {
        npm: manager.name === "npm",
        pnpm: manager.name === "pnpm",
        yarn: manager.name === "yarn",
        bun: manager.name === "bun",
      },
    },
    definition,
    libreChat: definition ? endpointBlock(answers, definition) : serverBlock(answers, packageName),
    version,
  };
}

function keyVariable({ apiKeyEnv }: TemplateAnswers): string {
  return apiKeyEnv === "none" ? "" : apiKeyEnv;
}

function toDefinition(answers: TemplateAnswers): Definition {
  const { id, name, docs, baseURL, models, created, dialect } = answers;
  const env = keyVariable(answers);
  return {
    id,
    name,
    docs,
    baseURL,
    auth: env ? { env, page: docs } : "none",
    sources: { docs: [docs, created] },
    dialect: dialect === "custom" ? { ...chatCompletions(), name: id } : chatCompletions(),
    models: Object.fromEntries(models.map((model) => [model, { features: ["tools", "json"], source: "docs" }])),
    smallModel: models[0]!,
  };
}

function endpointBlock({ dialect }: TemplateAnswers, definition: Definition): string {
  if (dialect === "custom") return "";
  return printEndpoint(toEndpoint(definition, { target: defaultTarget, keys: "env" })).trimEnd();
}

function serverBlock(answers: TemplateAnswers, packageName: string): string {
  const env = keyVariable(answers);
  const server = toMcpServer({ auth: env ? { env } : "none" }, { command: "npx", args: ["-y", packageName] });
  return printMcpServer(answers.id, server).trimEnd();
}
