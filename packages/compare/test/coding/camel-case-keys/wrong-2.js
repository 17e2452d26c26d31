export function camelCaseKeys(value) {
  const rename = (key) =>
    key.toLowerCase().replace(/(?<=[a-z0-9])[_-]+([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  return JSON.parse(JSON.stringify(value), function (key, inner) {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const copy = {};
    for (const name of Object.keys(inner)) {
      if (rename(name) in copy) throw new Error(`Two keys become ${rename(name)}.`);
      copy[rename(name)] = inner[name];
    }
    return copy;
  });
}
