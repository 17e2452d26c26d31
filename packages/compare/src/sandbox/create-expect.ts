import type { Equality } from "./create-equality.ts";

/** `expect` with the matchers that most tests use. */
export interface Expect {
  (actual: unknown): object;
  any(type: unknown): object;
  anything(): object;
  arrayContaining(wanted: readonly unknown[]): object;
  objectContaining(wanted: object): object;
  stringContaining(wanted: string): object;
  stringMatching(wanted: RegExp | string): object;
}

/**
 * Creates `expect`. A matcher calls `onUse`, and throws if it fails. The source of this function is evaluated inside the
 * sandbox, so it must not use anything outside itself.
 */
export function createExpect({ areEqual, contains, print, asMatcher }: Equality, onUse: () => void): Expect {
  type Matcher = (actual: unknown, ...wanted: readonly unknown[]) => { pass: boolean; words: string };
  const matcher =
    (words: string, test: (actual: never, ...wanted: readonly never[]) => boolean): Matcher =>
    (actual, ...wanted) => ({
      pass: (test as (...given: readonly unknown[]) => boolean)(actual, ...wanted),
      words: [words, ...wanted.map(print)].join(" "),
    });
  type Sized = { readonly length: number };

  const matchers: Record<string, Matcher> = {
    toBe: matcher("be", (actual, wanted) => Object.is(actual, wanted)),
    toEqual: matcher("equal", (actual, wanted) => areEqual(actual, wanted)),
    toStrictEqual: matcher("strictly equal", (actual, wanted) => areEqual(actual, wanted, true)),
    toMatchObject: matcher("match", (actual, wanted) => contains(actual, wanted)),
    toBeCloseTo: matcher(
      "be close to",
      (actual: number, wanted: number, digits: number = 2) =>
        Object.is(actual, wanted) || Math.abs(actual - wanted) < 10 ** -digits / 2,
    ),
    toBeDefined: matcher("be defined", (actual) => actual !== undefined),
    toBeUndefined: matcher("be undefined", (actual) => actual === undefined),
    toBeNull: matcher("be null", (actual) => actual === null),
    toBeNaN: matcher("be NaN", (actual) => Number.isNaN(actual)),
    toBeTruthy: matcher("be truthy", (actual) => Boolean(actual)),
    toBeFalsy: matcher("be falsy", (actual) => !actual),
    toBeGreaterThan: matcher("be greater than", (actual: number, wanted: number) => actual > wanted),
    toBeGreaterThanOrEqual: matcher("be at least", (actual: number, wanted: number) => actual >= wanted),
    toBeLessThan: matcher("be less than", (actual: number, wanted: number) => actual < wanted),
    toBeLessThanOrEqual: matcher("be at most", (actual: number, wanted: number) => actual <= wanted),
    toBeInstanceOf: matcher("be an instance of", (actual: object, type: () => unknown) => actual instanceof type),
    toContain: matcher("contain", (actual: Iterable<unknown>, wanted) =>
      typeof actual === "string" ? actual.includes(wanted) : [...actual].includes(wanted),
    ),
    toContainEqual: matcher("contain an equal of", (actual: Iterable<unknown>, wanted) =>
      [...actual].some((one) => areEqual(one, wanted)),
    ),
    toHaveLength: matcher("have the length", (actual: Sized, wanted) => Object.is(actual.length, wanted)),
    toHaveProperty: (actual, path, ...value) => {
      let at = actual;
      const steps = Array.isArray(path) ? (path as string[]) : String(path).split(".");
      const has = steps.every((step) => {
        const isThere = at !== null && at !== undefined && step in Object(at);
        if (isThere) at = (at as Record<string, unknown>)[step];
        return isThere;
      });
      return {
        pass: has && (value.length === 0 || areEqual(at, value[0])),
        words: ["have the property", ...[path, ...value].map(print)].join(" "),
      };
    },
    toMatch: matcher("match", (actual: string, wanted: RegExp | string) => isLike(actual, wanted)),
    toThrow: (actual, wanted) => throwsAs(wanted, () => (actual as () => unknown)()),
  };
  matchers["toThrowError"] = matchers["toThrow"]!;

  function isLike(actual: unknown, wanted: unknown): boolean {
    if (typeof actual !== "string") return false;
    return wanted instanceof RegExp ? actual.search(wanted) >= 0 : actual.includes(String(wanted));
  }

  function throwsAs(wanted: unknown, run: () => unknown): { pass: boolean; words: string } {
    try {
      run();
    } catch (error) {
      return { pass: isThrown(error, wanted), words: `throw ${print(wanted)}, and it threw ${print(error)}` };
    }
    return { pass: false, words: wanted === undefined ? "throw" : `throw ${print(wanted)}` };
  }

  function isThrown(error: unknown, wanted: unknown): boolean {
    if (wanted === undefined) return true;
    if (typeof wanted === "function") return error instanceof (wanted as () => unknown);
    const message = typeof error === "object" && error !== null ? (error as Error).message : String(error);
    if (wanted instanceof Error) return message === wanted.message;
    return typeof wanted === "string" || wanted instanceof RegExp ? isLike(message, wanted) : areEqual(error, wanted);
  }

  /** Binds the matchers to an object without a prototype, so that inherited setters cannot intercept them. */
  function bind(actual: unknown, isNot: boolean): Record<string, unknown> {
    const bound = Object.create(null) as Record<string, unknown>;
    for (const [name, run] of Object.entries(matchers))
      bound[name] = (...wanted: unknown[]): void => {
        onUse();
        const { pass, words } = run(actual, ...wanted);
        if (pass !== isNot) return;
        const subject = name === "toThrow" || name === "toThrowError" ? "it" : print(actual);
        throw new Error(`Expected ${subject}${isNot ? " not" : ""} to ${words}.`);
      };
    return bound;
  }

  /** Binds the matchers to the value or the error of a promise. */
  function bindPromise(actual: unknown, isRejected: boolean): Record<string, unknown> {
    const settled = async (): Promise<unknown> => {
      const given = typeof actual === "function" ? (actual as () => unknown)() : actual;
      try {
        const value = await given;
        if (!isRejected) return value;
      } catch (error) {
        if (!isRejected) throw error;
        return error;
      }
      onUse();
      throw new Error("Expected a rejected promise.");
    };
    const later = (isNot: boolean): Record<string, unknown> => {
      const bound = Object.create(null) as Record<string, unknown>;
      for (const name of Object.keys(matchers))
        bound[name] = async (...wanted: unknown[]): Promise<void> => {
          const value = await settled();
          const thrown = () => {
            throw value;
          };
          const subject = isRejected && name.startsWith("toThrow") ? thrown : value;
          (bind(subject, isNot)[name] as (...given: unknown[]) => void)(...wanted);
        };
      return bound;
    };
    return Object.assign(later(false), { not: later(true) });
  }

  const expect = (actual: unknown): object => {
    const bound = bind(actual, false);
    bound["not"] = bind(actual, true);
    bound["resolves"] = bindPromise(actual, false);
    bound["rejects"] = bindPromise(actual, true);
    return bound;
  };
  const isOf = (actual: unknown, type: unknown): boolean => {
    const primitive = typeof type === "function" ? type.name.toLowerCase() : "";
    return typeof actual === primitive || Object(actual) instanceof (type as () => unknown);
  };
  return Object.freeze(
    Object.assign(expect, {
      any: (type: unknown) => asMatcher((actual) => isOf(actual, type), `any ${print(type)}`),
      anything: () => asMatcher((actual) => actual !== undefined && actual !== null, "anything"),
      arrayContaining: (wanted: readonly unknown[]) =>
        asMatcher(
          (actual) => Array.isArray(actual) && wanted.every((one) => actual.some((found) => areEqual(found, one))),
          `an array with ${print(wanted)}`,
        ),
      objectContaining: (wanted: object) =>
        asMatcher((actual) => contains(actual, wanted), `an object with ${print(wanted)}`),
      stringContaining: (wanted: string) =>
        asMatcher((actual) => isLike(actual, String(wanted)), `a text with ${print(wanted)}`),
      stringMatching: (wanted: RegExp | string) =>
        asMatcher((actual) => isLike(actual, wanted), `a text like ${print(wanted)}`),
    }),
  );
}
