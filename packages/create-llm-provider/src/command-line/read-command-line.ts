import { createCommand, usageError } from "@llm-provider/testing/command";
import { type Command, CommanderError, Option } from "commander";
import { type AnswerName, answerNames, answersSchema, presentationOf } from "../answers/answers-schema.ts";
import { splitModels } from "./ask.ts";
import type { Host } from "./host.ts";

/** The settings for making a package. */
export interface CreateOptions {
  /** Answers as given, not checked yet. */
  given: { [name: string]: unknown };
  /** Path of the config file. */
  config?: string;
  /** Ask the endpoint for its models, if none are named. */
  fetchModels: boolean;
  /** Probe the endpoint, and write its facts. */
  probe: boolean;
  dryRun: boolean;
  json: boolean;
  yes: boolean;
}

export type CommandLine =
  | ({ command: "create" } & CreateOptions)
  | { command: "check"; folder: string; diff: boolean }
  | { command: "update"; folder: string; dryRun: boolean }
  | { command: "print-schema" }
  /** Help or version, which are printed already. */
  | { command: "done" };

/** Reads a command line; prints help and version. Throws an error with exit code 2 if the command line is wrong. */
export function readCommandLine(words: readonly string[], host: Host): CommandLine {
  let line: CommandLine = { command: "done" };
  const program = createProgram(host);
  program.action((id: string | undefined) => {
    const {
      config,
      fetchModels = false,
      probe = false,
      dryRun = false,
      json = false,
      yes = false,
      printSchema = false,
    } = program.opts<Partial<CreateOptions> & { printSchema?: boolean }>();
    if (program.args.length > 1)
      throw usageError("Too many arguments: one id is enough. An id contains no blanks: use acme-ai. See --help.");
    line = printSchema
      ? { command: "print-schema" }
      : { command: "create", given: readAnswers(program, id), config, fetchModels, probe, dryRun, json, yes };
  });
  const maintain = (name: "check" | "update", summary: string, flag: string, what: string): Command => {
    const command = createCommand(name, { summary, examples: [`${host.program} ${name} .`] }, output(host))
      .argument("[folder]", "The package", ".")
      .option(flag, what)
      .option("--json", "Print the outcome as JSON");
    program.addCommand(command, { hidden: host.inWorkspace });
    return command;
  };
  maintain(
    "check",
    "Show which files of a package this version would write differently",
    "--diff",
    "Show the differences",
  ).action((folder: string, { diff = false }: { diff?: boolean }) => {
    line = { command: "check", folder, diff };
  });
  maintain(
    "update",
    "Bring a package to this version, and keep your edits",
    "--dry-run",
    "Print what would be done, without writing",
  ).action((folder: string, { dryRun = Boolean(program.getOptionValue("dryRun")) }: { dryRun?: boolean }) => {
    line = { command: "update", folder, dryRun };
  });
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    // The help or the version has been printed.
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
  }
  return line;
}

function output({ out }: Host): Parameters<typeof createCommand>[2] {
  return { out: (text) => out.write(text), err: () => undefined, isTerminal: false, columns: 100 };
}

function createProgram(host: Host): Command {
  const { program: name, inWorkspace, resources } = host;
  const text = {
    summary: "Make a package for an LLM endpoint or a tool, with contract tests that are green at once",
    description: "It needs no key, and no network beyond npm.",
    examples: [`${name} acme --base-url https://api.acme.ai/v1`],
  };
  const program = createCommand(name, text, output(host))
    .usage("[id] [options]")
    .argument("[id]", answersSchema.shape.id.description)
    .allowExcessArguments()
    .helpCommand(false)
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 failed, 2 wrong use, 3 folder not empty, 4 stopped by the probed endpoint,\n130 cancelled.",
    );
  for (const answer of answerNames) {
    for (const option of optionsOf(answer)) {
      // Packages in this repository cannot choose these.
      if (inWorkspace && ["dir", "packageManager", "git"].includes(answer)) option.hideHelp();
      program.addOption(option);
    }
  }
  program
    .option("--fetch-models", "Take the models from GET /models, with the key of the environment")
    .option("--probe", "Measure the endpoint's behaviour with the key of the environment: up to 64 requests")
    .addOption(valued("--config <FILE>", "Read the answers from a JSON file, or a package's .llm-provider.json"))
    .option("--dry-run", "Print what would be written, without writing")
    .option("--json", "Print the outcome as JSON, without questions")
    .option("-y, --yes", "Take the defaults, without questions")
    .option("--print-schema", "Print the JSON schema of the config file")
    .version(resources.versions["create-llm-provider"]!, "-v, --version", "Print the version");
  const seen = new Set<string>();
  for (const option of program.options) {
    program.on(`option:${option.name()}`, () => {
      const attribute = option.attributeName();
      if (seen.has(attribute)) throw usageError(`${option.long} is given twice.`);
      seen.add(attribute);
    });
  }
  return program;
}

function optionsOf(answer: AnswerName): Option[] {
  const { flag, value, positive } = presentationOf(answer);
  const description = answersSchema.shape[answer].description!;
  if (!flag) return [];
  if (value) return [valued(`--${flag} <${value}>`, description)];
  if (positive) return [new Option(`--${flag}`, description)];
  return [
    // Declared before its negation, so that neither has a default.
    new Option(`--${flag}`).hideHelp(),
    new Option(`--no-${flag}`, `Do not ${description[0]!.toLowerCase()}${description.slice(1)}`),
  ];
}

/** Commander takes any following argument as the value, even another flag. */
function valued(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.argParser((value: string) => {
    if (value.startsWith("-")) throw usageError(`${option.long} needs a value. See --help.`);
    return value;
  });
}

function readAnswers(program: Command, id: string | undefined): { [name: string]: unknown } {
  const given: { [name: string]: unknown } = {};
  for (const name of answerNames) {
    const { flag } = presentationOf(name);
    const value: unknown = flag && program.getOptionValue(new Option(`--${flag}`).attributeName());
    if (value !== undefined) given[name] = name === "models" || name === "with" ? splitModels(String(value)) : value;
  }
  if (id !== undefined) given["id"] = id;
  return given;
}
