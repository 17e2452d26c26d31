import { spawn } from "node:child_process";
import type { Output } from "./door.ts";

/** How a command ended, with all that it printed. */
export type CommandResult = { ok: boolean; output: string; ms: number };

/**
 * Runs a program and its arguments, without a shell where the system allows it. `show`: what it prints goes there too,
 * as it comes. An abort ends the program with everything that it started.
 */
export async function runCommand(
  command: readonly string[],
  options: {
    folder: string;
    environment?: { readonly [name: string]: string | undefined };
    show?: Output;
    signal?: AbortSignal;
  },
): Promise<CommandResult> {
  const started = performance.now();
  const windows = process.platform === "win32";
  const child = spawn(command[0]!, command.slice(1), {
    cwd: options.folder,
    env: options.environment ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that an abort reaches the grandchildren; npm is a script on Windows.
    detached: !windows,
    shell: windows,
  });
  const printed: string[] = [];
  for (const from of [child.stdout, child.stderr]) {
    from.setEncoding("utf8").on("data", (text: string) => {
      printed.push(text);
      options.show?.write(text);
    });
  }
  const end = () => {
    if (child.pid === undefined) return;
    try {
      if (windows) child.kill();
      else process.kill(-child.pid, "SIGTERM");
    } catch {
      // It ended by itself.
    }
  };
  options.signal?.addEventListener("abort", end, { once: true });
  if (options.signal?.aborted) end();
  const ok = await new Promise<boolean>((resolve) => {
    child.once("error", (error) => {
      printed.push(error.message);
      resolve(false);
    });
    child.once("close", (code) => resolve(code === 0));
  });
  options.signal?.removeEventListener("abort", end);
  return { ok, output: printed.join(""), ms: Math.round(performance.now() - started) };
}
