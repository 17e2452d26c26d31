import { createCommand, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { loadPackage } from "../load-package.ts";

const help = {
  description: "Asks each model each task of a suite, checks the answers, and writes a report.",
  examples: ["llm-provider compare suite.yaml --models groq:openai/gpt-oss-120b,ollama:codellama"],
};

export function compare(io: CommandIo, summary: string): Command {
  return createCommand("compare", { summary, ...help }, io)
    .usage("<suite> --models <a:m,b:m> [options]")
    .argument("<suite>")
    .action(async (suite: string) => {
      await loadPackage("@llm-provider/compare", `compare ${suite}`);
    });
}
