import { existsSync } from "node:fs";
import { join } from "node:path";
import { outerRepository, type PackagePlan } from "../context/plan-package.ts";

/** A command that follows the writing of the files. */
export interface Step {
  name: "git" | "register" | "install" | "tables" | "test";
  /** The text while it runs. */
  doing: string;
  command: readonly string[];
  folder: string;
  /** Advice for the case that it fails. */
  hint: string;
  /** Is its output shown as it comes, instead of only when it fails? */
  show: boolean;
  /** Is its failure only a warning? Then later steps still run. */
  optional?: true;
}

/** The commands that the answers ask for. */
export function stepsFor(plan: PackagePlan): Step[] {
  return plan.context.inWorkspace ? workspaceSteps(plan) : packageSteps(plan);
}

function packageSteps({ folder, context: { pm }, install, git }: PackagePlan): Step[] {
  const steps: Step[] = [];
  if (git && !existsSync(join(folder, ".git")) && outerRepository(folder) === undefined) {
    steps.push({
      name: "git",
      doing: "Starting a git repository",
      command: ["git", "init", "--quiet", "--initial-branch=main"],
      folder,
      hint: "The package is complete without it. Install git and run `git init`, or give --no-git.",
      show: false,
      optional: true,
    });
  }
  if (!install) return steps;
  const again = `The files are all there. In the new folder, run \`${pm.install}\` and \`${pm.test}\`.`;
  steps.push(
    {
      name: "install",
      doing: `Installing with ${pm.name}`,
      command: pm.install.split(" "),
      folder,
      hint: `${again} Is the npm registry reachable?`,
      show: false,
    },
    { name: "test", doing: "Running its tests", command: pm.test.split(" "), folder, hint: again, show: false },
  );
  return steps;
}

function workspaceSteps({ root, context, install }: PackagePlan): Step[] {
  if (!install) return [];
  const bin = (name: string) => join(root, "node_modules", ".bin", name);
  return [
    {
      name: "register",
      doing: "Adding it to the list of adapters",
      command: [bin("node"), "scripts/write-registry.ts"],
      folder: root,
      hint: "The files are all there. Run `npx -y pnpm@12.21.0 run registry`.",
      // It prints the files that it changes.
      show: true,
    },
    {
      name: "install",
      doing: "Linking it into the workspace and pnpm-lock.yaml",
      // If CI is set, pnpm freezes the lockfile, but a new package changes it.
      command: ["pnpm", "install", "--no-frozen-lockfile"],
      folder: root,
      hint: "The files are all there. Run `npx -y pnpm@12.21.0 install --no-frozen-lockfile`. Is the npm registry reachable?",
      show: false,
    },
    {
      name: "tables",
      doing: "Adding it to the tables of the docs",
      command: [bin("node"), "--conditions=source", "scripts/write-tables.ts"],
      folder: root,
      hint: "The files are all there. Run `npx -y pnpm@12.21.0 run tables`.",
      show: true,
    },
    {
      name: "test",
      doing: "Running its contract tests",
      command: [bin("vitest"), "run", `packages/${context.id}/`],
      folder: root,
      hint: `The files are all there. Run \`npx -y pnpm@12.21.0 vitest run packages/${context.id}/\` to see it again.`,
      show: true,
    },
  ];
}
