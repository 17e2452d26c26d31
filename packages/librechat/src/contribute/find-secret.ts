import type { Definition } from "@llm-provider/core";

/** Keys that give themselves away: the prefixes of the vendors, tokens of three parts, private keys. */
const shapes = [
  /\b(?:sk|pk|rk|gsk|csk|fw|xai|pplx|hf|nvapi|r8|tgp|ghp|gho|ghs|glpat|github_pat)[-_](?:[A-Za-z0-9]{2,10}[-_])*[A-Za-z0-9]{20,}/,
  /\bAIza[\w-]{30,}/,
  /\bAKIA[A-Z0-9]{16}\b/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/,
  /\bBearer +[\w.~+/-]{24,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Whether a text holds something that looks like a key, or one of these secrets: as it is, URL-encoded, escaped, base64. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return (
    shapes.some((shape) => shape.test(text)) ||
    secrets.some((secret) => formsOf(secret).some((form) => text.includes(form)))
  );
}

// Whole keys only: the parts that core's scrubber looks for also match a value like `deepseek-test-key` on a page of DeepSeek.
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString("base64").replaceAll("=", "");
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

/** The path of the first text in a definition that holds a secret; absent when there is none. */
export function findSecret(definition: Definition, secrets: readonly string[]): string | undefined {
  const seen = new Set<object>();
  const look = (value: unknown, path: string): string | undefined => {
    if (typeof value === "string") return holdsSecret(value, secrets) ? path : undefined;
    if (value instanceof RegExp) return holdsSecret(value.source, secrets) ? path : undefined;
    if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) {
      if (holdsSecret(key, secrets)) return path;
      const found = look(inner, path === "" ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return look(definition, "");
}

/** What the environment holds under the names of keys. Short values and our own placeholder are no secrets. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>, variables: readonly string[]): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) => {
    const isKey = variables.includes(name) || /(?:_|^)(?:KEY|TOKEN|SECRET|PASSWORD)$/i.test(name);
    return isKey && value.length >= 8 && value !== "your-api-key" ? [value] : [];
  });
}
