import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { main } from "../packages/cli/src/main.ts";
import { providers } from "../packages/cli/src/providers.generated.ts";

const root = join(import.meta.dirname, "..");

/** Stands for every key, and must never appear in the output. */
export const canary = "canary-key-7c1d9e42";

/** Where a command runs, and on what. */
interface Place {
  readonly folder: string;
  /** @default false */
  readonly isTerminal?: boolean;
  /** @default 80 */
  readonly columns?: number;
}

/** Uses a server while it runs, and returns the text to show after the server's own output. */
type WhileListening = (origin: string) => Promise<string>;

/**
 * The output of a command line in a page, as a person would see it: `npx llm-provider …` or `npx create-llm-provider …`. Every
 * provider has the canary as its key. A server is stopped once it listens.
 */
export async function runCommandLine(
  line: string,
  place: Place,
  whileListening: WhileListening = async () => "",
): Promise<string> {
  const [program = "", ...args] = splitWords(line);
  const output =
    program === "llm-provider" ? await runProgram(args, place, whileListening) : await scaffold(program, args, place);
  if (output.includes(canary)) throw new Error(`The output of \`${line}\` contains a key.`);
  return output.trimEnd();
}

/** Splits a line into words as a shell does, without `npx`. */
function splitWords(line: string): string[] {
  const script = `npx() { printf '%s\\0' "$@"; }\n${line}`;
  const words = execFileSync("sh", ["-e", "-c", script], { encoding: "utf8", env: {} }).split("\0").slice(0, -1);
  // `-p` names a package to install, before the program.
  while (words[0] === "-p") words.splice(0, 2);
  return words;
}

async function runProgram(
  args: readonly string[],
  { folder, isTerminal = false, columns = 80 }: Place,
  whileListening: WhileListening,
): Promise<string> {
  const stop = new AbortController();
  let output = "";
  let rest: Promise<string> | undefined;
  const write = (text: string): void => {
    output += text;
    if (!output.includes("Ctrl-C stops it") || rest) return;
    rest = whileListening(/http:\/\/[\w.:]+/.exec(output)![0]).finally(() => stop.abort());
  };
  // A free port instead of the gateway's default, which another program may use.
  const isGateway = args[0] === "gateway" && !args.includes("--check");
  await main(isGateway ? [...args, "--port", "0"] : args, {
    out: write,
    err: write,
    stdin: async () => "",
    env: Object.fromEntries(Object.keys(providers).map((id) => [`${id.toUpperCase()}_API_KEY`, canary])),
    cwd: folder,
    isTerminal,
    hasInput: false,
    columns,
    signal: stop.signal,
  });
  const all = rest ? `${output.trimEnd()}\n${await rest}` : output;
  if (!isGateway) return all;
  // The port and the inspector's token differ at each start.
  return all.replaceAll(/127\.0\.0\.1:\d{4,5}/g, "127.0.0.1:4100").replaceAll(/#token=[\w-]+/g, "#token=…");
}

async function scaffold(program: string, args: readonly string[], { folder }: Place): Promise<string> {
  const bin = join(root, "packages", program, "src/bin.ts");
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--conditions=source", bin, ...args], {
    cwd: folder,
    // Without the variables of the package manager that started this, because the scaffolder reads them.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ACME_API_KEY: canary },
  });
  return stdout + stderr;
}
