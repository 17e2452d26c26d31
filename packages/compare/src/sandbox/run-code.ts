import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

/** The input of a sandbox worker. */
export interface SandboxJob {
  readonly code: string;
  readonly tests: string;
  /** Bytes. */
  readonly memory: number;
}

/** A message from a sandbox worker. */
export type SandboxMessage =
  | { readonly type: "ready" }
  /** A test began or ended. */
  | { readonly type: "test"; readonly json: string }
  /** The answer or the test file cannot run. */
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "done"; readonly output: string };

/** The result of running a program against its tests. */
export interface CodeRun {
  readonly tests: readonly { readonly name: string; readonly pass: boolean; readonly reason?: string }[];
  /** Why some tests did not run. */
  readonly failure?: string;
  /** What the program wrote to the console: its first 1,000 characters. */
  readonly output?: string;
}

/** Limits of a program. */
export interface CodeLimits {
  /** Milliseconds for the program and all its tests. @default 5000 */
  readonly time?: number;
  /** Bytes. @default 64 MiB */
  readonly memory?: number;
}

/** Milliseconds that a worker may take to start. It is long, since a busy machine is not the program's fault. */
const mostForStart = 30_000;
const mostTests = 2000;
const workerFile = new URL(`./sandbox-worker${extname(import.meta.url)}`, import.meta.url);

let free = Math.max(1, availableParallelism() - 1);
const waiting: (() => void)[] = [];

/**
 * Runs tests against a program in a separate engine, in a worker that is terminated when it finishes or its time is up. The
 * program cannot access files, the network or the process. One program per processor runs at a time, with one processor left
 * free, so that programs do not slow each other down.
 */
export async function runCode(
  code: string,
  tests: string,
  { time = 5000, memory = 64 * 1024 * 1024 }: CodeLimits = {},
): Promise<CodeRun> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  const worker = new Worker(workerFile, {
    workerData: { code, tests, memory } satisfies SandboxJob,
    env: {},
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 64 },
  });
  try {
    return await watch(worker, time);
  } finally {
    await worker.terminate();
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

type Test = { readonly name: string; readonly pass?: boolean; readonly reason?: string; readonly total: number };

async function watch(worker: Worker, time: number): Promise<CodeRun> {
  const tests: Test[] = [];
  let begun: Test | undefined;
  const ended = (failure: string | undefined, output = ""): CodeRun => {
    const results = tests.map(({ name, pass = false, reason }) => ({ name, pass, ...(reason && { reason }) }));
    if (begun) results.push({ name: begun.name, pass: false, reason: failure ?? "It did not end." });
    const total = begun?.total ?? tests[0]?.total ?? 0;
    const missing = failure === undefined && (results.length === 0 || results.length < total);
    const why = missing ? (results.length === 0 ? "There are no tests." : "Not every test has run.") : failure;
    return { tests: results, ...(why !== undefined && { failure: why }), ...(output !== "" && { output }) };
  };
  return new Promise((resolve) => {
    const seconds = time / 1000;
    let timer = setTimeout(() => resolve(ended("The sandbox did not start.")), mostForStart);
    const end = (run: CodeRun): void => {
      clearTimeout(timer);
      resolve(run);
    };
    worker.on("message", (message: SandboxMessage) => {
      if (message.type === "ready") {
        clearTimeout(timer);
        timer = setTimeout(() => resolve(ended(`It did not end within ${seconds} s.`)), time);
      } else if (message.type === "failed") end(ended(message.reason));
      else if (message.type === "done") end(ended(undefined, message.output));
      else {
        const test = JSON.parse(message.json) as Test;
        begun = test.pass === undefined ? test : undefined;
        if (test.pass !== undefined && tests.length < mostTests) tests.push(test);
      }
    });
    // The engine itself can crash when it runs out of stack or memory.
    worker.once("error", (error: Error) => end(ended(`The engine crashed: ${error.message.slice(0, 200)}`)));
    worker.once("exit", () => end(ended("The engine exited.")));
  });
}
