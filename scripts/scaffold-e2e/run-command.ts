import { spawn } from "node:child_process";

export type Ran = { code: number; out: string; err: string; seconds: number };

/** Runs a program to its end. Throws with its whole output if the exit code is not `expected`. */
export async function runCommand(
  words: readonly string[],
  options: {
    folder: string;
    environment: NodeJS.ProcessEnv;
    expected?: number;
    seconds?: number;
    /** Text for standard input. */ input?: string;
  },
): Promise<Ran> {
  const started = performance.now();
  const child = spawn(words[0]!, words.slice(1), {
    cwd: options.folder,
    env: options.environment,
    stdio: ["pipe", "pipe", "pipe"],
    timeout: (options.seconds ?? 120) * 1000,
  });
  // A program may stop reading its input early.
  child.stdin.on("error", () => {}).end(options.input ?? "");
  const ran: Ran = { code: -1, out: "", err: "", seconds: 0 };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (ran.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ran.err += text));
  ran.code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
  ran.seconds = (performance.now() - started) / 1000;
  if (ran.code === (options.expected ?? 0)) return ran;
  throw new Error(`${words.join(" ")} ended with ${ran.code} in ${options.folder}:\n${ran.out}\n${ran.err}`);
}
