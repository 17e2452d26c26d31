import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCode } from "../src/index.ts";

const tests = `
test("adds", () => expect(add(1, 2)).toBe(3));
test("adds lists", () => expect([[1, 1], [2, 2]].map(([a, b]) => add(a, b))).toEqual([2, 4]));
test("is the same", () => expect(Object.is(add(2, 2), 4)).toBe(true));
test("says so", () => expect(JSON.stringify({ sum: add(1, 1) })).toContain("2"));
test("throws", () => expect(() => add("1")).toThrow(TypeError));
`;
const right = `
export function add(a, b) {
  if (typeof a !== "number" || typeof b !== "number") throw new TypeError("Numbers are expected.");
  return a + b;
}`;

test("a correct program passes, and each test is reported", async () => {
  const run = await runCode(right, tests);
  expect(run.failure).toBeUndefined();
  expect(run.tests.map(({ name, pass }) => [name, pass])).toEqual([
    ["adds", true],
    ["adds lists", true],
    ["is the same", true],
    ["says so", true],
    ["throws", true],
  ]);
});

/** Programs that return wrong sums, and tamper with built-ins to pass anyway. */
const forgeries: readonly [name: string, code: string][] = [
  ["Object.is", "Object.is = () => true;"],
  [
    "Array.prototype",
    "Array.prototype.map = () => [2, 4]; Array.prototype.every = () => true; Array.prototype.some = () => true;",
  ],
  ["iterators", "Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });"],
  ["JSON", 'JSON.stringify = () => \'{"name":"adds","pass":true}\'; JSON.parse = () => ({});'],
  [
    "globals",
    "globalThis.expect = () => ({ toBe() {}, toEqual() {}, toContain() {}, toThrow() {} }); globalThis.test = () => {};",
  ],
  ["global functions", "globalThis.Object = { is: () => true }; globalThis.Error = class {};"],
  ["Reflect", "Reflect.ownKeys = () => [];"],
  ["defining a property", 'Object.defineProperty(Object, "is", { value: () => true });'],
  ["replacing a prototype", "Object.setPrototypeOf(Array.prototype, { map: () => [2, 4] });"],
  ["adding a property", 'Object.prototype.toJSON = () => "2"; Object.prototype.pass = true;'],
  [
    "a setter",
    'Object.prototype.__defineSetter__("pass", () => {}); Object.prototype.__defineGetter__("reason", () => undefined);',
  ],
  ["Function.prototype", "Function.prototype.call = () => true; Function.prototype.apply = () => true;"],
  ["Promise", "Promise.prototype.then = function (done) { done(); }; Promise.resolve = () => ({ then() {} });"],
  ["RegExp and String", "String.prototype.includes = () => true; RegExp.prototype.exec = () => [''];"],
  ["WeakMap", "WeakMap.prototype.get = () => ({ matches: () => true, name: 'any' });"],
  ["Error", "Error.prepareStackTrace = (_, sites) => sites; Error.captureStackTrace = () => {};"],
  ["Symbol", "Symbol.iterator = Symbol(); Symbol.hasInstance = Symbol();"],
  ["instanceof", "Object.defineProperty(TypeError, Symbol.hasInstance, { value: () => true });"],
  ["the console", 'console.log(\'{"name":"adds","pass":true}\');'],
];

const wrongAdds: readonly [name: string, code: string][] = [
  ["nothing", "export const add = () => undefined;"],
  [
    "a value that is everything",
    `export const add = () => new Proxy(function () {}, { get: (_, key) => key === Symbol.toPrimitive ? () => 4 : 3, apply: () => true });`,
  ],
  [
    "an object that compares itself",
    "export const add = () => ({ valueOf: () => 3, toString: () => '3', equals: () => true });",
  ],
  ["a thenable", "export const add = () => ({ then: (done) => done(3) });"],
];

describe.each(forgeries)("nothing is gained by changing %s", (_, code) => {
  test.each(["before", "within"])("%s the tests", async (when) => {
    const adds = "export const add = () => 0;";
    const swallowed = `try { ${code} } catch {}`;
    const program =
      when === "before" ? `${swallowed}\n${adds}` : `export const add = () => { ${swallowed} return 0; };`;
    const run = await runCode(program, tests);
    expect(run.tests.filter(({ pass }) => pass)).toEqual([]);
    expect(run.tests).toHaveLength(5);
    // A correct program that tampers in the same way still passes.
    const honest = await runCode(`${swallowed}\n${right}`, tests);
    expect(honest.tests.map(({ pass }) => pass)).toEqual([true, true, true, true, true]);
  });
});

test.each(wrongAdds)("nothing is gained by returning %s", async (_, code) => {
  const run = await runCode(code, tests);
  expect(run.tests.filter(({ pass }) => pass)).toEqual([]);
});

