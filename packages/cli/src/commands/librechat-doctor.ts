import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Definition } from "@llm-provider/core";
import {
  diagnose,
  fixConfig,
  loadRealSchema,
  maskSecrets,
  outlineVersion,
  type Diagnostic,
  type DoctorOptions,
  type RealSchema,
} from "@llm-provider/librechat";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { providers } from "../providers.generated.ts";
import { readConfigOnDisk } from "../librechat/config-on-disk.ts";
import { decodeConfig } from "../librechat/decode-config.ts";
import { printDiagnostics } from "../librechat/print-diagnostics.ts";
import { printDiff } from "../librechat/print-diff.ts";
import { readTarget, targetOption } from "../librechat/read-options.ts";
import { writeConfig } from "../librechat/write-config.ts";
import { usageError } from "../usage-error.ts";

export const doctor: Command = {
  summary: "Find what is wrong in a librechat.yaml",
  usage: "librechat doctor <file> [options]",
  description:
    "Says what LibreChat refuses, ignores or does otherwise than the file says, and what the provider refuses; line by line, with the reason and what to do. Ends with 0 where nothing is wrong, 1 where something is, 2 where it could not look.\n\nVariables are looked for only in the file that --env-file names; no value of it is shown.",
  options: {
    "env-file": { type: "string", short: "e", value: "FILE", description: "LibreChat's .env, to find unset variables" },
    fix: { type: "boolean", description: "Put right misspelt names, duplicates and spellings; the rest is listed" },
    "dry-run": { type: "boolean", short: "n", description: "With --fix: show the difference and write nothing" },
    json: { type: "boolean", description: "Print { diagnostics } as JSON" },
    target: targetOption,
  },
  examples: [
    "llm-provider librechat doctor librechat.yaml",
    "llm-provider librechat doctor librechat.yaml --env-file .env --fix",
    "llm-provider librechat doctor librechat.yaml --json | jq '.diagnostics[].rule'",
  ],
  async run(values, [name, ...rest], io) {
    const target = readTarget(values);
    if (name === undefined || rest.length > 0)
      throw usageError("Which file? One, such as `llm-provider librechat doctor librechat.yaml`.");
    if (values["dry-run"] && !values["fix"])
      throw usageError("`--dry-run` goes with `--fix`: without it the doctor writes nothing anyway.");
    const file = await readConfigOnDisk(name, io);
    if (!file.bytes) throw usageError(`There is no file ${name}.`);
    const environment = readEnvironment(values["env-file"] as string | undefined, io);
    const [definitions, realSchema] = await Promise.all([loadDefinitions(), loadRealSchema()]);
    const options: DoctorOptions = { target, definitions, realSchema, ...(environment && { environment }) };
    io.err(schemaText(realSchema));

    if (!values["fix"])
      return report(name, diagnose(file.bytes.toString("utf8"), options), values["json"] === true, io);
    const before = decodeConfig(name, file.bytes);
    const { text, fixed, left } = fixConfig(before, options);
    for (const { line, message } of fixed)
      io.err(`${values["dry-run"] ? "would mend" : "mended"} line ${line}: ${message}\n`);
    if (values["dry-run"]) {
      io.out(maskSecrets(printDiff(name, before, text, io), before));
      return left.length + fixed.length > 0 ? 1 : 0;
    }
    if (text !== before) io.err(`${name} is written; as it was: ${await writeConfig(file, text)}\n`);
    return report(name, left, values["json"] === true, io);
  },
};

function report(name: string, diagnostics: readonly Diagnostic[], isJson: boolean, io: Io): number {
  if (isJson) io.out(`${JSON.stringify({ diagnostics }, null, 2)}\n`);
  else if (diagnostics.length === 0) io.out(`Nothing is wrong in ${name}.\n`);
  else io.out(printDiagnostics(name, diagnostics, io));
  return diagnostics.length === 0 ? 0 : 1;
}

async function loadDefinitions(): Promise<Definition[]> {
  return Promise.all(Object.values(providers).map(async (load) => (await load()).definition));
}

function readEnvironment(path: string | undefined, io: Io): Record<string, string> | undefined {
  if (path === undefined) return undefined;
  try {
    return parseEnv(readFileSync(resolve(io.cwd, path), "utf8")) as Record<string, string>;
  } catch {
    throw usageError(`The file of variables ${path} cannot be read.`);
  }
}

function schemaText(schema: RealSchema | undefined): string {
  return schema
    ? `Checked with LibreChat's own schema (librechat-data-provider ${schema.version}) and with ours.\n`
    : `Checked with our outline of LibreChat's schema (librechat-data-provider ${outlineVersion}, which is not installed here).\n`;
}
