import { placeholderModel } from "@llm-provider/docs";
import type { Answers } from "../answers/answers-schema.ts";
import { namesOf } from "../answers/names-of.ts";
import { startedBy } from "./package-manager.ts";

type Given =
  | "template"
  | "id"
  | "name"
  | "baseURL"
  | "apiKeyEnv"
  | "models"
  | "dialect"
  | "method"
  | "with"
  | "packageManager";

/** The complete answers that decide the content of the files. They are recorded in `.llm-provider.json`. */
export interface TemplateAnswers extends Required<Pick<Answers, Given>> {
  /** `""` if none was named. */
  docs: string;
  scope: string;
  author: string;
  repository: string;
  /** YYYY-MM-DD. */
  created: string;
  /** Does the package bring its own Node, because this one is too old for the tests? */
  ownNode: boolean;
  /** Is the package inside another repository or workspace? Workflows and changesets do nothing there. */
  nested: boolean;
}

/** Facts about the machine. */
export interface MachineFacts {
  /** YYYY-MM-DD. @default today */
  created?: string;
  /** @default true if this process runs on a Node older than 22.20 */
  ownNode?: boolean;
  /** @default false */
  nested?: boolean;
  /** `npm_config_user_agent`: names the package manager that started this process. */
  userAgent?: string;
}

/** Fills in the answers that follow from others and from the machine. */
export function completeAnswers(answers: Answers, facts: MachineFacts): TemplateAnswers {
  const { template, id, baseURL, dialect, method, docs = "", scope = "", author = "", repository = "" } = answers;
  const names = namesOf(id, template);
  return {
    template,
    id,
    name: answers.name ?? names.displayName,
    baseURL,
    apiKeyEnv: answers.apiKeyEnv ?? names.keyVariable,
    models: template === "tool" ? [] : (answers.models ?? [placeholderModel]),
    docs,
    dialect,
    method,
    with: answers.with,
    packageManager: answers.packageManager ?? startedBy(facts.userAgent),
    scope,
    author,
    repository,
    created: facts.created ?? new Date().toISOString().slice(0, 10),
    // nock, which replays the cassettes, needs 22.20.
    ownNode: facts.ownNode ?? !isAtLeast(process.versions.node, 22, 20),
    nested: facts.nested ?? false,
  };
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
}