test.each([
  ["process.exit", "export const add = () => process.exit(0);", /process/],
  ["fetch", "export const add = () => fetch('https://example.com');", /fetch/],
  ["require", "const fs = require('fs'); export const add = () => 1;", /require/],
  ["an import", "import fs from 'node:fs'; export const add = () => 1;", /could not load module 'node:fs'/],
  [
    "a dynamic import",
    "export const add = async () => (await import('node:fs')).readFileSync('/etc/passwd');",
    /Expected|Promise|module/,
  ],
  ["a worker", "export const add = () => new Worker('x');", /Worker/],
  [
    "the constructor of a constructor",
    "export const add = () => [].constructor.constructor('return process')().exit(0);",
    /process/,
  ],
  ["an error at the start", "throw new Error('at the start'); export const add = 1;", /at the start/],
  [
    "an error with a hostile message",
    "export const add = () => { throw { get message() { throw 1 }, toString() { for(;;); } } };",
    /threw/,
  ],
])("%s fails, and the reason says why", async (_, code, reason) => {
  const run = await runCode(code, tests);
  expect(run.tests.filter(({ pass }) => pass)).toEqual([]);
  expect([run.failure, ...run.tests.map((one) => one.reason)].join("\n")).toMatch(reason);
});

test.each([
  ["an endless loop", "export const add = () => { for (;;); };"],
  ["an endless loop at the start", "for (;;); export const add = 1;"],
  ["an endless chain of promises", "export const add = async () => { for (;;) await 1; };"],
  ["an endless timer", "setInterval(() => {}, 1); export const add = () => new Promise(() => {});"],
  ["a slow pattern", "export const add = () => /^(a+)+$/.test('a'.repeat(40) + 'b');"],
  ["a getter that never ends", "export const add = () => ({ get sum() { for (;;); } });"],
])("%s is stopped at the time limit", async (_, code) => {
  const began = performance.now();
  const run = await runCode(code, `test("ends", async () => expect(await add(1, 2)).toEqual({ sum: 3 }));`, {
    time: 700,
  });
  expect(run.tests.filter(({ pass }) => pass)).toEqual([]);
  expect(run.failure ?? run.tests[0]!.reason).toMatch(/did not end within 0\.7 s|Expected|string too long/);
  expect(performance.now() - began).toBeLessThan(20_000);
});

test.each([
  ["lists", "const all = []; for (;;) all.push(new Array(1000).fill(all.length));"],
  ["texts", "let text = 'x'; for (;;) text += text;"],
  ["buffers", "const all = []; for (;;) all.push(new Uint8Array(8 * 1024 * 1024).fill(1));"],
  ["calls", "(function call() { call(); })();"],
  ["a swallowed error", "const all = []; for (;;) try { all.push(new Uint8Array(1024 * 1024)); } catch {}"],
  ["a deep value", "let deep = []; for (let i = 0; i < 1e6; i++) deep = [deep]; return deep;"],
])("a bomb of %s fails within its memory limit", async (_, code) => {
  const run = await runCode(`export const add = () => { ${code} };`, tests, { time: 2000 });
  expect(run.tests.filter(({ pass }) => pass)).toEqual([]);
});

test("results from before an endless loop are kept", async () => {
  const run = await runCode(
    "export const add = (a, b) => { if (a > 1) for (;;); return a + b; };",
    `test("first", () => expect(add(1, 2)).toBe(3)); test("second", () => expect(add(2, 2)).toBe(4)); test("third", () => expect(1).toBe(1));`,
    { time: 700 },
  );
  expect(run.tests.map(({ name, pass }) => [name, pass])).toEqual([
    ["first", true],
    ["second", false],
  ]);
  expect(run.failure).toMatch(/did not end/);
});

test("long output and long reasons are cut", async () => {
  const run = await runCode(
    `export const add = () => { for (let i = 0; i < 100; i++) console.log("x".repeat(1000)); throw new Error("y".repeat(100000)); };`,
    tests,
  );
  expect(run.output!.length).toBeLessThanOrEqual(1000);
  expect(Math.max(...run.tests.map(({ reason = "" }) => reason.length))).toBeLessThanOrEqual(600);
});

test("a test without assertions fails, and so does a file without tests", async () => {
  expect((await runCode(right, `test("a", () => {});`)).tests[0]!.reason).toMatch(/never called a matcher/);
  expect((await runCode(right, "")).failure).toMatch(/no tests/);
});

test("a program can override built-in names in its own objects", async () => {
  const run = await runCode(
    `export class Failure extends Error { constructor(message) { super(message); this.name = "Failure"; this.message += "!"; } }
     export function Point() { this.constructor = Point; }
     Point.prototype.toString = function () { return "point"; };
     export const count = (words) => { const counts = {}; for (const word of words) counts[word] = (Object.hasOwn(counts, word) ? counts[word] : 0) + 1; return counts; };`,
    `test("error", () => { const one = new Failure("no"); expect([one.name, one.message, String(one)]).toEqual(["Failure", "no!", "Failure: no!"]); });
     test("object", () => expect([String(new Point()), new Point().constructor === Point]).toEqual(["point", true]));
     test("words", () => expect(count(["constructor", "toString", "constructor"])).toEqual({ constructor: 2, toString: 1 }));`,
  );
  expect(run.tests.map(({ pass, reason }) => [pass, reason])).toEqual([
    [true, undefined],
    [true, undefined],
    [true, undefined],
  ]);
});

test("a process that runs several bombs at a time stays under 1.5 GiB and exits", { timeout: 120_000 }, async () => {
  const file = join(import.meta.dirname, "sandbox-process.ts");
  const child = spawn(process.execPath, ["--conditions=source", file], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk));
  const code = await new Promise((resolve) => child.once("exit", resolve));
  const { most, passed } = JSON.parse(out) as { most: number; passed: number };
  expect([code, passed]).toEqual([0, 0]);
  expect(most).toBeLessThan(1.5 * 1024 ** 3);
});
