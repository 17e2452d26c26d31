import { chatCompletions, type Definition } from "@llm-provider/core";
import { placeholderModel, type Subject } from "@llm-provider/docs";
import { type Endpoint, type Identity, type ProbeReport, toDefinition as definitionOf } from "@llm-provider/probe";
import { namesOf } from "../answers/names-of.ts";
import type { Versions } from "../resources.ts";
import type { TemplateAnswers } from "./complete-answers.ts";
import { type PackageManager, packageManager } from "./package-manager.ts";

/** The results of a probe of the endpoint: its report, and where that came from. */
export interface Measured {
  readonly report: ProbeReport;
  readonly identity: Identity;
  readonly origin: Endpoint["origin"];
}

/** Everything that a template may use, and everything that later steps need. */
export interface TemplateContext {
  answers: TemplateAnswers;
  id: string;
  name: string;
  exportName: string;
  packageName: string;
  /** The tool's name for models. */
  toolName: string;
  /** Sorted, as the formatter requires. */
  keywords: readonly string[];
  baseURL: string;
  /** The page that documents the API; the API's address if none was named. */
  docs: string;
  /** Was a page named that nobody has read yet? */
  unread: boolean;
  /** The variable of the key; `""` if no key is needed. */
  env: string;
  source: readonly [url: string, asOf: "unread"];
  models: readonly string[];
  smallModel: string;
  /** Were the models made up, because none were named? */
  placeholderModels: boolean;
  customDialect: boolean;
  /** Libraries that the package is tried in. In this repository the bridges' own tests try every provider. */
  bridges: readonly TemplateAnswers["with"][number][];
  withAiSdk: boolean;
  withLangChain: boolean;
  isTool: boolean;
  /** A tool that uses POST. */
  isPost: boolean;
  year: string;
  /** For the licence. */
  holder: string;
  author: string;
  /** `git+https://….git`, or `""`. */
  repository: string;
  /** Is it a separate repository, with workflows and changesets? */
  standalone: boolean;
  inWorkspace: boolean;
  ownNode: boolean;
  pm: PackageManager & { is: { readonly [name in PackageManager["name"]]: boolean } };
  /**
   * The definition in `src/<id>.ts` as a value: the cassettes are recorded before there is a compiler or an install. A test
   * compares it with the generated file, for every combination of answers. Absent for a tool.
   */
  definition?: Definition;
  /** The source of the generated parts of the README. */
  subject: Subject;
  version: Versions;
  /** The facts that replace the template's, if the endpoint was probed. */
  measured?: Measured;
}

/** Built once for each package. `inWorkspace`: written into this repository instead of a separate package. */
export function templateContext(
  answers: TemplateAnswers,
  version: Versions,
  inWorkspace: boolean,
  measured?: Measured,
): TemplateContext {
  const { id, name, template, baseURL, models, created, scope, author, repository } = answers;
  const isTool = template === "tool";
  const { exportName, toolName } = namesOf(id, template);
  const manager = packageManager(answers.packageManager);
  const ownName = [scope, `llm-${template}-${id}`].filter(Boolean).join("/");
  const packageName = inWorkspace ? `@llm-provider/${id}` : ownName;
  const definition = measured
    ? definitionOf(measured.report, measured.identity)
    : isTool
      ? undefined
      : toDefinition(answers);
  const env = keyVariable(answers);
  const docs = docsOf(answers);
  const bridges = inWorkspace ? [] : answers.with;
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
    bridges,
    withAiSdk: bridges.includes("ai-sdk"),
    withLangChain: bridges.includes("langchain"),
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
    ...(measured && { measured }),
  };
}

function keyVariable({ apiKeyEnv }: TemplateAnswers): string {
  return apiKeyEnv === "none" ? "" : apiKeyEnv;
}

function docsOf({ docs, baseURL }: TemplateAnswers): string {
  return docs || new URL(baseURL).origin;
}

/** The facts so far: an address, a key's variable, ids. No fact is made up, so models have none. */
function toDefinition(answers: TemplateAnswers): Definition {
  const { id, name, baseURL, models, dialect } = answers;
  const env = keyVariable(answers);
  const docs = docsOf(answers);
  const base = chatCompletions();
  // `settings` mark the format as Chat Completions.
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
