import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Starts a module of this folder in its own process, and returns it with the first message that it sends. */
export async function startProcess<First>(
  module: string,
  args: readonly string[] = [],
  execArgv: readonly string[] = [],
): Promise<{ child: ChildProcess; first: First }> {
  const child = fork(new URL(`${module}.js`, import.meta.url), args, {
    execArgv: [...execArgv],
    stdio: ["ignore", "ignore", process.env["DEBUG"] ? "inherit" : "ignore", "ipc"],
  });
  const [first] = (await once(child, "message")) as [First];
  return { child, first };
}
