import { parseArgs } from "node:util";
import { record, type Recorded } from "../record/record.ts";
import { sealFolder } from "../record/seal-folder.ts";
import { loadFactory } from "./load-factory.ts";
import { runCommand } from "./run-command.ts";

const usage = `llm-record [module]            records all scenarios of a provider into test/cassettes

  The module is a file or package that exports a provider; ./src/index.ts unless named.
  With the key's environment variable set it talks to the real endpoint, else to the provider's twin.

  --check                      record in memory, compare with the files, write nothing
  --live, --twin               say which, whatever the environment holds
  --only text,tool-call        these scenarios
  --cassettes <folder>         test/cassettes unless named
  --export <name>              where a module exports several providers
  --seal <folder>              seal cassettes that were written by hand from documentation`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean" },
      live: { type: "boolean" },
      twin: { type: "boolean" },
      only: { type: "string" },
      cassettes: { type: "string", default: "test/cassettes" },
      export: { type: "string" },
      seal: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return say(usage);
  if (values.seal !== undefined) {
    for (const line of sealFolder(values.seal)) console.log(line);
    return 0;
  }
  if (values.live && values.twin) throw new Error("Choose one of --live and --twin.");
  const factory = await loadFactory(positionals[0] ?? "./src/index.ts", values.export);
  const report = await record(factory, {
    cassettes: values.cassettes,
    check: values.check,
    live: values.live ? true : values.twin ? false : undefined,
    only: values.only?.split(","),
  });
  for (const one of report.recorded) console.log(lineOf(one));
  const { name } = factory.definition;
  console.log(
    report.origin === "live"
      ? `Recorded from ${name} itself.`
      : `Recorded from the twin of ${name}: no request left this machine.`,
  );
  return report.ok ? 0 : 1;
});

function say(text: string): number {
  console.log(text);
  return 0;
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
