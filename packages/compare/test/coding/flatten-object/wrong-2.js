const escape = (key) => key.replaceAll(".", "\\.");
export function flatten(value, path = [], flat = {}) {
  const isEmpty = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (isEmpty) flat[path.join(".")] = value;
  else for (const key of Object.keys(value)) flatten(value[key], [...path, escape(key)], flat);
  return flat;
}
export function unflatten(flat) {
  const result = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
    let at = result;
    for (const [index, key] of keys.entries()) at = at[key] ??= index === keys.length - 1 ? value : keys[index + 1] === "0" ? [] : {};
  }
  return result;
}
