/** Compares and prints values of a tested program. */
export interface Equality {
  /** Like Jest's `toEqual`, which ignores undefined properties, or like `toStrictEqual`, which compares them and the class too. */
  areEqual(actual: unknown, expected: unknown, isStrict?: boolean): boolean;
  /** Like Jest's `toMatchObject`: `actual` may have further properties, at every depth. */
  contains(actual: unknown, expected: unknown): boolean;
  /** Prints the value on one line of at most 200 characters. */
  print(value: unknown): string;
  /** Creates an expected value that matches several actual values. */
  asMatcher(matches: (actual: unknown) => boolean, name: string): object;
}

/** Its source is evaluated inside the sandbox, so it must not use anything outside itself. */
export function createEquality(): Equality {
  const matchers = new WeakMap<object, { matches: (actual: unknown) => boolean; name: string }>();
  type Fields = Record<string | symbol, unknown>;

  const isObject = (value: unknown): value is Fields =>
    (typeof value === "object" && value !== null) || typeof value === "function";
  const tagOf = (value: object): string => {
    if (Array.isArray(value)) return "Array";
    for (const type of [Map, Set, Date, RegExp, Error, Promise, String, Number, Boolean])
      if (value instanceof type) return type.name;
    return ArrayBuffer.isView(value) ? "View" : typeof value;
  };
  const keysOf = (value: Fields, isStrict: boolean): (string | symbol)[] =>
    Reflect.ownKeys(value).filter((key) => {
      const isShown = Object.getOwnPropertyDescriptor(value, key)?.enumerable === true;
      return isShown && (isStrict || value[key] !== undefined);
    });

  function equal(actual: unknown, expected: unknown, isStrict: boolean, open: readonly [unknown, unknown][]): boolean {
    const matcher = isObject(expected) ? matchers.get(expected) : undefined;
    if (matcher) return matcher.matches(actual);
    if (Object.is(actual, expected)) return true;
    if (!isObject(actual) || !isObject(expected)) return false;
    const tag = tagOf(expected);
    if (tag !== tagOf(actual) || tag === "function" || tag === "Promise") return false;
    if (isStrict && Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return false;
    // Circular values are equal if both refer back to the same place.
    if (open.some(([one, other]) => one === actual && other === expected)) return true;
    const deeper: readonly [unknown, unknown][] = [...open, [actual, expected]];
    const same = (one: unknown, other: unknown): boolean => equal(one, other, isStrict, deeper);
    switch (tag) {
      case "Date":
      case "String":
      case "Number":
      case "Boolean":
        return Object.is(actual.valueOf(), expected.valueOf());
      case "RegExp":
        return `${actual}` === `${expected}`;
      case "Error":
        return actual["message"] === expected["message"] && actual["name"] === expected["name"];
      case "Map":
      case "Set": {
        const [one, other] = [actual, expected].map((all) => [...(all as unknown as Iterable<unknown>)]) as [
          unknown[],
          unknown[],
        ];
        const left = [...one];
        return (
          one.length === other.length &&
          other.every((wanted) => {
            const index = left.findIndex((found) => same(found, wanted));
            if (index >= 0) left.splice(index, 1);
            return index >= 0;
          })
        );
      }
      default: {
        if ((tag === "Array" || tag === "View") && actual["length"] !== expected["length"]) return false;
        const keys = keysOf(expected, isStrict);
        return (
          keysOf(actual, isStrict).length === keys.length &&
          keys.every((key) => Object.hasOwn(actual, key) && same(actual[key], expected[key]))
        );
      }
    }
  }

  function contains(actual: unknown, expected: unknown): boolean {
    const isPlain = isObject(expected) && !matchers.has(expected) && typeof expected !== "function";
    if (!isPlain || !isObject(actual) || ["Date", "RegExp", "Map", "Set", "Error"].includes(tagOf(expected)))
      return equal(actual, expected, false, []);
    if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return false;
    return Reflect.ownKeys(expected).every((key) => key in actual && contains(actual[key], expected[key]));
  }

  function write(value: unknown, depth: number): string {
    if (typeof value === "string") return JSON.stringify(value.slice(0, 200));
    if (typeof value === "bigint") return `${value}n`;
    if (!isObject(value)) return Object.is(value, -0) ? "-0" : String(value);
    const matcher = matchers.get(value);
    if (matcher) return matcher.name;
    if (typeof value === "function") return "a function";
    const tag = tagOf(value);
    if (tag === "Error") return `${String(value["name"])}: ${String(value["message"])}`.slice(0, 200);
    if (tag === "RegExp" || tag === "Date") return `${value}`;
    if (depth > 3) return "…";
    const some = (all: Iterable<unknown>, size: number): string => {
      const shown = [...all].slice(0, 20).map((one) => write(one, depth + 1));
      return [...shown, ...(size > 20 ? ["…"] : [])].join(", ");
    };
    if (tag === "Array") return `[${some((value as unknown as unknown[]).slice(0, 20), Number(value["length"]))}]`;
    if (tag === "Map" || tag === "Set") {
      const all = value as unknown as Set<unknown>;
      return `${tag} {${some(all, all.size)}}`;
    }
    const keys = Reflect.ownKeys(value).slice(0, 20);
    return `{${keys.map((key) => `${String(key)}: ${write(value[key], depth + 1)}`).join(", ")}}`;
  }

  return {
    areEqual: (actual, expected, isStrict = false) => equal(actual, expected, isStrict, []),
    contains,
    print(value) {
      try {
        const text = write(value, 0);
        return text.length > 200 ? `${text.slice(0, 200)}…` : text;
      } catch {
        // For example a proxy whose traps throw.
        return "a value that cannot be printed";
      }
    },
    asMatcher(matches, name) {
      const matcher = Object.freeze(Object.create(null) as object);
      matchers.set(matcher, { matches, name });
      return matcher;
    },
  };
}
