import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { packageManager } from "./package-manager.ts";
import type { TemplateAnswers } from "./template-context.ts";

/** A command that follows the writing of the files. */
export type Step = {
  name: "git" | "register" | "install" | "test";
  /** While it runs. */
  doing: string;
  command: readonly string[];
  folder: string;
  /** What a person does when it has failed. */
  hint: string;
  /** Its output belongs to the answer, not only to a failure. */
  show: boolean;
};

/** The steps for a package of its own. */
export function packageSteps(
  folder: string,
  answers: TemplateAnswers,
  wanted: { install: boolean; git: boolean },
): Step[] {
  const manager = packageManager(answers.packageManager, undefined);
  const steps: Step[] = [];
  if (wanted.git && !insideRepository(folder)) {
    steps.push({
      name: "git",
      doing: "Starting a git repository",
      command: ["git", "init", "--quiet", "--initial-branch=main"],
      folder,
      hint: "The package is whole without it. Run `git init` yourself, or give --no-git.",
      show: false,
    });
  }
  if (!wanted.install) return steps;
  const again = `The files are all there. In the new folder, run \`${manager.install}\` and \`${manager.test}\`.`;
  steps.push(
    {
      name: "install",
      doing: `Installing with ${manager.name}`,
      command: manager.install.split(" "),
      folder,
      hint: `${again} Is the npm registry within reach?`,
      show: false,
    },
    { name: "test", doing: "Running its tests", command: manager.test.split(" "), folder, hint: again, show: false },
  );
  return steps;
}

/** The steps for a package in this repository; `root` is the repository's folder. */
export function workspaceSteps(root: string, answers: TemplateAnswers, wanted: { install: boolean }): Step[] {
  if (!wanted.install) return [];
  const bin = (name: string) => join(root, "node_modules", ".bin", name);
  return [
    {
      name: "register",
      doing: "Writing it into the list of adapters",
      command: [bin("node"), "scripts/write-registry.ts"],
      folder: root,
      hint: "The files are all there. Run `npx -y pnpm@12.21.0 run registry`.",
      show: false,
    },
    {
      name: "install",
      doing: "Linking it into the workspace",
      // Where CI is set, pnpm freezes the lockfile, and a new package changes it.
      command: ["pnpm", "install", "--no-frozen-lockfile"],
      folder: root,
      hint: "The files are all there. Run `npx -y pnpm@12.21.0 install --no-frozen-lockfile`. Is the npm registry within reach?",
      show: false,
    },
    {
      name: "test",
      doing: "Running its contract tests",
      command: [bin("vitest"), "run", `packages/${answers.id}/`],
      folder: root,
      hint: `The files are all there. Run \`npx -y pnpm@12.21.0 vitest run packages/${answers.id}/\` to see it again.`,
      show: true,
    },
  ];
}

function insideRepository(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return true;
    if (at === dirname(at)) return false;
  }
}
