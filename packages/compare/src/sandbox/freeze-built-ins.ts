/**
 * Freezes every object that JavaScript itself brings, so that code that runs later cannot change what tests rely on:
 * `Object.is`, `Array.prototype.map`, `JSON`. It runs inside the sandbox as text, so it uses nothing from outside itself.
 */
export function freezeBuiltIns(): void {
  const seen = new Set<object>();
  const rest: unknown[] = [
    globalThis,
    // Reached by syntax alone.
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

  /** Names that objects of a program have too: `this.name = …` in a class that extends Error, `counts.constructor = 1`. */
  function isOverridden(owner: object, key: string | symbol): boolean {
    if (!prototypes.has(owner) || typeof key === "symbol") return false;
    const isRoot = owner === Object.prototype || Object.hasOwn(owner, "message");
    return isRoot || key === "constructor" || key === "toString" || key === "valueOf" || key === "toJSON";
  }

  /** An inherited property that is read-only cannot be assigned to in the heir; a setter that defines it there can. */
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
