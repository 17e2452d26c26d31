import { join, resolve } from "node:path";
import type { Answers } from "../answers/answers-schema.ts";
import type { Versions } from "../resources.ts";
import { completeAnswers } from "./complete-answers.ts";
import { type TemplateContext, templateContext } from "./template-context.ts";

/** Where a package goes. */
export interface Place {
  /** Written into this repository: workspace links, and nothing that the repository has once for all. */
  inWorkspace: boolean;
  /** Relative folders start here; in this repository, its root. */
  root: string;
}

/** All that is decided before the first file is rendered. */
export interface PackagePlan {
  context: TemplateContext;
  /** Absolute path of the package. */
  folder: string;
  /** As of `Place`. */
  root: string;
  install: boolean;
  git: boolean;
}

/** From checked answers to a plan; every later step works from it. `userAgent`: `npm_config_user_agent`. */
export function planPackage(
  answers: Answers,
  options: Place & { versions: Versions; userAgent?: string },
): PackagePlan {
  const { versions, inWorkspace, root, userAgent } = options;
  const complete = completeAnswers(answers, { userAgent, ownNode: inWorkspace ? false : undefined });
  return {
    context: templateContext(complete, versions, inWorkspace),
    folder: folderOf(answers, options),
    root,
    install: answers.install,
    git: answers.git,
  };
}

/** The folder that the answers name. */
export function folderOf({ id, dir }: { id: string; dir?: string }, { inWorkspace, root }: Place): string {
  return inWorkspace ? join(root, "packages", id) : resolve(root, dir ?? id);
}
