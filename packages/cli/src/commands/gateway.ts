import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { createCommand, readPort, toJson, usageError } from "@llm-provider/testing/command";
import type { RunningGateway } from "@llm-provider/gateway";
import type { Command } from "commander";
import type { CliIo } from "../cli-io.ts";
import { GatewaySource } from "../gateway-source.ts";
import { inspectorOptions } from "../inspect/inspector-options.ts";
import { loadPackage } from "../load-package.ts";

interface Options {
  readonly config?: string;
  readonly port?: number;
  readonly host?: string;
  readonly allowHost?: string[];
  readonly twin?: boolean;
  readonly check?: boolean;
  readonly printSchema?: boolean;
  /** False with `--no-inspector`. */
  readonly inspector: boolean;
  readonly keep?: string;
}

const help = {
  description:
    "Serves OpenAI's API over many providers: POST /v1/chat/completions and /v1/embeddings, GET /v1/models. A target that fails before its first word is left for the next one. With providers alone, each of their models is served as <provider>:<model>, with the keys of the environment; with --config, what the file says. The file is read again when it changes; a file with mistakes is reported, and the old one stays in use.\n\nThe page at /inspector shows the last 200 requests with their bodies, which are kept in memory. The link that is printed opens it once; LLM_INSPECTOR_TOKEN, 16 characters or more, opens it as often as it is shown, and lets `llm-provider log` read a request. Where the file has clients, only one with `inspect: true` may look.\n\nWithout clients in the file, only this machine may ask, and needs no key. Ctrl-C stops it.",
  examples: [
    "llm-provider gateway groq openrouter",
    "llm-provider gateway --config gateway.yaml",
    "llm-provider gateway --config gateway.yaml --check",
    "llm-provider gateway --print-schema > gateway.schema.json",
  ],
};

export function gateway(io: CliIo, summary: string): Command {
  return createCommand("gateway", { summary, ...help }, io)
    .usage("<provider...> | --config <file> [options]")
    .argument("[provider...]")
    .option("-c, --config <file>", "A gateway.yaml")
    .option("--port <n>", "The port (default: the file's, or 4100)", readPort)
    .option("--host <address>", "The address to bind (default: the file's, or 127.0.0.1)")
    .option("--allow-host <name...>", "Further names by which clients reach it, such as host.docker.internal")
    .option("--twin", "Ask a fake of each provider, started for this command: no key, no network")
    .option("--no-inspector", "Keep no bodies, and serve no page at /inspector")
    .option("--keep <file>", "Append every request to a file, which `llm-provider inspect` opens")
    .option("--check", "Look for mistakes, and end")
    .option("--print-schema", "Print the JSON Schema of a gateway.yaml, and end")
    .action((names: string[], options: Options) => run(names, options, io));
}

/** Milliseconds that streams may take to end once the gateway was told to stop. A second Ctrl-C ends it at once. */
const grace = 30_000;

async function run(names: readonly string[], options: Options, io: CliIo): Promise<void> {
  const { config: file, printSchema = false, check = false, twin: isTwin = false, port, host, allowHost } = options;
  const { inspector, keep } = options;
  if (!inspector && keep !== undefined)
    throw usageError("`--keep` writes what the inspector records: leave `--no-inspector` out.");
  if (!printSchema && file === undefined && names.length === 0)
    throw usageError(
      "Which providers? Such as `llm-provider gateway groq openrouter`, or give a file with `--config`.",
    );
  if (file !== undefined && names.length > 0)
    throw usageError("Give providers or `--config`, not both: a file says itself which providers there are.");
  keepYoungGenerationSmall();
  const served = await loadPackage(
    "@llm-provider/gateway",
    `gateway ${file === undefined ? names.join(" ") : `--config ${file}`}`,
  );
  if (printSchema) return io.out(`${toJson(await served.configJsonSchema())}\n`);

  const source = new GatewaySource(served, { file, names, isTwin, needsKeys: !isTwin }, io);
  try {
    const config = await source.read();
    const started = {
      config,
      load: source.load,
      warn: (sentence: string) => io.err(`warning ${sentence}\n`),
      writeLine: (line: string) => io.out(line),
      ...(!isTwin && { env: io.env }),
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(allowHost && { allowedHosts: allowHost }),
      inspector: inspector && {
        ...inspectorOptions(io, keep),
        onLink: (link: string) => io.err(`inspector ${link}\n`),
      },
    };
    const placed = (error: unknown): never => {
      throw error instanceof served.ConfigError ? source.toError(error.problems) : error;
    };
    if (check) {
      await served.checkGateway(started).catch(placed);
      return io.out(`No problems found in ${file ?? names.join(", ")}.\n`);
    }
    const running = await served.startGateway(started).catch(placed);
    const models = Object.keys(config.models);
    const listed = models.length > 5 ? `${models.slice(0, 5).join(", ")} … (${models.length})` : models.join(", ");
    io.out(`${running.url}/v1\n`);
    io.err(
      `A gateway${isTwin ? " over fakes" : ""} listens at this address. ${config.clients ? `Clients: ${Object.keys(config.clients).join(", ")}.` : "Any program of this machine may ask, without a key."} Models: ${listed}. \`llm-provider log\` shows its requests; Ctrl-C stops it.\n`,
    );
    letYoungGenerationGrow();
    const unwatch = source.watch(() => void reload(source, running, io));
    if (!io.signal.aborted) await once(io.signal, "abort");
    unwatch();
    await running.close({ grace });
  } finally {
    letYoungGenerationGrow();
    await source.close();
  }
}

/**
 * What is loaded once lives on, and V8 takes that for a reason to make its young generation larger, for good: 8 MB of an
 * instance that has nothing to do. Under load it grows as usual.
 */
function keepYoungGenerationSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

function letYoungGenerationGrow(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}

/** Serves with what the file says now. A file with mistakes changes nothing. */
async function reload(source: GatewaySource, running: RunningGateway, io: CliIo): Promise<void> {
  try {
    if (!(await source.hasChanged())) return;
    const problems = await running.change(await source.read());
    if (problems.length > 0) throw source.toError(problems);
    io.err("The configuration was read again.\n");
  } catch (error) {
    io.err(`error ${(error as Error).message}\nThe configuration before it stays in use.\n`);
  }
}
