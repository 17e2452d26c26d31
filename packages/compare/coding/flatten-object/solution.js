export function flatten(value) {
  const flat = {};
  const visit = (one, path) => {
    const isNested = typeof one === "object" && one !== null && Object.keys(one).length > 0;
    if (!isNested) flat[path.join(".")] = one;
    else for (const [key, inner] of Object.entries(one)) visit(inner, [...path, key.replace(/[.\\]/g, "\\$&")]);
  };
  visit(value, []);
  return flat;
}

export function unflatten(flat) {
  const root = new Map();
  for (const [path, value] of Object.entries(flat)) {
    const keys = split(path);
    const last = keys.pop();
    let level = root;
    for (const key of keys) {
      if (!level.has(key)) level.set(key, new Map());
      level = level.get(key);
    }
    level.set(last, value);
  }
  return build(root);
}

function split(path) {
  const keys = [""];
  for (let at = 0; at < path.length; at++) {
    if (path[at] === "\\") keys[keys.length - 1] += path[++at];
    else if (path[at] === ".") keys.push("");
    else keys[keys.length - 1] += path[at];
  }
  return keys;
}

function build(level) {
  if (!(level instanceof Map)) return level;
  const entries = [...level].map(([key, value]) => [key, build(value)]);
  const isArray = entries.every((_, index) => level.has(String(index)));
  return isArray ? entries.map((_, index) => build(level.get(String(index)))) : Object.fromEntries(entries);
}
