import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { relative } from "node:path";
import { libreChatYAML } from "@llm-provider/docs";
import nodePlop from "node-plop";
import { type PackagePlan, planPackage } from "../context/plan-package.ts";
import type { TemplateContext } from "../context/template-context.ts";
import { ExitError } from "../exit-error.ts";
import { registerGenerators } from "../plop/register-generators.ts";
import { type FileTree, renderPackage } from "../render/render.ts";
import type { Undo } from "../write/write-package.ts";
import type { Host } from "./host.ts";
import { nameNotes } from "./name-notes.ts";
import { nextCommands, rerunCommand, undoCommands } from "./next-commands.ts";
import type { Reporter } from "./reporter.ts";
import type { ResolvedAnswers } from "./resolve-answers.ts";

/** Makes the package through plop, and reports the outcome. Returns the exit code. */
export async function create(
  { answers, given, facts, notes, measured }: ResolvedAnswers,
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
  const userAgent = host.environment["npm_config_user_agent"];
  const plan = planPackage(answers, { ...host, versions, userAgent, facts, measured });
  const { context, folder } = plan;
  if (context.pm.is.yarn && !host.inWorkspace) refuseOldYarn(host, userAgent);
  notes.push(...(await nameNotes(context, host, plan.install && !run.dryRun)));
  for (const note of notes) reporter.say(note);
  const rerun = rerunCommand(host.rerun, given);
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
    undo: undoCommands(plan),
    rerun,
    libreChat: libreChatYAML(context.subject) ?? "",
    notes,
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
      sayKept(files, folder, reporter);
      reporter.say(`${reporter.bold("The same again, without questions")}\n  ${rerun}\n`);
    },
    onStepStart: (step) => reporter.say(reporter.dim(`${step.doing} …`)),
    onStepAlive: (step, seconds) =>
      reporter.say(reporter.dim(`  still running after ${seconds} s (${step.command.join(" ")})`)),
    onStepEnd: (step, { ok, ms, lastLines, testsPassed }) => {
      steps.push({ name: step.name, ok, ms });
      if (!ok && !signal.aborted && step.optional) return reporter.say(`Warning: ${step.doing} failed. ${step.hint}`);
      if (!ok && !signal.aborted && !step.show) reporter.say(lastLines);
      const tests = step.show || testsPassed === undefined ? "" : `, ${testsPassed} tests passed`;
      if (ok) reporter.say(reporter.dim(`  done in ${(ms / 1000).toFixed(1)} s${tests}`));
    },
  });
  const { failures } = await plop.getGenerator(answers.template).runActions({ ...answers });
  // Half a package is worse than none, but a complete one whose tests could not run is kept.
  const isWhole = made.size > 0;
  if (!isWhole) for (const undo of undos) await undo();
  if (signal.aborted && !isWhole) throw new ExitError(130, "Cancelled. No files were left behind.");
  if (signal.aborted) {
    const again = nextCommands(plan, false)[0]!;
    throw new ExitError(
      130,
      `Cancelled. The files are all in ${relative(host.root, folder) || "."}. Continue with: ${again}`,
    );
  }
  if (failures[0]) {
    const { type, error } = failures[0];
    const sentence =
      type === "write" ? `The package could not be made, and none of its files remain: ${error}.` : error;
    return reporter.fail(1, sentence, outcome(made, "create", false));
  }
  const result = outcome(made, "create", true);
  sayWhatNext(context, result, reporter);
  reporter.envelope(result);
  return 0;
}

/** The written files, important ones first. */
function describeFiles(files: FileTree, { context, folder, root }: PackagePlan): string {
  const inCassettes = [...files.keys()].filter((path) => path.startsWith("test/cassettes/"));
  const cassettes = inCassettes.filter((path) => !path.endsWith("/index.json")).length;
  const notable: { [path: string]: string } = {
    [`src/${context.id}.ts`]: context.isTool
      ? "the tool: its input, its request, the text for the model"
      : "the definition: the known facts about the endpoint",
    "src/models.ts": "its models",
    "src/dialect.ts": "its wire format",
    "src/wire.ts": "the same from the endpoint's side",
    "test/contract.test.ts": "its contract tests",
  };
  const rows = Object.entries(notable).filter(([path]) => files.has(path));
  rows.push(
    ["test/cassettes/", `${cassettes} recordings, ${originOf(context)}`],
    ["README.md", `and ${files.size - inCassettes.length - rows.length - 1} more files`],
  );
  // Later steps name the other files of the repository that they change.
  const outside = context.inWorkspace ? [`Outside of it: .changeset/add-${context.id}.md, tsconfig.json`] : [];
  const width = Math.max(...rows.map(([path]) => path.length)) + 2;
  return [
    `${context.packageName} in ${relative(root, folder) || "."}`,
    ...rows.map(([path, text]) => `  ${path.padEnd(width)}${text}`),
    ...outside,
    "",
  ].join("\n");
}

function originOf({ measured }: TemplateContext): string {
  return measured && measured.origin !== "twin"
    ? "made with the endpoint, as far as it fits the scenarios"
    : "made with its own twin";
}

function sayWhatNext(
  { subject, placeholderModels, unread, docs, smallModel, isTool, id, isPost }: TemplateContext,
  { next, undo }: { next: readonly string[]; undo: readonly string[] },
  { say, bold }: Reporter,
): void {
  const yaml = libreChatYAML(subject);
  if (yaml) say(`\n${bold("LibreChat")}: for librechat.yaml\n\n${yaml.trimEnd()}`);
  if (placeholderModels)
    say(`\nNo model was named: ${smallModel} is made up.\nPut the endpoint's own ids into src/models.ts.`);
  if (unread && !isTool)
    say(
      `\n${docs} is marked unread in src/${id}.ts.\nRead it, state its facts, and write the day there: until then the package cannot be packed.`,
    );
  if (isTool)
    say(
      `\nThe request in src/${id}.ts is an example of the usual form, a ${isPost ? "POST" : "GET"}.\nPut the API's own there, and into test/twin.ts.`,
    );
  say(`\n${bold("Next")}`);
  for (const command of next) say(`  ${command}`);
  if (undo.length === 0) return;
  say(`\n${bold("To undo this")}`);
  for (const command of undo) say(`  ${command}`);
}

/** An existing README or licence stays; ours is written beside it. */
function sayKept(files: FileTree, folder: string, { say }: Reporter): void {
  const kept = readdirSync(folder).filter((name) => name.endsWith(".new") && files.has(name.slice(0, -4)));
  if (kept.length > 0)
    say(`Kept: ${kept.map((name) => name.slice(0, -4)).join(", ")}. The new text is in ${kept.join(", ")}.\n`);
}

/** Yarn 1 reads neither the settings nor the lockfile of Yarn 4. */
function refuseOldYarn({ environment, root }: Host, userAgent: string | undefined): void {
  const windows = process.platform === "win32";
  const asked = spawnSync("yarn", ["--version"], { cwd: root, env: environment, encoding: "utf8", shell: windows });
  const version = /^yarn\/(\S+)/.exec(userAgent ?? "")?.[1] ?? asked.stdout?.trim() ?? "";
  if (!version.startsWith("1.")) return;
  throw new ExitError(
    2,
    `This is Yarn ${version}, and a package needs Yarn 4 or newer. Run \`corepack enable\`, or give --pm npm.`,
  );
}
