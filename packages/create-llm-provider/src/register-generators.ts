import { join, resolve } from "node:path";
import type { NodePlopAPI } from "node-plop";
import type { Output } from "./door.ts";
import { type MakeOptions, makePackage } from "./make-package.ts";
import { parseAnswers } from "./parse-answers.ts";
import { plopQuestions } from "./plop-questions.ts";
import { registerInWorkspace } from "./register-in-workspace.ts";
import type { FileTree } from "./render.ts";
import { runCommand } from "./run-command.ts";
import { packageSteps, type Step, workspaceSteps } from "./steps.ts";
import { stop } from "./stop.ts";
import { completeAnswers, type TemplateAnswers, templateContext } from "./template-context.ts";

export type GeneratorOptions = MakeOptions & {
  /** Relative folders start here; in this repository, its root. */
  root: string;
  /** YYYY-MM-DD. */
  created: string;
  ownNode: boolean;
  userAgent?: string;
  signal?: AbortSignal;
  environment?: { readonly [name: string]: string | undefined };
  /** For the output of steps that are meant to be seen. */
  output?: Output;
  onFiles?: (files: FileTree, folder: string) => void;
  onStepStart?: (step: Step) => void;
  onStepEnd?: (step: Step, result: { ok: boolean; ms: number; output: string }) => void;
};

/** The folder that the answers name. */
export function folderOf(
  answers: Pick<TemplateAnswers, "id"> & { dir?: string },
  options: Pick<GeneratorOptions, "inWorkspace" | "root">,
): string {
  return options.inWorkspace
    ? join(options.root, "packages", answers.id)
    : resolve(options.root, answers.dir ?? answers.id);
}

/** Gives plop the generators `provider` and `tool`. The plopfile of this repository and the published bin both call it. */
export function registerGenerators(
  plop: Pick<NodePlopAPI, "setActionType" | "setGenerator">,
  options: GeneratorOptions,
): void {
  // Never plop's own `add`: it escapes for HTML, prints a misspelt variable as nothing and stops half-way at a file that exists.
  plop.setActionType("emit", async (data) => {
    const { answers, complete } = read(data, options);
    const folder = folderOf(answers, options);
    const files = await makePackage(folder, complete, options);
    if (options.inWorkspace) {
      const context = templateContext(complete, options.resources.versions, true);
      await registerInWorkspace(options.root, context, options.resources, options.onUndo);
    }
    options.onFiles?.(files, folder);
    return `${folder} (${files.size} files)`;
  });
  plop.setActionType("steps", async (data) => {
    const { answers, complete } = read(data, options);
    const steps = options.inWorkspace
      ? workspaceSteps(options.root, complete, answers)
      : packageSteps(folderOf(answers, options), complete, answers);
    for (const step of steps) {
      options.onStepStart?.(step);
      const result = await runCommand(step.command, {
        folder: step.folder,
        environment: options.environment,
        show: step.show ? (options.output ?? process.stdout) : undefined,
        signal: options.signal,
      });
      options.onStepEnd?.(step, result);
      if (!result.ok) throw stop(1, `${step.doing} failed. ${step.hint}`);
    }
    return steps.map(({ name }) => name).join(", ") || "none";
  });
  for (const template of ["provider", "tool"] as const) {
    plop.setGenerator(template, {
      description: template === "provider" ? "an LLM endpoint" : "a tool that models call",
      prompts: plopQuestions(),
      actions: (data) => {
        Object.assign(data ?? {}, { template });
        return [{ type: "emit" }, { type: "steps" }];
      },
    });
  }
}

function read(data: object, options: GeneratorOptions) {
  const answers = parseAnswers(data);
  return { answers, complete: completeAnswers(answers, options) };
}
