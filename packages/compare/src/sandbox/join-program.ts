import { randomBytes } from "node:crypto";

/** The sources that the engine evaluates. */
export interface Program {
  /** A module: the answer and an additional export. */
  readonly solution: string;
  /** The name of that export: a function that returns the values that the tests mention. */
  readonly accessor: string;
  /** An expression: a function that takes the test globals and the tested values, and returns the test file as a function. */
  readonly tests: string;
}

/** Reserved words, and the test globals. */
const reserved: ReadonlySet<string> = new Set(
  `arguments as async await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for from function get if implements import in instanceof interface let new null of package private protected public
  return set static super switch this throw true try typeof undefined var void while with yield test it describe expect
  beforeEach afterEach beforeAll afterAll`.split(/\s+/),
);

/**
 * Turns an answer and its tests into two sources with separate scopes. The tests see every top-level name of the answer that
 * they mention, exported or not.
 */
export function joinProgram(code: string, tests: string, builtIn: ReadonlySet<string>): Program {
  const mentioned = new Set(tests.match(/(?<![\w$])[A-Za-z_$][\w$]*/g));
  const names = [...mentioned].filter((name) => !reserved.has(name) && !builtIn.has(name));
  const accessor = `subjects_${randomBytes(8).toString("hex")}`;
  const entries = names.map((name) => `${name}: typeof ${name} === "undefined" ? undefined : ${name}`);
  return {
    solution: `${code}\n;export const ${accessor} = () => ({ ${entries.join(", ")} });`,
    accessor,
    tests: `(({ test, it, describe, expect, beforeEach, afterEach, beforeAll, afterAll }, { ${names.join(", ")} }) => () => {
"use strict";
${tests}
})`,
  };
}
