import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../packages/gateway/test/redis-server.ts";

const program = join(import.meta.dirname, "../../packages/cli/dist/bin.js");

/** A line of an instance's log: the record of a request. */
export interface LogLine {
  readonly id: string;
  readonly client?: string;
  readonly status: number;
  readonly cost?: number;
}

/** One process of `llm-provider gateway`, on the same port after each restart. */
export class Instance {
  readonly url: string;
  readonly lines: LogLine[] = [];
  readonly warnings: string[] = [];
  readonly #port: number;
  readonly #config: string;
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  private constructor(port: number, config: string, env: NodeJS.ProcessEnv) {
    this.#port = port;
    this.#config = config;
    this.#env = env;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(config: string, env: NodeJS.ProcessEnv): Promise<Instance> {
    const instance = new Instance(await freePort(), config, env);
    await instance.start();
    return instance;
  }

  async start(): Promise<void> {
    const flags = [program, "gateway", "--config", this.#config, "--port", String(this.#port)];
    const child = spawn(process.execPath, flags, {
      env: { ...process.env, ...this.#env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    // Leaves no process behind if the run fails.
    const end = (): void => void child.kill("SIGKILL");
    process.once("exit", end);
    child.once("exit", () => process.off("exit", end));
    child.stderr.setEncoding("utf8").on("data", (text: string) => this.warnings.push(text));
    const lines = createInterface(child.stdout);
    const listening = once(lines, "line");
    lines.on("line", (line) => {
      if (line.startsWith("{")) this.lines.push(JSON.parse(line) as LogLine);
    });
    await Promise.race([
      listening,
      once(child, "exit").then(() => {
        throw new Error(`An instance did not start: ${this.warnings.join("")}`);
      }),
    ]);
  }

  /** Kills the process without warning, like the kernel's out-of-memory killer. */
  async kill(): Promise<void> {
    this.#process!.kill("SIGKILL");
    await once(this.#process!, "exit");
  }

  /** Sends SIGTERM. The process must then exit by itself; a leaked socket or timer would keep it alive. */
  async stop(): Promise<void> {
    const child = this.#process!;
    const ended = once(child, "exit", { signal: AbortSignal.timeout(10_000) });
    child.kill("SIGTERM");
    const [code] = (await ended) as [number | null];
    assert.equal(code, 0, `SIGTERM: ${this.warnings.join("").slice(-500)}`);
  }

  async health(): Promise<{ store?: string }> {
    return (await (await fetch(`${this.url}/health`)).json()) as { store?: string };
  }
}

/** Polls until a condition holds. */
export async function until(what: string, isSo: () => Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await isSo().catch(() => false))) {
    assert(Date.now() < end, `This did not happen in ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
