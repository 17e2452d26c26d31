export function flatten(value, prefix = "", flat = {}) {
  for (const [key, inner] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof inner === "object" && inner !== null) flatten(inner, path, flat);
    else flat[path] = inner;
  }
  return flat;
}
export function unflatten(flat) {
  const result = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split(".");
    let at = result;
    keys.forEach((key, index) => (at = at[key] ??= index === keys.length - 1 ? value : /^\d+$/.test(keys[index + 1]) ? [] : {}));
  }
  return result;
}
