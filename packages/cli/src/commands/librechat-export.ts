import { printEndpoint, printMcpServer } from "@llm-provider/librechat";
import type { Command } from "../command.ts";
import { loadAddition, type NamedAddition } from "../librechat/load-addition.ts";
import { keysOption, readEndpointOptions, targetOption } from "../librechat/read-options.ts";
import { usageError } from "../usage-error.ts";

export const exportCommand: Command = {
  summary: "Print the block of an endpoint or a tool",
  usage: "librechat export <package|path> [options]",
  description:
    "Prints what goes into librechat.yaml: models, titles, parameters in the spelling that works, windows and prices. With --explain each line says which fact it rests on, and where and when that was read.",
  options: {
    target: targetOption,
    keys: keysOption,
    explain: { type: "boolean", description: "The fact and the source behind every line, as comments" },
    json: { type: "boolean", description: "Print it as JSON" },
  },
  examples: [
    "llm-provider librechat export groq --explain",
    "llm-provider librechat export ./packages/acme --target 0.8.7",
    "llm-provider librechat export serpapi",
  ],
  async run(values, [name, ...rest], io) {
    const options = readEndpointOptions(values);
    if (name === undefined || rest.length > 0)
      throw usageError("Export what? One provider or tool, such as `llm-provider librechat export groq`.");
    const named = await loadAddition(name, options, io);
    io.out(values["json"] ? asJson(named, values["explain"] === true) : asYaml(named, values["explain"] === true));
    return 0;
  },
};

function asYaml({ addition, lines }: NamedAddition, isExplained: boolean): string {
  return "endpoint" in addition
    ? printEndpoint(addition.endpoint, isExplained ? lines : [])
    : printMcpServer(addition.name, addition.mcpServer);
}

function asJson({ addition, lines }: NamedAddition, isExplained: boolean): string {
  const value = "endpoint" in addition ? addition.endpoint : { [addition.name]: addition.mcpServer };
  return `${JSON.stringify(isExplained ? { block: value, lines } : value, null, 2)}\n`;
}
