import { addToConfig, hideSecrets, maskSecrets, type ConfigChange } from "@llm-provider/librechat";
import { createCommand, paint, usageError } from "@llm-provider/testing/command";
import { holdsSecret, secretsOf } from "@llm-provider/upstream";
import type { Command } from "commander";
import type { CliIo } from "../cli-io.ts";
import { decodeConfig, printDiff, readConfigOnDisk, writeConfig } from "../librechat/config-file.ts";
import { gatewayAddition, type GatewayChoice } from "../librechat/gateway-addition.ts";
import { loadAddition, type NamedAddition, type ServerChoice } from "../librechat/load-addition.ts";
import { addEndpointOptions, type EndpointChoice } from "../librechat/options.ts";

interface Options extends EndpointChoice, GatewayChoice, ServerChoice {
  readonly config: string;
  readonly dryRun?: boolean;
  readonly replace?: boolean;
}

const help = {
  summary: "Add endpoints and tools to a librechat.yaml",
  description:
    "Adds providers to `endpoints.custom` and tools to `mcpServers`, or completes existing ones. Only the added text is written: comments, order, quotes and line ends of the file stay, and a second run makes no changes. Your own values stay and are reported; --replace takes ours.\n\nThe file is replaced in one step, and the old one is kept as .bak with its permissions. If there is no file, a small valid one is created. Keys are never written, only the names of their variables.",
  examples: [
    "llm-provider librechat add groq mistral --config librechat.yaml",
    "llm-provider librechat add . --config ../LibreChat/librechat.yaml --dry-run",
    "llm-provider librechat add serpapi --config librechat.yaml",
    "llm-provider librechat add weaviate --builtin",
    "llm-provider librechat add gateway --config librechat.yaml",
  ],
};

export function add(io: CliIo): Command {
  const command = createCommand("add", help, io)
    .usage("<provider|tool...> [options]")
    .argument("<provider...>")
    .option("-c, --config <file>", "The file", "librechat.yaml")
    .option("-n, --dry-run", "Print the difference and write nothing")
    .option("--replace", "Take our value if yours differs")
    .option("--builtin", "A vendor's own MCP server in place of ours")
    .option("--url <address>", "With --builtin: where LibreChat reaches it")
    .option("--gateway <file>", "With `gateway`: the gateway's own file", "gateway.yaml")
    .option("--gateway-url <url>", "With `gateway`: its URL for LibreChat (default: from the file)");
  return addEndpointOptions(command).action((names: string[], options: Options) => run(names, options, io));
}

async function run(names: readonly string[], options: Options, io: CliIo): Promise<void> {
  const { config, dryRun, replace = false, target, keys, builtin, url } = options;
  if (url !== undefined && !builtin) throw usageError("`--url` goes with `--builtin`: it says where that server runs.");
  const file = await readConfigOnDisk(config, io);
  const before = file.bytes && decodeConfig(file.name, file.bytes);
  const additions: NamedAddition[] = [];
  for (const name of names) {
    const endpoint = { target, keys };
    const named =
      name === "gateway" ? gatewayAddition(endpoint, options, io) : loadAddition(name, endpoint, io, { builtin, url });
    additions.push(refuseSecret(await named, io));
  }

  const changes: ConfigChange[] = [];
  let edited = before ?? "";
  for (const { addition } of additions) {
    const result = addToConfig(edited, addition, { target, replace });
    edited = result.text;
    changes.push(...result.changes);
  }
  const report = maskSecrets(describeAdditions(changes, io), before ?? "");
  if (dryRun) {
    io.err(report);
    io.out(printDiff(file.name, before && hideSecrets(before), hideSecrets(edited), io));
    return;
  }
  io.out(report);
  if (edited === before) io.out(`Nothing to change in ${file.name}.\n`);
  else {
    const backup = await writeConfig(file, edited);
    io.out(backup === undefined ? `${file.name} is new.\n` : `${file.name} is written; the old file is in ${backup}\n`);
    io.err(nextSteps(additions, file.name));
    if (before === undefined)
      io.err("For completion and checks in your editor: `llm-provider librechat schema --help`.\n");
  }
  if (changes.some(({ action }) => action === "kept"))
    io.err("The kept values differ from ours: `--replace --dry-run` shows how.\n");
}

/** A key inside a definition must not be copied to a file that people share. */
function refuseSecret(named: NamedAddition, io: CliIo): NamedAddition {
  const variables = named.variable === undefined ? [] : [named.variable];
  if (holdsSecret(JSON.stringify(named.addition), secretsOf(io.env, variables)))
    throw new Error(
      `The definition of ${named.name} contains a key in plain text. Nothing was written. Remove it, and name its variable in \`auth\`.`,
    );
  return named;
}

function nextSteps(additions: readonly NamedAddition[], name: string): string {
  const missing = additions.flatMap(({ variable, page }) =>
    variable === undefined ? [] : [`  ${variable}=…${page === undefined ? "" : `   ${page}`}\n`],
  );
  const needed = additions.flatMap(({ addition, notes }) => ("mcpServer" in addition ? notes : []));
  const env = missing.length === 0 ? "" : `LibreChat's .env needs\n${missing.join("")}`;
  return `${needed.map((note) => `${note}\n`).join("")}${env}Then restart LibreChat. \`llm-provider librechat doctor ${name}\` examines the whole file.\n`;
}

/** One line for each change, and for each value that was left alone. */
function describeAdditions(changes: readonly ConfigChange[], io: CliIo): string {
  const { green, yellow, dim } = paint(io);
  const labels = { added: green("added   "), replaced: yellow("replaced"), kept: dim("kept    ") };
  return changes
    .map(({ path, action, value }) => `${labels[action]} ${path}${action === "replaced" ? "" : shown(value)}\n`)
    .join("");
}

/** A value that fits on a line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? `: ${text}` : "";
}
