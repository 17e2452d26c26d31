export function camelCaseKeys(value) {
  if (Array.isArray(value)) return value.map(camelCaseKeys);
  if (typeof value !== "object" || value === null) return value;
  const copy = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = toCamelCase(key);
    if (Object.hasOwn(copy, name)) throw new Error(`Two keys become ${name}.`);
    copy[name] = camelCaseKeys(inner);
  }
  return copy;
}

function toCamelCase(key) {
  const [start] = /^_*/.exec(key);
  const words = key.slice(start.length).split(/[_-]+/);
  if (words.length === 1 && /^[a-z]/.test(words[0])) return key;
  const [first, ...rest] = words.map((word) => word.toLowerCase());
  return start + first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
