import { chatCompletions, type Definition } from "@llm-provider/core";
import { placeholderModel, type Subject } from "@llm-provider/docs";
import { namesOf } from "../answers/names-of.ts";
import type { Versions } from "../resources.ts";
import type { TemplateAnswers } from "./complete-answers.ts";
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
  /** The page that documents the API; its own address where none was named. */
  docs: string;
  /** A page was named, and nobody has read it yet. */
  unread: boolean;
  /** The variable of the key; `""` where no key is needed. */
  env: string;
  source: readonly [url: string, asOf: "unread"];
  models: readonly string[];
  smallModel: string;
  /** The models were made up, for want of real ones. */
  placeholderModels: boolean;
  customDialect: boolean;
  isTool: boolean;
  /** A tool that asks with POST. */
  isPost: boolean;
  year: string;
  /** For the licence. */
  holder: string;
  author: string;
  /** `git+https://….git`, or `""`. */
  repository: string;
  /** A repository of its own, with workflows and changesets. */
  standalone: boolean;
  inWorkspace: boolean;
  ownNode: boolean;
  pm: PackageManager & { is: { readonly [name in PackageManager["name"]]: boolean } };
  /**
   * What `src/<id>.ts` says, as a value: the cassettes are recorded before there is a compiler or an install. A test
   * compares it with the generated file, for every combination of answers. Absent for a tool.
   */
  definition?: Definition;
  /** What the generated parts of the README are made from. */
  subject: Subject;
  version: Versions;
}

/** Built once for each package. `inWorkspace`: written into this repository, not into a package of its own. */
export function templateContext(answers: TemplateAnswers, version: Versions, inWorkspace: boolean): TemplateContext {
  const { id, name, template, baseURL, models, created, scope, author, repository } = answers;
  const isTool = template === "tool";
  const { exportName, toolName } = namesOf(id, template);
  const manager = packageManager(answers.packageManager);
  const ownName = [scope, `llm-${template}-${id}`].filter(Boolean).join("/");
  const packageName = inWorkspace ? `@llm-provider/${id}` : ownName;
  const definition = isTool ? undefined : toDefinition(answers);
  const env = keyVariable(answers);
  const docs = docsOf(answers);
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
    unread: answers.docs !== "",
    env,
    source: [docs, "unread"],
    models,
    smallModel: models[0] ?? "",
    placeholderModels: models[0] === placeholderModel,
    customDialect: answers.dialect === "custom",
    isTool,
    isPost: answers.method === "post",
    year: created.slice(0, 4),
    holder: author.replace(/ <.*/, "") || `the authors of ${packageName}`,
    author,
    repository: repository && `git+${repository}.git`,
    standalone: !inWorkspace && !answers.nested,
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
    subject: definition ? { provider: definition } : { tool: { id, auth: env ? { env } : "none" }, packageName },
    version,
  };
}

function keyVariable({ apiKeyEnv }: TemplateAnswers): string {
  return apiKeyEnv === "none" ? "" : apiKeyEnv;
}

function docsOf({ docs, baseURL }: TemplateAnswers): string {
  return docs || new URL(baseURL).origin;
}

/** What is known by now: an address, a key's variable, ids. No fact is made up, so no model has one. */
function toDefinition(answers: TemplateAnswers): Definition {
  const { id, name, baseURL, models, dialect } = answers;
  const env = keyVariable(answers);
  const docs = docsOf(answers);
  const base = chatCompletions();
  // `settings` say that a format is Chat Completions.
  const { settings: _, ...format } = base;
  return {
    id,
    name,
    docs,
    baseURL,
    auth: env ? { env, page: docs } : "none",
    ...(answers.docs && { sources: { docs: [docs, "unread"] } }),
    dialect: dialect === "custom" ? { ...format, name: id, server: ownWire } : base,
    models: Object.fromEntries(models.map((model) => [model, {}])),
    smallModel: models[0]!,
  };
}

/** `src/wire.ts` of the package; until it is changed, it is the wire format of Chat Completions. */
const ownWire = async () => ({ wire: (await import("@llm-provider/testing")).chatCompletionsWire });
