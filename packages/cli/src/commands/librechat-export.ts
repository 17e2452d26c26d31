import { printEndpoint, printMcpServer } from "@llm-provider/librechat";
import { createCommand, toJson } from "@llm-provider/testing/command";
import type { Command } from "commander";
import type { CliIo } from "../cli-io.ts";
import { loadAddition, type NamedAddition } from "../librechat/load-addition.ts";
import { addEndpointOptions, type EndpointChoice } from "../librechat/options.ts";

interface Options extends EndpointChoice {
  readonly explain?: boolean;
  readonly json?: boolean;
}

const help = {
  summary: "Print the block of an endpoint or a tool",
  description:
    "Prints the block for librechat.yaml: models, titles, parameters in the spelling that works, context windows and prices. With --explain, each line names the fact behind it, its source, and the day it was read.",
  examples: [
    "llm-provider librechat export groq --explain",
    "llm-provider librechat export ./packages/acme --target 0.8.7",
    "llm-provider librechat export serpapi",
  ],
};

export function exportCommand(io: CliIo): Command {
  const command = createCommand("export", help, io).usage("<provider|tool> [options]").argument("<provider>");
  return addEndpointOptions(command)
    .option("--explain", "The fact and the source behind every line, as comments")
    .option("--json", "Print it as JSON")
    .action(async (name: string, { explain = false, json, ...options }: Options) => {
      const named = await loadAddition(name, options, io);
      if (io.isTerminal) io.err("# For completion and checks in your editor: `llm-provider librechat schema --help`\n");
      io.out(json ? asJson(named, explain) : asYaml(named, explain));
    });
}

function asYaml({ addition, lines, notes }: NamedAddition, isExplained: boolean): string {
  return "endpoint" in addition
    ? printEndpoint(addition.endpoint, { notes, lines: isExplained ? lines : [] })
    : printMcpServer(addition.name, addition.mcpServer);
}

function asJson({ addition, lines, notes }: NamedAddition, isExplained: boolean): string {
  const value = "endpoint" in addition ? addition.endpoint : { [addition.name]: addition.mcpServer };
  return `${toJson(isExplained ? { block: value, lines, notes } : value)}\n`;
}
