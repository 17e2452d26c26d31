import type { Expect } from "./create-expect.ts";

/** The result of one test. */
export interface TestReport {
  readonly name: string;
  readonly pass: boolean;
  readonly reason?: string;
}

/** The globals of a test file, and a function that runs the registered tests. */
export interface Runner {
  readonly globals: { readonly [name: string]: unknown };
  /** Called by each matcher of `expect`. */
  onUse(): void;
  /** Runs the tests one after another. */
  run(): Promise<void>;
}

/**
 * Collects tests and runs them. It reports each test as JSON twice: when it begins, without `pass`, and when it ends. The source
 * of this function is evaluated inside the sandbox, so it must not use anything outside itself.
 */
export function createRunner(
  report: (json: string) => void,
  describeError: (error: unknown) => string,
): Runner & { withExpect(expect: Expect): void } {
  type Body = (...given: readonly unknown[]) => unknown;
  type Hooks = { before: Body[]; after: Body[]; once: Body[] };
  const tests: { name: string; body: Body; hooks: readonly Hooks[] }[] = [];
  let names: readonly string[] = [];
  let hooks: readonly Hooks[] = [{ before: [], after: [], once: [] }];
  let uses = 0;
  const globals: Record<string, unknown> = {};

  const add = (name: unknown, body: Body): void => {
    tests.push({ name: [...names, String(name)].join(" › "), body, hooks });
  };
  const group = (name: unknown, body: Body): void => {
    const [outerNames, outerHooks] = [names, hooks];
    names = [...names, String(name)];
    hooks = [...hooks, { before: [], after: [], once: [] }];
    body();
    names = outerNames;
    hooks = outerHooks;
  };
  /** `test.each(rows)("adds %s", …)` */
  const each =
    (register: typeof add) =>
    (rows: readonly unknown[]) =>
    (name: unknown, body: Body): void => {
      for (const row of rows) {
        const given = Array.isArray(row) ? (row as unknown[]) : [row];
        const left = [...given];
        const filled = String(name).replaceAll(/%[sdijop]/g, () => {
          const value = left.shift();
          return typeof value === "object" ? JSON.stringify(value) : String(value);
        });
        register(filled, () => body(...given));
      }
    };
  const skip = (): void => {};
  const withForms = (register: typeof add): object => Object.assign(register, { each: each(register), skip });
  Object.assign(globals, { test: withForms(add), describe: withForms(group) });
  globals["it"] = globals["test"];
  Object.assign(globals, {
    beforeEach: (body: Body) => hooks.at(-1)!.before.push(body),
    afterEach: (body: Body) => hooks.at(-1)!.after.push(body),
    beforeAll: (body: Body) => hooks.at(-1)!.once.push(body),
    afterAll: skip,
  });

  const write = (name: string, index: number, reason?: string, isOver = true): void => {
    const shown = { name: name.slice(0, 200), index, total: tests.length };
    const pass = isOver ? { pass: reason === undefined } : {};
    report(JSON.stringify({ ...shown, ...pass, ...(reason !== undefined && { reason: reason.slice(0, 600) }) }));
  };

  async function run(): Promise<void> {
    for (const [index, { name, body, hooks: around }] of tests.entries()) {
      write(name, index, undefined, false);
      uses = 0;
      let reason: string | undefined;
      try {
        for (const one of around) for (const hook of one.once.splice(0)) await hook();
        for (const one of around) for (const hook of one.before) await hook();
        await body();
        for (const one of around.toReversed()) for (const hook of one.after) await hook();
        // A test without an assertion would pass for every program.
        if (uses === 0) reason = "It never called a matcher of `expect`.";
      } catch (error) {
        reason = describeError(error);
      }
      write(name, index, reason);
    }
  }

  return {
    globals,
    onUse: () => void uses++,
    run,
    withExpect: (expect) => void (globals["expect"] = expect),
  };
}
