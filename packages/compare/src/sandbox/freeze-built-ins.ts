/**
 * Freezes every built-in object, so that the tested code cannot change what tests rely on, such as `Object.is` or
 * `Array.prototype.map`. Its source is evaluated inside the sandbox, so it must not use anything outside itself.
 */
export function freezeBuiltIns(): void {
  const seen = new Set<object>();
  const rest: unknown[] = [
    globalThis,
    // Only syntax reaches these.
    function* () {},
    async function () {},
    async function* () {},
    (function* () {})(),
    (async function* () {})(),
    [][Symbol.iterator](),
    ""[Symbol.iterator](),
    new Map().entries(),
    new Set().values(),
    "".matchAll(/(?:)/g),
  ];
  const { Iterator: iterators } = globalThis as { Iterator?: { from(given: object): { map(change: object): object } } };
  if (iterators)
    rest.push(
      iterators.from([].values()).map(() => 0),
      iterators.from({ next: () => ({ done: true, value: 0 }) }),
    );
  while (rest.length > 0) {
    const one = rest.pop();
    if ((typeof one !== "object" && typeof one !== "function") || one === null || seen.has(one)) continue;
    seen.add(one);
    rest.push(Object.getPrototypeOf(one));
    for (const key of Reflect.ownKeys(one)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(one, key)!;
      rest.push(value, get, set);
    }
  }
  const prototypes = new Set([...seen].filter((one) => Object.hasOwn(one, "constructor")));
  for (const one of seen) {
    if (one === globalThis) continue;
    for (const key of Reflect.ownKeys(one)) if (isOverridden(one, key)) letOverride(one, key);
    Object.freeze(one);
  }
  for (const key of Reflect.ownKeys(globalThis))
    Object.defineProperty(globalThis, key, { writable: false, configurable: false });

  /** Names that programs assign to their own objects: `this.name = …` in a class that extends Error, `counts.constructor = 1`. */
  function isOverridden(owner: object, key: string | symbol): boolean {
    if (!prototypes.has(owner) || typeof key === "symbol") return false;
    const isRoot = owner === Object.prototype || Object.hasOwn(owner, "message");
    return isRoot || key === "constructor" || key === "toString" || key === "valueOf" || key === "toJSON";
  }

  /** A read-only property blocks assignment in inheriting objects too. A setter that defines an own property there allows it. */
  function letOverride(owner: object, key: string | symbol): void {
    const { value, configurable, enumerable, get } = Object.getOwnPropertyDescriptor(owner, key)!;
    if (get || !configurable) return;
    Object.defineProperty(owner, key, {
      configurable,
      enumerable: enumerable!,
      get: () => value as unknown,
      set(this: unknown, given: unknown) {
        if (this === owner || (typeof this !== "object" && typeof this !== "function") || this === null)
          throw new TypeError(`Built-in objects cannot be changed: ${String(key)}.`);
        Object.defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
      },
    });
  }
}
