import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { ExitError } from "../exit-error.ts";
import type { Step } from "./steps.ts";

/** The outcome of a command. */
export interface StepResult {
  ok: boolean;
  ms: number;
  /** The end of its output, without npm's stacks. */
  lastLines: string;
  /** From vitest's summary; `undefined` if there is none. */
  testsPassed?: number;
}

export interface RunStepsOptions {
  /** @default process.env */
  environment?: { readonly [name: string]: string | undefined };
  /** The output for steps that show theirs. @default process.stdout */
  output?: { write(text: string): unknown };
  /** Ends the running step and everything that it started. */
  signal?: AbortSignal;
  onStepStart?: (step: Step) => void;
  /** Called every few seconds while a step without visible output runs. */
  onStepAlive?: (step: Step, seconds: number) => void;
  onStepEnd?: (step: Step, result: StepResult) => void;
}

/** Runs one step after the other. Throws an `ExitError` (1) at the first that fails and is not optional. */
export async function runSteps(steps: readonly Step[], options: RunStepsOptions): Promise<void> {
  for (const step of steps) {
    options.onStepStart?.(step);
    const started = performance.now();
    const alive = setInterval(() => {
      if (!step.show) options.onStepAlive?.(step, Math.round((performance.now() - started) / 1000));
    }, 5000);
    const { ok, output } = await runCommand(step, options).finally(() => clearInterval(alive));
    const tests = /^\s*Tests\s+.*?(\d+) passed/m.exec(output)?.[1];
    options.onStepEnd?.(step, {
      ok,
      ms: Math.round(performance.now() - started),
      lastLines: lastLines(output),
      testsPassed: tests === undefined ? undefined : Number(tests),
    });
    if (!ok && !(step.optional && !options.signal?.aborted))
      throw new ExitError(1, `${step.doing} failed. ${step.hint}`);
  }
}

function lastLines(output: string): string {
  const lines = output.trimEnd().split("\n");
  return lines
    .filter((line) => !/^(npm error )?\s+at \S.*:\d+:\d+\)?( \{)?$/.test(line))
    .slice(-25)
    .join("\n");
}

/** Runs a program and its arguments, without a shell if the system allows it. */
async function runCommand(
  { command, folder, show }: Step,
  { environment, output = process.stdout, signal }: RunStepsOptions,
): Promise<{ ok: boolean; output: string }> {
  const windows = process.platform === "win32";
  const child = spawn(command[0]!, command.slice(1), {
    cwd: folder,
    env: environment ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    // A separate process group, so that an abort reaches the grandchildren; npm is a script on Windows.
    detached: !windows,
    shell: windows,
  });
  const printed: string[] = [];
  for (const from of [child.stdout, child.stderr]) {
    from.setEncoding("utf8").on("data", (text: string) => {
      printed.push(text);
      if (show) output.write(text);
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
  signal?.addEventListener("abort", end, { once: true });
  if (signal?.aborted) end();
  const ok = await new Promise<boolean>((resolve) => {
    child.once("error", (error) => {
      printed.push(error.message);
      resolve(false);
    });
    child.once("close", (code) => resolve(code === 0));
  });
  signal?.removeEventListener("abort", end);
  return { ok, output: stripVTControlCharacters(printed.join("")) };
}
