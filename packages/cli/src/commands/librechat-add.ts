import { addToConfig, holdsSecret, maskSecrets, secretsOf, type ConfigChange } from "@llm-provider/librechat";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { readConfigOnDisk } from "../librechat/config-on-disk.ts";
import { decodeConfig } from "../librechat/decode-config.ts";
import { describeAdditions } from "../librechat/describe-additions.ts";
import { loadAddition, type NamedAddition } from "../librechat/load-addition.ts";
import { printDiff } from "../librechat/print-diff.ts";
import { keysOption, readEndpointOptions, targetOption } from "../librechat/read-options.ts";
import { writeConfig } from "../librechat/write-config.ts";
import { usageError } from "../usage-error.ts";

export const add: Command = {
  summary: "Add endpoints and tools to a librechat.yaml",
  usage: "librechat add <package|path…> [--config <file>] [options]",
  description:
    "Adds providers to `endpoints.custom` and tools to `mcpServers`, or completes those that are there. Only text of the addition is written: comments, order, quotes and line ends of the file stay, and a second run changes nothing. What you have set differently stays and is reported; --replace takes ours.\n\nThe file is replaced in one step and kept as .bak, with its own rights. Where there is no file, a small valid one is made. Keys are never written, only the names of their variables.",
  options: {
    config: { type: "string", short: "c", value: "FILE", description: "The file; librechat.yaml here unless given" },
    "dry-run": { type: "boolean", short: "n", description: "Show the difference and write nothing" },
    replace: { type: "boolean", description: "Take our value where yours differs" },
    target: targetOption,
    keys: keysOption,
  },
  examples: [
    "llm-provider librechat add groq mistral --config librechat.yaml",
    "llm-provider librechat add . --config ../LibreChat/librechat.yaml --dry-run",
    "llm-provider librechat add serpapi --config librechat.yaml",
  ],
  async run(values, names, io) {
    const options = readEndpointOptions(values);
    if (names.length === 0)
      throw usageError("Add what? Such as `llm-provider librechat add groq --config librechat.yaml`.");
    const file = await readConfigOnDisk((values["config"] as string | undefined) ?? "librechat.yaml", io);
    const before = file.bytes && decodeConfig(file.name, file.bytes);
    const additions: NamedAddition[] = [];
    for (const name of names) additions.push(refuseSecret(await loadAddition(name, options, io), io));

    const changes: ConfigChange[] = [];
    let text = before ?? "";
    for (const { addition } of additions) {
      const result = addToConfig(text, addition, { target: options.target, replace: values["replace"] === true });
      ({ text } = result);
      changes.push(...result.changes);
    }
    const report = maskSecrets(describeAdditions(changes, io), before ?? "");
    if (values["dry-run"]) {
      io.err(report);
      io.out(maskSecrets(printDiff(file.name, before, text, io), before ?? ""));
      return 0;
    }
    io.out(report);
    if (text === before) io.out(`Nothing to change in ${file.name}.\n`);
    else {
      const backup = await writeConfig(file, text);
      io.out(backup === undefined ? `${file.name} is new.\n` : `${file.name} is written; as it was: ${backup}\n`);
      io.err(nextSteps(additions, file.name));
    }
    if (changes.some(({ action }) => action === "kept"))
      io.err("What was kept differs from ours: `--replace --dry-run` shows how.\n");
    return 0;
  },
};

/** A definition that somebody wrote a key into must not carry it into a file that gets shared. */
function refuseSecret(named: NamedAddition, io: Io): NamedAddition {
  const variables = named.variable === undefined ? [] : [named.variable];
  if (holdsSecret(JSON.stringify(named.addition), secretsOf(io.env, variables)))
    throw new Error(
      `The definition of ${named.name} holds a key in clear. Nothing was written. Take it out, and name its variable in \`auth\`.`,
    );
  return named;
}

function nextSteps(additions: readonly NamedAddition[], name: string): string {
  const missing = additions.flatMap(({ variable, page }) =>
    variable === undefined ? [] : [`  ${variable}=…${page === undefined ? "" : `   ${page}`}\n`],
  );
  const env = missing.length === 0 ? "" : `LibreChat's .env needs\n${missing.join("")}`;
  return `${env}Then restart LibreChat. \`llm-provider librechat doctor ${name}\` examines the whole file.\n`;
}
