import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Definition } from "@llm-provider/core";
import {
  diagnose,
  fixConfig,
  maskSecrets,
  schemaSource,
  type Diagnostic,
  type DoctorOptions,
  type Severity,
} from "@llm-provider/librechat";
import { createCommand, paint, toJson, usageError, wrap, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { decodeConfig, printDiff, readConfigOnDisk, writeConfig } from "../librechat/config-file.ts";
import { addTargetOption, type TargetChoice } from "../librechat/options.ts";
import { providers } from "../providers.generated.ts";

interface Options extends TargetChoice {
  readonly envFile?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const help = {
  summary: "Find what is wrong in a librechat.yaml",
  description:
    "Says what LibreChat refuses, ignores or does otherwise than the file says, and what the provider refuses; line by line, with the reason and what to do. Ends with 0 where nothing is wrong, 1 where something is, 2 where it could not look.\n\nVariables are looked for only in the file that --env-file names; no value of it is shown.",
  examples: [
    "llm-provider librechat doctor librechat.yaml",
    "llm-provider librechat doctor librechat.yaml --env-file .env --fix",
    "llm-provider librechat doctor librechat.yaml --json | jq '.diagnostics[].rule'",
  ],
};

export function doctor(io: CommandIo): Command {
  const command = createCommand("doctor", help, io)
    .usage("<file> [options]")
    .argument("<file>")
    .option("-e, --env-file <file>", "LibreChat's .env, to find unset variables")
    .option("--fix", "Correct misspelt names, duplicates and spellings; the rest is listed")
    .option("-n, --dry-run", "With --fix: print the difference and write nothing")
    .option("--json", "Print { diagnostics } as JSON");
  return addTargetOption(command).action((name: string, options: Options) => run(name, options, io));
}

async function run(name: string, options: Options, io: CommandIo): Promise<void> {
  const { envFile, fix, dryRun, json = false, target } = options;
  if (dryRun && !fix) throw usageError("`--dry-run` goes with `--fix`: without it the doctor writes nothing anyway.");
  const file = await readConfigOnDisk(name, io);
  if (!file.bytes) throw usageError(`There is no file ${name}.`);
  const environment = readEnvironment(envFile, io);
  const definitions = await loadDefinitions();
  const doctorOptions: DoctorOptions = { target, definitions, ...(environment && { environment }) };
  const { version, dataProvider } = schemaSource;
  io.err(`Checked with the schema of LibreChat ${version} (librechat-data-provider ${dataProvider}).\n`);

  if (!fix) return report(name, diagnose(file.bytes.toString("utf8"), doctorOptions), json, io);
  const before = decodeConfig(name, file.bytes);
  const { text: after, fixed, left } = fixConfig(before, doctorOptions);
  for (const { line, message } of fixed) io.err(`${dryRun ? "would mend" : "mended"} line ${line}: ${message}\n`);
  if (dryRun) {
    io.out(maskSecrets(printDiff(name, before, after, io), before));
    if (left.length + fixed.length > 0) io.exitCode = 1;
    return;
  }
  if (after !== before) io.err(`${name} is written; as it was: ${await writeConfig(file, after)}\n`);
  report(name, left, json, io);
}

function report(name: string, diagnostics: readonly Diagnostic[], isJson: boolean, io: CommandIo): void {
  if (isJson) io.out(`${toJson({ diagnostics })}\n`);
  else if (diagnostics.length === 0) io.out(`Nothing is wrong in ${name}.\n`);
  else io.out(printDiagnostics(name, diagnostics, io));
  if (diagnostics.length > 0) io.exitCode = 1;
}

async function loadDefinitions(): Promise<Definition[]> {
  return Promise.all(Object.values(providers).map(async (load) => (await load()).definition));
}

function readEnvironment(path: string | undefined, io: CommandIo): Record<string, string> | undefined {
  if (path === undefined) return undefined;
  try {
    return parseEnv(readFileSync(resolve(io.cwd, path), "utf8")) as Record<string, string>;
  } catch {
    throw usageError(`The file of variables ${path} cannot be read.`);
  }
}

/** The diagnostics for a person: `line:column`, what is wrong, why, and what to do. */
function printDiagnostics(name: string, diagnostics: readonly Diagnostic[], io: CommandIo): string {
  const { bold, dim, red, yellow, cyan } = paint(io);
  const colours: { readonly [severity in Severity]: (text: string) => string } = {
    error: red,
    warning: yellow,
    info: cyan,
  };
  const indent = " ".repeat(4);
  const columns = Math.max(40, Math.min(io.columns, 100)) - indent.length;
  const block = (text: string): string =>
    wrap(text, columns)
      .map((line) => indent + line)
      .join("\n");
  const entries = diagnostics.map(({ line, column, severity, rule, message, why, fix }) =>
    [
      `${bold(`${name}:${line}:${column}`)} ${colours[severity](severity)} ${dim(rule)}`,
      block(message),
      dim(block(`Why: ${why}`)),
      ...(fix === undefined ? [] : [block(`Fix: ${fix}`)]),
    ].join("\n"),
  );
  return `${entries.join("\n\n")}\n\n${countText(diagnostics)}\n`;
}

function countText(diagnostics: readonly Diagnostic[]): string {
  const counts = (["error", "warning", "info"] as const)
    .map((severity) => [severity, diagnostics.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity === "info" ? "remark" : severity}${count === 1 ? "" : "s"}`);
  return `${counts.join(", ")}.`;
}
