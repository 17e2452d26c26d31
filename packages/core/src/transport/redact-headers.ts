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
