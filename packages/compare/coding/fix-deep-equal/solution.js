export function deepEqual(a, b, open = []) {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (open.some(([one, other]) => one === a && other === b)) return true;
  const deeper = [...open, [a, b]];
  const same = (one, other) => deepEqual(one, other, deeper);
  if (a instanceof Date) return same(a.getTime(), b.getTime());
  if (a instanceof Set) return a.size === b.size && [...a].every((one) => b.has(one));
  if (a instanceof Map) return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key)));
  const keys = Object.keys(a);
  if (Array.isArray(a) && a.length !== b.length) return false;
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}
