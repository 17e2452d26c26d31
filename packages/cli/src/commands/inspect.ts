import { once } from "node:events";
import { resolve } from "node:path";
import { createCommand, readPort, type CommandIo } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { inspectorTokenVariable } from "../inspect/inspector-options.ts";
import { loadPackage } from "../load-package.ts";

interface Options {
  readonly port?: number;
}

const help = {
  description:
    "Serves the page of the gateway's inspector over requests that `--keep` wrote, on this machine only. Nothing is sent anywhere, and the file stays as it is. Lines that are no request are named. Ctrl-C stops it.",
  examples: ["llm-provider inspect requests.jsonl", "llm-provider inspect requests.jsonl --port 4101"],
};

/** Wrong lines that are named one by one. */
const mostNamed = 20;

export function inspect(io: CommandIo, summary: string): Command {
  return createCommand("inspect", { summary, ...help }, io)
    .argument("<file>", "What `llm-provider gateway --keep <file>` wrote")
    .option("--port <n>", "The port (default: a free one)", readPort)
    .action(async (file: string, { port }: Options) => {
      const { inspectFile } = await loadPackage("@llm-provider/gateway", `inspect ${file}`);
      const token = io.env[inspectorTokenVariable];
      const server = await inspectFile(resolve(io.cwd, file), {
        name: file,
        ...(port !== undefined && { port }),
        ...(token && { token }),
        onLink: (link) => io.err(`inspector ${link}\n`),
      });
      for (const { line, message } of server.problems.slice(0, mostNamed))
        io.err(`warning ${file}:${line} is left out. ${message}\n`);
      if (server.problems.length > mostNamed)
        io.err(`warning ${server.problems.length - mostNamed} further lines are left out.\n`);
      io.out(`${server.url}/inspector\n`);
      if (!io.signal.aborted) await once(io.signal, "abort");
      await server.close();
    });
}
