import type { CommandIo } from "../command/io.ts";
import { processIo } from "../command/io.ts";
import { loadProvider } from "../command/load-package.ts";
import { createCommand, runProgram, usageError } from "../command/program.ts";
import { record, type Recorded } from "../record/record.ts";
import { sealFolder } from "../record/seal-folder.ts";
import type { Command } from "commander";

interface Options {
  readonly check?: boolean;
  readonly live?: boolean;
  readonly twin?: boolean;
  readonly only?: string;
  readonly cassettes: string;
  readonly seal?: string;
}

const help = {
  summary: "Record all scenarios of a provider into cassettes",
  description:
    "Talks to the real endpoint where the key's environment variable is set, and to the provider's twin where it is not.",
  examples: ["llm-record", "llm-record ./src/index.ts --check", "llm-record --only text,tool-call --twin"],
};

function llmRecord(io: CommandIo): Command {
  return createCommand("llm-record", help, io)
    .argument("[module]", "A file, a folder or a package; `#name` picks one of several providers", "./src/index.ts")
    .option("--check", "Record in memory, compare with the files, write nothing")
    .option("--live", "Talk to the real endpoint, whatever the environment says")
    .option("--twin", "Talk to the twin, whatever the environment says")
    .option("--only <names>", "These scenarios, with commas between them")
    .option("--cassettes <folder>", "Where the cassettes are", "test/cassettes")
    .option("--seal <folder>", "Seal cassettes that were written by hand from documentation")
    .action(async (module: string, options: Options) => {
      if (options.seal !== undefined) {
        for (const line of sealFolder(options.seal)) io.out(`${line}\n`);
        return;
      }
      if (options.live && options.twin) throw usageError("`--live` and `--twin` exclude each other. Choose one.");
      const factory = await loadProvider(module, io);
      const report = await record(factory, {
        cassettes: options.cassettes,
        check: options.check,
        live: options.live ? true : options.twin ? false : undefined,
        only: options.only?.split(","),
      });
      for (const one of report.recorded) io.out(`${lineOf(one)}\n`);
      const { name } = factory.definition;
      io.out(
        report.origin === "live"
          ? `Recorded from ${name} itself.\n`
          : `Recorded from the twin of ${name}: no request left this machine.\n`,
      );
      if (!report.ok) io.exitCode = 1;
    });
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
// Recordings have no signal: an interruption ends the process at once.
io.signal.addEventListener("abort", () => process.exit(130));
process.exitCode = await runProgram(llmRecord, process.argv.slice(2), io);
