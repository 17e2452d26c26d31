import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { requestTo, type Contender } from "./contenders.ts";
import type { Used } from "./probe.ts";

/** A gateway in its own process. `direct` has no process: its port is the upstream's. */
export type Gateway = {
  readonly port: number;
  readonly child?: ChildProcess;
  /** Milliseconds to the first answer. */ readonly started: number;
};

/** Milliseconds within which a gateway must answer. */
const patience = 30_000;

/** Starts a gateway and waits until it has answered once. */
export async function startGateway(contender: Contender, upstream: string): Promise<Gateway> {
  if (!contender.command) return { port: Number(new URL(upstream).port), started: 0 };
  const port = await freePort();
  const [file, ...args] = contender.command(port, upstream);
  const began = performance.now();
  const child = startWithProbe(file!, args);
  const { path, headers, body } = requestTo(contender, upstream, false);
  let last = "it did not listen";
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body });
      const text = await answer.text();
      // Some gateways read the upstream as a stream even then, and return its long text.
      if (answer.ok && text.includes('"choices"')) return { port, child, started: performance.now() - began };
      last = `${answer.status} ${text.slice(0, 200)}`;
    } catch {
      await sleep(2);
    }
    if (child.exitCode !== null || performance.now() - began > patience) {
      child.kill();
      throw new Error(`No answer: ${last}`);
    }
  }
}

/** Runs a file with probe.ts loaded before it. */
export function startWithProbe(file: string, args: readonly string[] = []): ChildProcess {
  return fork(file, args, {
    execArgv: ["--import", join(import.meta.dirname, "probe.js")],
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", process.env["DEBUG"] ? "inherit" : "ignore", "ipc"],
  });
}

/** The CPU time and memory that a process has used since its start. */
export async function usedBy(child: ChildProcess): Promise<Used> {
  child.send("used");
  const [used] = (await once(child, "message")) as [Used];
  return used;
}

export async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
