import type { NodePlopAPI, PromptQuestion } from "node-plop";
import { type AnswerName, presentationOf } from "../answers/answers-schema.ts";
import { answerProblem } from "../answers/parse-answers.ts";
import type { PackagePlan } from "../context/plan-package.ts";
import type { FileTree } from "../render/render.ts";
import type { Templates } from "../resources.ts";
import { runSteps, type RunStepsOptions } from "../steps/run-steps.ts";
import { stepsFor } from "../steps/steps.ts";
import { registerInWorkspace } from "../write/register-in-workspace.ts";
import { type Undo, writePackage } from "../write/write-package.ts";

export interface GeneratorOptions extends RunStepsOptions {
  templates: Templates;
  /** Turns the data of a plop run into a plan; called once per run. If it throws, the first action fails. */
  plan: (data: object) => PackagePlan;
  onUndo?: (undo: Undo) => void;
  onFiles?: (files: FileTree, plan: PackagePlan) => void;
}

/**
 * Gives plop the generators `provider` and `tool`: the action `write` writes the package, the action `steps` runs the
 * commands that follow. The plopfile of this repository and the published bin both call it.
 */
export function registerGenerators(
  plop: Pick<NodePlopAPI, "setActionType" | "setGenerator">,
  options: GeneratorOptions,
): void {
  const { templates, onUndo } = options;
  let plan: PackagePlan;
  // Never plop's own `add`: it escapes for HTML, prints a misspelt variable as an empty text and stops half-way at an existing file.
  plop.setActionType("write", async (data) => {
    plan = options.plan(data);
    const { folder, context, root } = plan;
    const files = await writePackage(folder, context, { templates, onUndo });
    if (context.inWorkspace) await registerInWorkspace(root, context, templates, onUndo);
    options.onFiles?.(files, plan);
    return `${folder} (${files.size} files)`;
  });
  plop.setActionType("steps", async () => {
    const steps = stepsFor(plan);
    await runSteps(steps, options);
    return steps.map(({ name }) => name).join(", ") || "none";
  });
  for (const template of ["provider", "tool"] as const) {
    plop.setGenerator(template, {
      description: template === "provider" ? "an LLM endpoint" : "a tool that models call",
      prompts: questions(),
      actions: (data) => {
        Object.assign(data ?? {}, { template });
        return [{ type: "write" }, { type: "steps" }];
      },
    });
  }
}

// Only questions without a default: plop cannot skip a question that depends on another.
const asked: readonly AnswerName[] = ["id", "baseURL"];

/** `pnpm plop provider acme https://…` answers them on the command line. */
function questions(): PromptQuestion[] {
  return asked.map((name) => ({
    type: "input",
    name,
    message: presentationOf(name).question ?? name,
    validate: (value: unknown) => answerProblem(name, value) ?? true,
  }));
}
