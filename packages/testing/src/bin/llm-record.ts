import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { readKeyVariable } from "@llm-provider/core/internal";
import { readRegularText } from "@llm-provider/core/internal/files";
import type { CommandIo } from "../command/io.ts";
import { processIo } from "../command/io.ts";
import { loadProvider } from "../command/load-package.ts";
import { createCommand, runProgram, usageError } from "../command/program.ts";
import { documentScenario } from "../record/document-scenario.ts";
import { record, type Recorded, type RecordReport } from "../record/record.ts";
import { sealFolder } from "../record/seal-folder.ts";
import type { Command } from "commander";

interface Options {
  readonly check?: boolean;
  readonly live?: boolean;
  readonly twin?: boolean;
  readonly only?: string;
  readonly cassettes: string;
  readonly seal?: string;
  readonly document?: string;
  readonly source?: string;
  readonly answer?: string;
  readonly stream?: boolean;
  readonly status?: number;
}

const help = {
  summary: "Record all scenarios of a provider into cassettes",
  description: "Talks to the real endpoint if the key's environment variable is set, else to the provider's twin.",
  examples: [
    "llm-record",
    "llm-record ./src/index.ts --check",
    "llm-record --only text,tool-call --twin",
    "llm-record --document text --source https://acme.ai/docs --answer answer.json",
  ],
};

function llmRecord(io: CommandIo): Command {
  return createCommand("llm-record", help, io)
    .argument("[module]", "A file, a folder or a package; `#name` picks one of several providers", "./src/index.ts")
    .option("--check", "Record in memory, compare with the files, write nothing")
    .option("--live", "Talk to the real endpoint, whatever the environment says")
    .option("--twin", "Talk to the twin, whatever the environment says")
    .option("--only <names>", "Only these scenarios, separated by commas")
    .option("--cassettes <folder>", "The folder of the cassettes", "test/cassettes")
    .option("--seal <folder>", "Seal cassettes that were written by hand from documentation")
    .option("--document <scenario>", "Make a cassette from an answer that a page shows")
    .option("--source <url>", "With --document: the page")
    .option("--answer <file>", "With --document: the answer, as JSON or as the text of a stream")
    .option("--stream", "With --document: the answer is a stream, or a list of its chunks")
    .option("--status <number>", "With --document: the status of a refusal", Number)
    .action(async (module: string, options: Options) => {
      if (options.seal !== undefined) {
        for (const line of sealFolder(options.seal)) io.out(`${line}\n`);
        return;
      }
      if (options.live && options.twin) throw usageError("`--live` and `--twin` exclude each other. Choose one.");
      const factory = await loadProvider(module, io, {}, async (definition) => {
        const { auth } = definition;
        if (options.document !== undefined || options.twin) return false;
        if (auth !== "none") await loadKey(definition, auth.env, io.cwd);
        return options.live ?? (auth !== "none" && Boolean(await readKeyVariable(definition, auth.env)));
      });
      const { name } = factory.definition;
      if (options.document !== undefined) {
        const { document: scenario, source, answer: file, ...rest } = options;
        if (source === undefined || file === undefined)
          throw usageError("`--document` needs `--source <url>` and `--answer <file>`.");
        const answer = readRegularText(resolve(io.cwd, file), { name: file });
        if (answer === undefined) throw usageError(`There is no file ${file}.`);
        await documentScenario(factory, { ...rest, scenario, source, answer });
        io.out(`documented ${scenario}\n`);
        return;
      }
      const report = await record(factory, {
        cassettes: options.cassettes,
        check: options.check,
        live: options.live ? true : options.twin ? false : undefined,
        only: options.only?.split(","),
      });
      for (const one of report.recorded) io.out(`${lineOf(one)}\n`);
      io.out(`${summaryOf(report, name)}\n`);
      if (!report.ok) io.exitCode = 1;
    });
}

/** Takes only the key from `.env`: its other variables are not for a recording. The environment goes first. */
async function loadKey(facts: Parameters<typeof readKeyVariable>[0], variable: string, cwd: string): Promise<void> {
  if (await readKeyVariable(facts, variable)) return;
  const value = parseEnv(readRegularText(join(cwd, ".env"), { name: ".env" }) ?? "")[variable];
  if (value) process.env[variable] = value;
}

function summaryOf({ origin, recorded }: RecordReport, name: string): string {
  const failed = recorded.filter(({ outcome }) => outcome === "failed").length;
  const tried = recorded.filter(({ outcome }) => outcome !== "skipped").length;
  if (failed > 0) return `Nothing was written: ${failed} of ${tried} scenarios of ${name} failed.`;
  if (origin === "twin") return `Recorded from the twin of ${name}: no request left this machine.`;
  return origin === "local" ? `Recorded from ${name} on this machine.` : `Recorded from ${name} itself.`;
}

function lineOf(one: Recorded): string {
  const head = `${one.outcome.padEnd(10)} ${one.scenario}`;
  if ("reason" in one) return `${head}: ${one.reason}`;
  if ("differences" in one)
    return [head, ...one.differences.map(({ severity, path, text }) => `           ${severity}: ${path} ${text}`)].join(
      "\n",
    );
  return head;
}

const io = processIo();
// Recording takes no signal: an interruption ends the process at once.
io.signal.addEventListener("abort", () => process.exit(130));
process.exitCode = await runProgram(llmRecord, process.argv.slice(2), io);
