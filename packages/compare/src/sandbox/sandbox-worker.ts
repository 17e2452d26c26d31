import { parentPort, workerData } from "node:worker_threads";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
} from "quickjs-emscripten-core";
import { createEquality } from "./create-equality.ts";
import { createExpect } from "./create-expect.ts";
import { createRunner } from "./create-runner.ts";
import { freezeBuiltIns } from "./freeze-built-ins.ts";
import { installGlobals } from "./install-globals.ts";
import { joinProgram } from "./join-program.ts";
import type { SandboxJob, SandboxMessage } from "./run-code.ts";

/** Bytes of the program's stack, enough for about 10,000 nested calls. */
const stackSize = 2 * 1024 * 1024;
/** Bytes of a WebAssembly page, and of the engine's initial memory. */
const pageSize = 64 * 1024;
const initialMemory = 16 * 1024 * 1024;

/**
 * Runs the tested program and its tests in a separate engine. It sends each result at once, so that none is lost when this
 * worker is terminated.
 */
async function main({ code, tests, memory }: SandboxJob): Promise<void> {
  const { runtime, context } = await openEngine(memory);
  const send = (message: SandboxMessage): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a worker has no origin
    parentPort!.postMessage(message);
  };
  const failed = (reason: string): void => send({ type: "failed", reason: reason.slice(0, 600) });

  const harness = context.unwrapResult(context.evalCode(harnessText(), "harness.js"));
  const report = context.newFunction("report", (json) => {
    send({ type: "test", json: context.getString(json) });
  });
  const prepared = context.unwrapResult(context.callFunction(harness, context.undefined, report));
  const call = (name: string, ...given: QuickJSHandle[]) =>
    context.callFunction(context.getProp(prepared, name), context.undefined, ...given);
  const describe = (error: QuickJSHandle): string => {
    const described = call("describeError", error);
    return described.error ? "It failed." : context.getString(described.value);
  };
  /** Runs pending jobs and timers until the promise settles. If none is left, it never will. */
  const settle = (value: QuickJSHandle): { value: QuickJSHandle } | { reason: string } => {
    for (;;) {
      const state = context.getPromiseState(value);
      if (state.type === "fulfilled") return { value: state.value };
      if (state.type === "rejected") return { reason: describe(state.error) };
      const jobs = runtime.executePendingJobs();
      if (jobs.error) return { reason: describe(jobs.error) };
      if (jobs.value > 0) continue;
      const advanced = call("advance");
      if (advanced.error) return { reason: describe(advanced.error) };
      if (!context.dump(advanced.value)) return { reason: "It waits for a promise that never settles." };
    }
  };

  send({ type: "ready" });
  const program = joinProgram(code, tests, new Set(context.dump(context.unwrapResult(call("names"))) as string[]));
  const evaluated = context.evalCode(program.solution, "answer.js", { type: "module" });
  if (evaluated.error) return failed(describe(evaluated.error));
  const module = settle(evaluated.value);
  if ("reason" in module) return failed(module.reason);
  const exported = "value" in module ? module.value : context.undefined;
  const file = context.evalCode(program.tests, "tests.js", { type: "global" });
  if (file.error) return failed(`The tests cannot be parsed: ${describe(file.error)}`);
  const started = call("start", file.value, exported, context.newString(program.accessor));
  if (started.error) return failed(describe(started.error));
  const ended = settle(started.value);
  if ("reason" in ended) return failed(ended.reason);
  send({ type: "done", output: context.getString(context.unwrapResult(call("output"))) });
}

async function openEngine(memory: number): Promise<Pick<QuickJSContext, "runtime"> & { context: QuickJSContext }> {
  // QuickJS does not count array buffers towards its limit. Without this maximum they could fill 2 GiB.
  const pages = { initial: initialMemory / pageSize, maximum: Math.ceil((initialMemory + memory) / pageSize) };
  const wasmMemory = new WebAssembly.Memory(pages);
  const { default: variant } = await import("@jitl/quickjs-wasmfile-release-sync");
  // The package's types describe its CommonJS file, which nests the variant one level deeper.
  const sync = variant as unknown as QuickJSSyncVariant;
  const engine = await newQuickJSWASMModuleFromVariant(newVariant(sync, { wasmMemory }));
  const runtime = engine.newRuntime();
  runtime.setMemoryLimit(memory);
  runtime.setMaxStackSize(stackSize);
  return { runtime, context: runtime.newContext() };
}

/** The source of the functions that run inside the sandbox, and the code that connects them. */
function harnessText(): string {
  return `(${((
    install: typeof installGlobals,
    freeze: typeof freezeBuiltIns,
    toEquality: typeof createEquality,
    toExpect: typeof createExpect,
    toRunner: typeof createRunner,
  ) =>
    (report: (json: string) => void) => {
      const { advance, output } = install();
      const equality = toEquality();
      const describeError = (error: unknown): string => {
        try {
          if (error instanceof Error)
            return error.name === "Error" ? String(error.message) : `${error.name}: ${error.message}`;
        } catch {
          // For example a getter that throws.
        }
        return `It threw ${equality.print(error)}.`;
      };
      const runner = toRunner(report, describeError);
      runner.withExpect(toExpect(equality, runner.onUse));
      freeze();
      const module = { exports: {} as Record<string, unknown> };
      Object.assign(globalThis, { module, exports: module.exports });
      type Subjects = Record<string, unknown>;
      return {
        advance,
        output,
        describeError,
        names: () => Reflect.ownKeys(globalThis).filter((key) => typeof key === "string" && key !== "module"),
        start(
          file: (globals: object, subjects: Subjects) => () => void,
          exported: Record<string, () => Subjects>,
          accessor: string,
        ) {
          const subjects = exported[accessor]!();
          for (const name of Object.keys(subjects)) {
            const { exports: given } = module as { exports: unknown };
            const isOwn = typeof given === "function" && given.name === name;
            subjects[name] ??= isOwn ? given : (given as Subjects)[name];
          }
          file(runner.globals, subjects)();
          return runner.run();
        },
      };
    }).toString()})(${[installGlobals, freezeBuiltIns, createEquality, createExpect, createRunner].map(String).join(",\n")})`;
}

await main(workerData as SandboxJob);
