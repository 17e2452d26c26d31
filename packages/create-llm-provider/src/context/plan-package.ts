import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readRegularText } from "@llm-provider/core/internal/files";
import type { Answers } from "../answers/answers-schema.ts";
import type { Versions } from "../resources.ts";
import { completeAnswers, type MachineFacts } from "./complete-answers.ts";
import { type Measured, type TemplateContext, templateContext } from "./template-context.ts";

/** The place of a package. */
export interface Place {
  /** Is it written into this repository? Then it has workspace links, and no files that the repository already has. */
  inWorkspace: boolean;
  /** Relative folders start here; in this repository, its root. */
  root: string;
}

/** All decisions before the first file is rendered. */
export interface PackagePlan {
  context: TemplateContext;
  /** Absolute path of the package. */
  folder: string;
  /** As in `Place`. */
  root: string;
  install: boolean;
  git: boolean;
}

/** From checked answers to a plan; every later step works from it. `userAgent`: `npm_config_user_agent`. */
export function planPackage(
  answers: Answers,
  options: Place & { versions: Versions; userAgent?: string; facts?: MachineFacts; measured?: Measured },
): PackagePlan {
  const { versions, inWorkspace, root, userAgent } = options;
  const folder = folderOf(answers, options);
  const machine = inWorkspace ? { ownNode: false } : { nested: outerRepository(folder) !== undefined };
  const complete = completeAnswers(answers, { userAgent, ...machine, ...options.facts });
  return {
    context: templateContext(complete, versions, inWorkspace, options.measured),
    folder,
    root,
    install: answers.install,
    git: answers.git,
  };
}

/** The folder that the answers name. */
export function folderOf({ id, dir }: { id: string; dir?: string }, { inWorkspace, root }: Place): string {
  return inWorkspace ? join(root, "packages", id) : resolve(root, dir ?? id);
}

/** The repository or workspace that a new folder would be a part of; `undefined` where there is none. */
export function outerRepository(folder: string): string | undefined {
  for (let at = dirname(resolve(folder)); ; at = dirname(at)) {
    if (existsSync(join(at, ".git")) || existsSync(join(at, "pnpm-workspace.yaml")) || hasWorkspaces(at)) return at;
    if (at === dirname(at)) return undefined;
  }
}

function hasWorkspaces(folder: string): boolean {
  try {
    return "workspaces" in (JSON.parse(readRegularText(join(folder, "package.json")) ?? "{}") as object);
  } catch {
    return false;
  }
}
