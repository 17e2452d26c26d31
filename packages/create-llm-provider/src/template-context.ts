import type { Answers } from "./answers.ts";
import { defaultKeyVariable } from "./default-key-variable.ts";
import { displayName } from "./display-name.ts";
import { exportName } from "./export-name.ts";
import { libreChatBlock } from "./librechat-block.ts";
import { packageManager, type PackageManager } from "./package-manager.ts";

/** The answers that decide what is in the files, complete. They are recorded in `.llm-provider.json`. */
export type TemplateAnswers = Required<
  Pick<Answers, "template" | "id" | "name" | "baseURL" | "apiKeyEnv" | "models" | "docs" | "dialect" | "packageManager">
> & {
  /** YYYY-MM-DD. */
  created: string;
  /** Does the package bring its own Node, because the one that made it is too old for the tests? */
  ownNode: boolean;
};

/** Versions by package name. */
export type Versions = { readonly [name: string]: string };

/** Everything that a template may name. */
export type TemplateContext = {
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
  /** `""` where no key is needed. */
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
  libreChat: string;
  version: Versions;
};

/** Stands in for the ids that only the endpoint knows. */
export const placeholderModel = "example-model";

/** Fills in what follows from other answers. `facts` are those that only the machine knows. */
export function completeAnswers(
  answers: Answers,
  facts: { userAgent?: string; created: string; ownNode: boolean },
): TemplateAnswers {
  const { template, id, baseURL, dialect } = answers;
  return {
    template,
    id,
    name: answers.name ?? displayName(id),
    baseURL,
    apiKeyEnv: answers.apiKeyEnv ?? defaultKeyVariable(id),
    models: template === "tool" ? [] : (answers.models ?? [placeholderModel]),
    docs: answers.docs ?? new URL(baseURL).origin,
    dialect,
    packageManager: packageManager(answers.packageManager, facts.userAgent).name,
    created: facts.created,
    ownNode: facts.ownNode,
  };
}

/** What the templates see. `inWorkspace`: written into this repository, not into a package of its own. */
export function templateContext(answers: TemplateAnswers, version: Versions, inWorkspace: boolean): TemplateContext {
  const { id, name, template, baseURL, docs, models, created } = answers;
  const manager = packageManager(answers.packageManager, undefined);
  const env = answers.apiKeyEnv === "none" ? "" : answers.apiKeyEnv;
  const packageName = inWorkspace ? `@llm-provider/${id}` : `llm-${template}-${id}`;
  const context: Omit<TemplateContext, "libreChat"> = {
    answers,
    id,
    name,
    exportName: exportName(id, template),
    packageName,
    toolName: `${id.replaceAll("-", "_")}_search`,
    keywords: [
      ...new Set([id, "llm", "llm-provider", ...(template === "tool" ? ["llm-tool", "mcp"] : ["openai-compatible"])]),
    ].sort(),
    baseURL,
    docs,
    env,
    source: [docs, created],
    models,
    smallModel: models[0] ?? "",
    placeholderModels: models[0] === placeholderModel,
    customDialect: answers.dialect === "custom",
    isTool: template === "tool",
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
    version,
  };
  return { ...context, libreChat: libreChatBlock(context) };
}
