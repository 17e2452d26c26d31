/**
 * A schema as plain data. A text is a type with bounds (`"string"`, `"string url"`, `"integer >=1"`, `"any"`); a list is a
 * list of its first entry, with `"min 1"` behind it where it may not be empty; `{ "=": [...] }` is a choice of values,
 * `{ "|": [...] }` of shapes. In a mapping, `?` ends an optional key, `*` stands for any other key, and `!` says whether
 * unknown keys stop LibreChat (`strict`), pass (`open`), or are ignored (without it).
 */
export type Outline = string | readonly Outline[] | { readonly [key: string]: Outline | readonly unknown[] };

/** The keys of a mapping's outline, without marks. */
export function keysOf(outline: Outline | undefined): string[] {
  if (typeof outline !== "object" || Array.isArray(outline)) return [];
  const branches = (outline as { "|"?: readonly Outline[] })["|"];
  if (branches) return [...new Set(branches.flatMap(keysOf))];
  return Object.keys(outline)
    .filter((key) => key !== "!" && key !== "*" && key !== "=")
    .map((key) => key.replace(/\?$/, ""));
}

/** The outline one step further in: of a key, or of a list's items. */
export function outlineAt(outline: Outline | undefined, step: string | number): Outline | undefined {
  if (typeof outline !== "object") return undefined;
  if (Array.isArray(outline)) return outline[0] as Outline;
  const shape = outline as { readonly [key: string]: Outline };
  if (shape["|"]) {
    const found = (shape["|"] as readonly Outline[])
      .map((one) => outlineAt(one, step))
      .find((one) => one !== undefined);
    return found;
  }
  return shape[String(step)] ?? shape[`${step}?`] ?? shape["*"];
}
