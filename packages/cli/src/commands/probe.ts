import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Definition } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";
import {
  describePlan,
  type Drift,
  findDrift,
  finishReport,
  idOf,
  type Identity,
  liveLines,
  mostAccepted,
  nameOf,
  type Plan,
  printReport,
  probeEndpoint,
  type Probed,
  toPrinted,
  writePackage,
} from "@llm-provider/probe";
import { createCommand, loadProvider, paint, toJson, usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { type CliIo, knownDefinitions } from "../cli-io.ts";
import { type ProbeChoice, type Target, toTarget } from "../probe-target.ts";
import { readResume, removeResume, resumeFile, writeResume, type Resume } from "../resume-file.ts";

const help = {
  description: `Sends at most 64 requests to an OpenAI-compatible endpoint and finds out which parameters it takes, ignores, refuses or renames, what its streams, tool calls and errors look like, and what it requires of messages. Prints a table, a definition and the entry for librechat.yaml. A refused request costs nothing; at most ${mostAccepted} are answered, each with a limit of 16 tokens. Server errors are not evidence, and a stopped probe writes no package.

Exit codes: 0 done, 1 the definition of --check no longer holds, 2 wrong use, 4 stopped by the endpoint, 130 cancelled.`,
  examples: [
    "llm-provider probe https://api.acme.ai/v1",
    "llm-provider probe http://localhost:8080/v1 --model qwen3 -y --json",
    "llm-provider probe https://api.acme.ai/v1 --out acme",
    "llm-provider probe --check groq",
  ],
};

export function probe(io: CliIo, summary: string): Command {
  return createCommand("probe", { summary, ...help }, io)
    .usage("<base-url> [options]")
    .argument("[base-url]", "The address of the API: https, or http on this machine")
    .option("--key-env <name>", "The environment variable of the key; none for no key")
    .option("--model <id>", "The model to ask. Without it: the first listed one that answers")
    .option("--families <a,b>", "Parts of other models' names: the first listed model of each is compared")
    .option("--max-requests <n>", "Requests in all", "64")
    .option("--timeout <s>", "Seconds to wait for an answer to begin", "60")
    .option("--errors", "Also ask for a model that does not exist, and with a wrong key")
    .option("--check <provider>", "Compare with a definition: a provider, or a path such as ./packages/acme")
    .option("--out <dir>", "Write a package: definition, recordings, contract test, README")
    .option("--resume", "Continue a probe that was cancelled in this folder")
    .option("--dry-run", "Print the plan and send nothing")
    .option("-y, --yes", "Do not ask before the first request")
    .option("--json", "Print the report as JSON")
    .action((baseURL: string | undefined, options: ProbeChoice) => run(baseURL, options, io));
}

async function run(given: string | undefined, options: ProbeChoice, io: CliIo): Promise<void> {
  const checked =
    options.check === undefined ? undefined : (await loadProvider(options.check, io, io.providers)).definition;
  const resume = options.resume ? readResume(io.cwd) : undefined;
  const target = toTarget(given, checked, options, resume, io);
  io.err(describePlan(await planOf(target, options, checked, io), io));
  if (options.dryRun) return;
  if (!options.yes && !(await isConfirmed(io))) return;
  const signal = io.signal;
  let probed: Probed;
  let latest: Resume["log"] = [];
  try {
    probed = await probeEndpoint({
      ...target,
      ...(target.model !== undefined && { model: target.model }),
      signal,
      onStep: liveLines((text) => io.err(text), io),
      onAnswer: (log) => (latest = log),
    });
  } catch (error) {
    // Answers are not paid for twice. A cancelled probe writes no other file.
    if (signal.aborted && latest.length > 0) {
      writeResume(io.cwd, { baseURL: target.baseURL, keyEnv: target.keyEnv, model: target.model, log: latest });
      io.err(`\nCancelled. ${resumeFile} has the answers and no key. Continue with: llm-provider probe --resume\n`);
    }
    throw error;
  }
  if (resume) removeResume(io.cwd);
  await print(probed, target, options, checked, io);
}

async function planOf(target: Target, options: ProbeChoice, checked: Definition | undefined, io: CliIo): Promise<Plan> {
  const more = [
    ...(target.families.length > 0 ? ["Models of other families"] : []),
    ...(options.errors ? ["A model that does not exist, and a wrong key"] : []),
    ...(options.out === undefined ? [] : ["About 16 conversations for the recordings of the package"]),
  ];
  return { ...target, more, price: await priceOf(target.baseURL, target.model, checked, io) };
}

/** US dollars per million tokens, if one of our providers is at this host and knows the model. */
async function priceOf(
  baseURL: string,
  model: string | undefined,
  checked: Definition | undefined,
  io: CliIo,
): Promise<{ input: number; output: number } | undefined> {
  if (model === undefined) return undefined;
  const { host } = new URL(baseURL);
  const known = [...(checked ? [checked] : []), ...(await knownDefinitions(io))];
  const definition = known.find((one) => one === checked || new URL(one.baseURL).host === host);
  return definition && modelInfo(definition, model)?.price;
}

async function isConfirmed(io: CliIo): Promise<boolean> {
  if (!io.isTerminal || io.hasInput)
    throw usageError(
      "There is no terminal for the question. Add `-y` to send these requests, or `--dry-run` to see only the plan.",
    );
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question("Send them? [y/N] ", { signal: io.signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}

async function print(
  { report, endpoint }: Probed,
  target: Target,
  options: ProbeChoice,
  checked: Definition | undefined,
  io: CliIo,
): Promise<void> {
  const id = checked?.id ?? idOf(target.baseURL);
  const day = new Date().toISOString().slice(0, 10);
  const identity: Identity = { id, name: checked?.name ?? nameOf(id), keyEnv: target.keyEnv, day };
  finishReport(report, identity);
  if (options.json) io.out(`${toJson(toPrinted(report))}\n`);
  if (report.stopped) {
    const { why, status, after } = report.stopped;
    io.exitCode = 4;
    const how = status > 0 ? ` (HTTP ${status})` : "";
    const count = `${after} request${after === 1 ? "" : "s"}`;
    return io.err(`\n${paint(io).red("stopped")}${how} after ${count}: ${why}\nNothing was written.\n`);
  }
  if (!options.json) io.out(`\n${printReport(report, io)}`);
  const drift = checked ? findDrift(checked, report) : [];
  if (checked) {
    io.err(describeDrift(drift, checked));
    if (drift.length > 0) io.exitCode = 1;
  }
  if (options.out !== undefined) {
    const folder = resolve(io.cwd, options.out);
    const written = await writePackage(folder, report, { identity, origin: endpoint.origin });
    if (written.note !== undefined) io.err(`${written.note}\n`);
    io.err(`Wrote ${written.files.length} files to ${options.out}; recordings: ${written.origin}.\n`);
  }
  if (!options.json && !checked) io.out(whatNext(report.librechat, options, io));
}

function describeDrift(drift: readonly Drift[], { name }: Definition): string {
  if (drift.length === 0) return `All measurements agree with the definition of ${name}.\n`;
  const lines = drift.map(
    ({ fact, says, measured, source, evidence }) =>
      `${fact}: the definition says ${says}, measured ${measured}${evidence.length > 0 ? ` (${evidence.map((number) => `#${number}`).join(" ")})` : ""}\n  ${source}`,
  );
  return `${drift.length} facts of ${name} have changed:\n${lines.join("\n")}\n`;
}

function whatNext(librechat: string, options: ProbeChoice, io: CliIo): string {
  const { bold } = paint(io);
  const next =
    options.out === undefined
      ? "  --out <dir> writes a package; --json prints the definition too."
      : `  cd ${join(options.out)} && npm install && npm test`;
  return `\n${bold("For librechat.yaml")}\n\n${librechat}\n${bold("Next")}\n${next}\n`;
}
