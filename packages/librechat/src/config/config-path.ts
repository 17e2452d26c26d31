/** The path from the root of a configuration to one of its parts: keys, and indexes of lists. */
export type Path = readonly (string | number)[];

/** A path for a reader: `endpoints.custom[0].models`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

/** The part of a value at a path; `undefined` if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, step) =>
      typeof part === "object" && part !== null && Object.hasOwn(part, step)
        ? (part as { [key: string | number]: unknown })[step]
        : undefined,
    value,
  );
}

/** The steps of a JSON pointer in a URI's fragment: `#/endpoints/custom/0`. */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The path that a JSON pointer means in a value: the steps through a list are numbers. */
export function pathOfPointer(pointer: string, value: unknown): Path {
  return pointerSteps(pointer).reduce<Path>(
    (path, step) => [...path, Array.isArray(valueAt(value, path)) ? Number(step) : step],
    [],
  );
}

/** Every text in a value, with its path. */
export function* stringValues(value: unknown, path: Path = []): Generator<[path: Path, text: string]> {
  if (typeof value === "string") yield [path, value];
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* stringValues(item, [...path, index]);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* stringValues(item, [...path, key]);
  }
}
