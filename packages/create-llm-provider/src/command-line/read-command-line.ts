import { Command, CommanderError, Option } from "commander";
import { type AnswerName, answerNames, answersSchema, presentationOf } from "../answers/answers-schema.ts";
import { ExitError } from "../exit-error.ts";
import { splitModels } from "./ask.ts";
import type { Host } from "./host.ts";

/** How to make a package. */
export interface CreateOptions {
  /** Answers as given, not checked yet. */
  given: { [name: string]: unknown };
  /** Path of the config file. */
  config?: string;
  /** Ask the endpoint for its models, where none are named. */
  fetchModels: boolean;
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

/** Reads a command line; prints help and version. Throws an `ExitError` (2) where the command line makes no sense. */
export function readCommandLine(words: readonly string[], host: Host): CommandLine {
  let line: CommandLine = { command: "done" };
  const program = createProgram(host);
  program.action((id: string | undefined) => {
    const {
      config,
      fetchModels = false,
      dryRun = false,
      json = false,
      yes = false,
    } = program.opts<Partial<CreateOptions>>();
    line = { command: "create", given: readAnswers(program, id), config, fetchModels, dryRun, json, yes };
  });
  program
    .command("check", { hidden: host.inWorkspace })
    .description("Tell which files of a package this version would write differently")
    .argument("[folder]", "the package", ".")
    .option("--diff", "Show the differences")
    .option("--json", "Print the outcome as JSON")
    .action((folder: string, { diff = false }: { diff?: boolean }) => {
      line = { command: "check", folder, diff };
    });
  program
    .command("update", { hidden: host.inWorkspace })
    .description("Bring a package to this version, and keep what was edited")
    .argument("[folder]", "the package", ".")
    .option("--dry-run", "Say what would be done, and write nothing")
    .option("--json", "Print the outcome as JSON")
    .action((folder: string, { dryRun = Boolean(program.getOptionValue("dryRun")) }: { dryRun?: boolean }) => {
      line = { command: "update", folder, dryRun };
    });
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { command: "done" };
    throw new ExitError(2, sentenceOf(error, program));
  }
  return program.getOptionValue("printSchema") ? { command: "print-schema" } : line;
}

function createProgram({ program: name, inWorkspace, out, resources }: Host): Command {
  const program = new Command(name)
    .usage("[id] [options]")
    .argument("[id]", answersSchema.shape.id.description)
    .description(
      "Makes a package for an LLM endpoint or a tool, with contract tests that are green at once:\n" +
        "no key, no network beyond npm.\n\n" +
        `Example: ${name} acme --base-url https://api.acme.ai/v1`,
    )
    .helpOption("-h, --help", "Print this")
    .helpCommand(false)
    .addHelpText("after", "\nExit codes: 0 done, 1 failed, 2 wrong use, 3 folder not empty, 130 cancelled.")
    .exitOverride()
    .configureOutput({ writeOut: (text) => out.write(text), outputError: () => {}, getOutHelpWidth: () => 100 });
  for (const answer of answerNames) {
    for (const option of optionsOf(answer)) {
      // A package in this repository has no choice of these.
      if (inWorkspace && ["dir", "packageManager", "git"].includes(answer)) option.hideHelp();
      program.addOption(option);
    }
  }
  program
    .option("--fetch-models", "Take the models from GET /models, with the key of the environment")
    .addOption(valued("--config <FILE>", "Read the answers from a JSON file, or a package's .llm-provider.json"))
    .option("--dry-run", "Say what would be written, and write nothing")
    .option("--json", "Print the outcome as JSON, and ask nothing")
    .option("-y, --yes", "Ask nothing: take the defaults")
    .option("--print-schema", "Print the JSON schema of the config file")
    .version(resources.versions["create-llm-provider"]!, "-v, --version", "Print the version");
  const seen = new Set<string>();
  for (const option of program.options) {
    program.on(`option:${option.name()}`, () => {
      const attribute = option.attributeName();
      if (seen.has(attribute)) throw new ExitError(2, `${option.long} is given twice.`);
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

/** Commander takes whatever follows for the value, another flag too. */
function valued(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.argParser((value: string) => {
    if (value.startsWith("-")) throw new ExitError(2, needsValue(option.long!));
    return value;
  });
}

const noKeyHere =
  "A key is never an argument, since the shell and the list of processes keep it. Put it into an environment variable and name that with --api-key-env ACME_API_KEY.";

function needsValue(flag: string): string {
  return `${flag} needs a value. See --help.`;
}

function readAnswers(program: Command, id: string | undefined): { [name: string]: unknown } {
  const given: { [name: string]: unknown } = {};
  for (const name of answerNames) {
    const { flag } = presentationOf(name);
    const value: unknown = flag && program.getOptionValue(new Option(`--${flag}`).attributeName());
    if (value !== undefined) given[name] = name === "models" ? splitModels(String(value)) : value;
  }
  if (id !== undefined) given["id"] = id;
  return given;
}

/** Commander's message as a sentence. What was typed is repeated only as far as it is the name of a flag: it may be a key. */
function sentenceOf({ code, message }: CommanderError, program: Command): string {
  const [, flag, end] = /'(--[a-z-]{1,30})([=' ])/.exec(message) ?? [];
  if (code === "commander.optionMissingArgument" && flag) return needsValue(flag);
  if (code === "commander.unknownOption") {
    if (end === "=" && program.options.some(({ long }) => long === flag)) return `${flag} takes no value. See --help.`;
    if (flag === "--api-key") return `Unknown option --api-key. ${noKeyHere}`;
    const near = /\(Did you mean .*\?\)/.exec(message)?.[0].slice(1, -1);
    return [`Unknown option${flag ? ` ${flag}` : ""}.`, near, "See --help."].filter(Boolean).join(" ");
  }
  if (code === "commander.excessArguments" && !/for '(check|update)'/.test(message))
    return "Too many arguments: one id is enough. An id contains no blanks: use acme-ai. See --help.";
  const plain = message.replace(/^error: /, "");
  return `${plain[0]!.toUpperCase()}${plain.slice(1)} See --help.`;
}
