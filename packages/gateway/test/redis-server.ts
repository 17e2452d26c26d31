import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The path of redis-server, if it is installed. `REDIS_SERVER` overrides it. */
const program = process.env["REDIS_SERVER"] ?? "redis-server";

/** Whether a Redis can be started here. */
export const hasRedis = spawnSync(program, ["--version"]).status === 0;
if (!hasRedis)
  console.warn(
    "SKIPPED: the tests over Redis, since redis-server is not installed (`apt-get install redis-server`, or set REDIS_SERVER).",
  );

/** A Redis for one test, on a free port. It writes its data to disk, so that a restart keeps it. */
export class RedisServer {
  readonly url: string;
  readonly #port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), "redis-"));
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    return server;
  }

  /** Starts or restarts it with its data. */
  async start(): Promise<void> {
    const options = ["--bind", "127.0.0.1", "--dir", this.#folder, "--appendonly", "yes", "--save", ""];
    const flags = ["--port", String(this.#port), "--appendfsync", "always", ...options];
    const child = spawn(program, flags, { stdio: "ignore" });
    this.#process = child;
    // A failed test must not leave a process behind.
    const end = (): void => void child.kill("SIGKILL");
    process.once("exit", end);
    child.once("exit", () => process.off("exit", end));
    while (!(await answers(this.#port))) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Stops it. `SIGSTOP` makes it hang until `SIGCONT`. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const running = this.#process;
    if (!running || running.exitCode !== null) return;
    running.kill(signal);
    if (signal !== "SIGSTOP" && signal !== "SIGCONT") await once(running, "exit");
  }

  async remove(): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Finds a free port. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** Whether Redis has loaded its data. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(String(data).startsWith("+PONG"));
    });
    socket.once("error", () => resolve(false));
  });
}
