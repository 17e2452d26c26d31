import {
  diagnose,
  fixConfig,
  hideSecrets,
  schemaSource,
  type Diagnostic,
  type DoctorOptions,
} from "@llm-provider/librechat";
import { createCommand, toJson, usageError, wrap } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { type CliIo, knownDefinitions } from "../cli-io.ts";
import { decodeConfig, printDiff, readConfigOnDisk, writeConfig } from "../librechat/config-file.ts";
import { printDiagnostics } from "../librechat/print-diagnostics.ts";
import { readEnvFile } from "../read-env-file.ts";
import { addTargetOption, type TargetChoice } from "../librechat/options.ts";

interface Options extends TargetChoice {
  readonly envFile?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const help = {
  summary: "Find mistakes in a librechat.yaml",
  description:
    "Reports settings that LibreChat refuses, ignores or reads differently, and settings that the provider refuses, with line, reason and fix. Errors come first; each rule gives its reason once. The exit code is 0 for no problems or only remarks, 1 for problems, and 2 if the file could not be read.\n\nVariables are read only from the file that --env-file names; their values are never shown.",
  examples: [
    "llm-provider librechat doctor librechat.yaml",
    "llm-provider librechat doctor librechat.yaml --env-file .env --fix",
    "llm-provider librechat doctor librechat.yaml --json | jq '.diagnostics[].rule'",
  ],
};

export function doctor(io: CliIo): Command {
  const command = createCommand("doctor", help, io)
    .usage("<file> [options]")
    .argument("<file>")
    .option("-e, --env-file <file>", "LibreChat's .env, to find unset variables")
    .option("--fix", "Correct misspelt names, duplicates and spellings; list the rest")
    .option("-n, --dry-run", "With --fix: print the difference and write nothing")
    .option("--json", "Print { diagnostics } as JSON");
  return addTargetOption(command).action((name: string, options: Options) => run(name, options, io));
}

async function run(name: string, options: Options, io: CliIo): Promise<void> {
  const { envFile, fix, dryRun, json = false, target } = options;
  if (dryRun && !fix) throw usageError("`--dry-run` needs `--fix`: without it the doctor does not write anyway.");
  const file = await readConfigOnDisk(name, io);
  if (!file.bytes) throw usageError(`There is no file ${name}.`);
  const environment = readEnvFile(envFile, io);
  const definitions = await knownDefinitions(io);
  const doctorOptions: DoctorOptions = { target, definitions, ...(environment && { environment }) };
  const { version, dataProvider } = schemaSource;
  io.err(`Schema: LibreChat ${version} (librechat-data-provider ${dataProvider}).\n`);

  if (!fix) {
    const text = file.bytes.toString("utf8");
    report(name, diagnose(text, doctorOptions), json, io);
    const { length } = fixConfig(text, doctorOptions).fixed;
    if (length > 0 && !json) io.out(`\`--fix\` corrects ${length} of them and keeps a copy of the file.\n`);
    return;
  }
  const before = decodeConfig(name, file.bytes);
  const { text: after, fixed, left } = fixConfig(before, doctorOptions);
  for (const { line, message } of fixed)
    io.err(`${wrap(`${dryRun ? "would mend" : "mended"} line ${line}: ${message}`, io.columns).join("\n  ")}\n`);
  if (dryRun) {
    io.out(printDiff(name, hideSecrets(before), hideSecrets(after), io));
    if (isWrong([...fixed, ...left])) io.exitCode = 1;
    return;
  }
  if (after !== before) io.err(`${name} is written; the old file is in ${await writeConfig(file, after)}\n`);
  report(name, left, json, io);
}

function report(name: string, found: readonly Diagnostic[], isJson: boolean, io: CliIo): void {
  // The doctor itself does not know the name of the file.
  const diagnostics = found.map((one) => ({
    ...one,
    ...(one.fix !== undefined && { fix: one.fix.replace("-c librechat.yaml", () => `-c ${name}`) }),
  }));
  if (isJson) io.out(`${toJson({ diagnostics })}\n`);
  else if (diagnostics.length === 0) io.out(`No problems found in ${name}.\n`);
  else io.out(printDiagnostics(name, diagnostics, io));
  if (isWrong(diagnostics)) io.exitCode = 1;
}

/** A file with only remarks works. */
function isWrong(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity !== "info");
}
