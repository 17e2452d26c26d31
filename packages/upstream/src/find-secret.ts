import type { Definition } from "@llm-provider/core";
import { firstKey, formsOf, isKeyName } from "@llm-provider/core/internal";

/**
 * Does a text contain something that looks like a key, or one of these secrets: as it is, URL-encoded, escaped, base64 or
 * hex, in either letter case? `name` is the name of the text in its source.
 */
export function holdsSecret(text: string, secrets: readonly string[], name?: string): boolean {
  // Whole keys only: the parts that core's scrubber looks for also match a value like `deepseek-test-key` on a page of DeepSeek.
  return (
    firstKey(text, name) !== undefined ||
    secrets.some((secret) => formsOf(secret).some((form) => text.toLowerCase().includes(form.toLowerCase())))
  );
}

/** The path of the first text in a definition that contains a secret; undefined if there is none. */
export function findSecret(definition: Definition, secrets: readonly string[]): string | undefined {
  const seen = new Set<object>();
  const look = (value: unknown, path: string, name?: string): string | undefined => {
    if (typeof value === "string") return holdsSecret(value, secrets, name) ? path : undefined;
    if (value instanceof RegExp) return holdsSecret(value.source, secrets) ? path : undefined;
    if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) {
      if (holdsSecret(key, secrets)) return path;
      const found = look(inner, path === "" ? key : `${path}.${key}`, key);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return look(definition, "");
}

/** The values of the environment's key variables. Short values and our own placeholder are not secrets. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>, variables: readonly string[]): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) => {
    const isKey = variables.includes(name) || isKeyName(name.toUpperCase());
    return isKey && value.length >= 8 && value !== "your-api-key" ? [value] : [];
  });
}
