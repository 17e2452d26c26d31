import { relative } from "node:path";
import nodePlop from "node-plop";
import { type PackagePlan, planPackage } from "../context/plan-package.ts";
import type { TemplateContext } from "../context/template-context.ts";
import { ExitError } from "../exit-error.ts";
import { registerGenerators } from "../plop/register-generators.ts";
import { type FileTree, renderPackage } from "../render/render.ts";
import type { Undo } from "../write/write-package.ts";
import type { Host } from "./host.ts";
import { nextCommands, rerunCommand } from "./next-commands.ts";
import type { Reporter } from "./reporter.ts";
import type { ResolvedAnswers } from "./resolve-answers.ts";

/** Makes what the answers ask for, through plop, and reports the outcome. Returns the exit code. */
export async function create(
  { answers, given }: ResolvedAnswers,
  run: { host: Host; dryRun: boolean; reporter: Reporter; signal: AbortSignal },
): Promise<number> {
  const { host, reporter, signal } = run;
  const { templates, versions } = host.resources;
  if (host.inWorkspace && (given["dir"] ?? given["packageManager"] ?? given["git"]) !== undefined) {
    throw new ExitError(
      2,
      "In this repository a package goes to packages/<id>, with pnpm and the repository's git: leave --dir, --pm and --no-git out.",
    );
  }
  const plan = planPackage(answers, { ...host, versions, userAgent: host.environment["npm_config_user_agent"] });
  const { context, folder } = plan;
  const steps: { name: string; ok: boolean; ms: number }[] = [];
  const outcome = (files: FileTree, action: "create" | "would create", ok: boolean) => ({
    ok,
    version: versions["create-llm-provider"]!,
    dir: folder,
    files: [...files].map(([path, text]) => ({ path, action, bytes: Buffer.byteLength(text) })),
    answers: context.answers,
    steps,
    next: nextCommands(
      plan,
      steps.some(({ name }) => name === "test"),
    ),
    rerun: rerunCommand(host.rerun, given),
    libreChat: context.libreChat,
  });

  if (run.dryRun) {
    const files = renderPackage(templates, context);
    for (const [path, text] of files)
      reporter.say(`would create ${path} ${reporter.dim(`${Buffer.byteLength(text)} B`)}`);
    reporter.say("and the cassettes in test/cassettes, recorded against the package's own twin. Nothing was written.");
    reporter.envelope(outcome(files, "would create", true));
    return 0;
  }

  const started = performance.now();
  let made: FileTree = new Map();
  const undos: Undo[] = [];
  const plop = await nodePlop("", { destBasePath: host.root, force: false });
  registerGenerators(plop, {
    templates,
    plan: () => plan,
    environment: host.environment,
    output: reporter.prose,
    signal,
    onUndo: (undo) => undos.unshift(undo),
    onFiles: (files) => {
      made = files;
      steps.push({ name: "write", ok: true, ms: Math.round(performance.now() - started) });
      reporter.say(describeFiles(files, plan));
    },
    onStepStart: (step) => reporter.say(reporter.dim(`${step.doing} …`)),
    onStepEnd: (step, { ok, ms, lastLines, testsPassed }) => {
      steps.push({ name: step.name, ok, ms });
      if (!ok && !signal.aborted && !step.show) reporter.say(lastLines);
      const tests = step.show || testsPassed === undefined ? "" : `, ${testsPassed} tests passed`;
      if (ok) reporter.say(reporter.dim(`  done in ${(ms / 1000).toFixed(1)} s${tests}`));
    },
  });
  const { failures } = await plop.getGenerator(answers.template).runActions({ ...answers });
  // Half a package is worse than none. A whole one whose tests could not be run is a package.
  if (signal.aborted || failures[0]?.type === "write") for (const undo of undos) await undo();
  if (signal.aborted) throw new ExitError(130, "Cancelled. Nothing is left behind.");
  if (failures[0]) {
    const { type, error } = failures[0];
    const sentence = type === "write" ? `The package could not be made, and nothing is left of it: ${error}.` : error;
    return reporter.fail(1, sentence, outcome(made, "create", false));
  }
  const result = outcome(made, "create", true);
  sayWhatNext(context, result, reporter);
  reporter.envelope(result);
  return 0;
}

/** What was made, the files that matter first. */
function describeFiles(files: FileTree, { context, folder, root }: PackagePlan): string {
  const inCassettes = [...files.keys()].filter((path) => path.startsWith("test/cassettes/"));
  const cassettes = inCassettes.filter((path) => !path.endsWith("/index.json")).length;
  const notable: { [path: string]: string } = {
    [`src/${context.id}.ts`]: context.isTool
      ? "the tool: its input, its request, the text for the model"
      : "the definition: what is known of the endpoint",
    "src/models.ts": "its models",
    "src/dialect.ts": "its wire format",
    "src/wire.ts": "the same from the endpoint's side",
    "test/contract.test.ts": "its contract tests",
  };
  const rows = Object.entries(notable).filter(([path]) => files.has(path));
  rows.push(
    ["test/cassettes/", `${cassettes} recordings, made against its own twin`],
    ["README.md", `and ${files.size - inCassettes.length - rows.length - 1} more files`],
  );
  const width = Math.max(...rows.map(([path]) => path.length)) + 2;
  return [
    `${context.packageName} in ${relative(root, folder) || "."}`,
    ...rows.map(([path, text]) => `  ${path.padEnd(width)}${text}`),
    "",
  ].join("\n");
}

function sayWhatNext(
  { libreChat, placeholderModels, smallModel, isTool, id }: TemplateContext,
  { next, rerun }: { next: readonly string[]; rerun: string },
  { say, bold }: Reporter,
): void {
  if (libreChat) say(`\n${bold("LibreChat")}: for librechat.yaml\n\n${libreChat}`);
  if (placeholderModels)
    say(`\nNo model was named: ${smallModel} is made up.\nPut the endpoint's own ids into src/models.ts.`);
  if (isTool)
    say(
      `\nThe request in src/${id}.ts is an example of the usual form.\nPut the API's own there, and into test/twin.ts.`,
    );
  say(`\n${bold("Next")}`);
  for (const command of next) say(`  ${command}`);
  say(`\n${bold("The same again, without a question")}\n  ${rerun}`);
}
