import { relative } from "node:path";
import nodePlop from "node-plop";
import type { Answers } from "./answers.ts";
import { describeFiles } from "./describe-files.ts";
import type { Door } from "./door.ts";
import { nextCommands } from "./next-commands.ts";
import { folderOf, type GeneratorOptions, registerGenerators } from "./register-generators.ts";
import type { FileTree } from "./render.ts";
import { renderPackage } from "./render-package.ts";
import type { Reporter } from "./reporter.ts";
import { rerunCommand } from "./rerun-command.ts";
import { stop } from "./stop.ts";
import { lastLines, testCount } from "./step-output.ts";
import { completeAnswers, templateContext } from "./template-context.ts";
import type { Undo } from "./write-package.ts";

/** How one step ended, for the envelope. */
type StepOutcome = { name: string; ok: boolean; ms: number };

/** Makes what the answers ask for, through plop, and tells what came of it. */
export async function create(
  answers: Answers,
  run: {
    door: Door;
    given: { readonly [name: string]: unknown };
    dryRun: boolean;
    reporter: Reporter;
    signal: AbortSignal;
  },
): Promise<number> {
  const { door, given, reporter, signal } = run;
  const { resources, inWorkspace, root } = door;
  if (inWorkspace && (given["dir"] ?? given["packageManager"] ?? given["git"]) !== undefined) {
    throw stop(
      2,
      "In this repository a package goes to packages/<id>, with pnpm and the repository's git: leave --dir, --pm and --no-git out.",
    );
  }
  const facts = {
    created: new Date().toISOString().slice(0, 10),
    // nock, which replays the cassettes, needs 22.20.
    ownNode: !inWorkspace && !isAtLeast(process.versions.node, 22, 20),
    userAgent: door.environment["npm_config_user_agent"],
  };
  const complete = completeAnswers(answers, facts);
  const context = templateContext(complete, resources.versions, inWorkspace);
  const folder = folderOf(answers, door);

  const started = performance.now();
  const steps: StepOutcome[] = [];
  const outcome = (files: FileTree, action: "create" | "would create", ok: boolean) => ({
    ok,
    version: resources.versions["create-llm-provider"]!,
    dir: folder,
    files: [...files].map(([path, text]) => ({ path, action, bytes: Buffer.byteLength(text) })),
    answers: complete,
    steps,
    next: nextCommands(
      context,
      folder,
      root,
      steps.some(({ name }) => name === "test"),
    ),
    rerun: rerunCommand(door.rerun, given),
    libreChat: context.libreChat,
  });

  if (run.dryRun) {
    const files = renderPackage(resources.templates, context);
    for (const [path, text] of files)
      reporter.say(`would create ${path} ${reporter.dim(`${Buffer.byteLength(text)} B`)}`);
    reporter.say("and the cassettes in test/cassettes, recorded against the package's own twin. Nothing was written.");
    reporter.envelope(outcome(files, "would create", true));
    return 0;
  }

  let made: FileTree = new Map();
  const undos: Undo[] = [];
  const options: GeneratorOptions = {
    ...facts,
    resources,
    inWorkspace,
    root,
    signal,
    environment: door.environment,
    output: reporter.prose,
    onUndo: (undo) => undos.unshift(undo),
    onFiles: (files) => {
      made = files;
      steps.push({ name: "write", ok: true, ms: Math.round(performance.now() - started) });
      reporter.say(describeFiles(files, context, relative(root, folder) || "."));
    },
    onStepStart: (step) => reporter.say(reporter.dim(`${step.doing} …`)),
    onStepEnd: (step, { ok, ms, output }) => {
      steps.push({ name: step.name, ok, ms });
      if (!ok && !signal.aborted && !step.show) reporter.say(lastLines(output));
      if (ok) reporter.say(reporter.dim(`  done in ${(ms / 1000).toFixed(1)} s${step.show ? "" : testCount(output)}`));
    },
  };
  const plop = await nodePlop("", { destBasePath: root, force: false });
  registerGenerators(plop, options);
  const { failures } = await plop.getGenerator(answers.template).runActions({ ...answers });
  // Half a package is worse than none. A whole one whose tests could not be run is a package.
  if (signal.aborted || failures[0]?.type === "emit") for (const undo of undos) await undo();
  if (signal.aborted) throw stop(130, "Cancelled. Nothing is left behind.");
  if (failures[0]) {
    const { type, error } = failures[0];
    const sentence = type === "emit" ? `The package could not be made, and nothing is left of it: ${error}.` : error;
    return reporter.fail(1, sentence, outcome(made, "create", false));
  }

  const result = outcome(made, "create", true);
  if (context.libreChat) reporter.say(`\n${reporter.bold("LibreChat")}: for librechat.yaml\n\n${context.libreChat}`);
  if (context.placeholderModels) {
    reporter.say(
      `\nNo model was named: ${context.smallModel} is made up.\nPut the endpoint's own ids into src/models.ts.`,
    );
  }
  if (context.isTool) {
    reporter.say(
      `\nThe request in src/${context.id}.ts is an example of the usual form.\nPut the API's own there, and into test/twin.ts.`,
    );
  }
  reporter.say(`\n${reporter.bold("Next")}`);
  for (const command of result.next) reporter.say(`  ${command}`);
  reporter.say(`\n${reporter.bold("The same again, without a question")}\n  ${result.rerun}`);
  reporter.envelope(result);
  return 0;
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
}
