import type { Definition } from "../definition/definition.ts";
import { keyHeader } from "./key-header.ts";

const secretName = /authorization|cookie|token|secret|api-?key|(^|-)key$/i;

/** Does a header of this name, in lower case, hold a secret? */
export function isSecretHeader(definition: Definition, name: string): boolean {
  return name === keyHeader(definition, "")[0] || secretName.test(name);
}

/** The headers of a request as a person may see them. */
export function redactHeaders(definition: Definition, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretHeader(definition, name) ? "[redacted]" : value]),
  );
}

/** The secrets that headers and a base URL's query hold. Of `Bearer key` the key alone is a secret too. */
export function secretsIn(definition: Definition, headers: Record<string, string>, baseURL: string): string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isSecretHeader(definition, name) ? [value, ...value.split(" ").slice(1)] : [],
  );
  const inQuery = [...new URL(baseURL).searchParams].flatMap(([name, value]) => (secretName.test(name) ? [value] : []));
  return [...inHeaders, ...inQuery];
}
