import type { ConfigPath } from "./config.ts";

/** A limit against endless nesting. The deepest valid path has six steps. */
const longestPath = 50;

/** A configuration with its variables filled in, and the variables that are not set. */
interface Expanded {
  readonly value: unknown;
  readonly unset: readonly { readonly path: ConfigPath; readonly message: string }[];
  /** The names of variables that are a whole value, by the value's path. */
  readonly names: ReadonlyMap<string, string>;
}

/** Fills `${NAME}` in every text of a value, as LibreChat does. Keys stay as they are. */
export function expandVariables(value: unknown, env: Readonly<Record<string, string | undefined>>): Expanded {
  const unset: { path: ConfigPath; message: string }[] = [];
  const names = new Map<string, string>();
  return { value: expand(value, []), unset, names };

  function expand(one: unknown, path: ConfigPath): unknown {
    const [, whole] = /^\$\{(\w+)\}$/.exec(typeof one === "string" ? one : "") ?? [];
    if (whole !== undefined) names.set(path.join("\n"), whole);
    if (typeof one === "string")
      return one.replaceAll(/\$\{([^{}]*)\}/g, (written, name: string) => {
        const found: unknown = env[name];
        if (typeof found === "string" && found !== "") return found;
        const message = /^\w+$/.test(name)
          ? `The environment variable ${name} is not set.`
          : "The name of a variable has only letters, digits and underscores.";
        unset.push({ path, message });
        return written;
      });
    // An alias may contain itself, and would never end.
    if (path.length > longestPath) throw new RangeError("it is nested too deeply");
    if (Array.isArray(one)) return one.map((item, index) => expand(item, [...path, index]));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, expand(inner, [...path, key])]));
  }
}
