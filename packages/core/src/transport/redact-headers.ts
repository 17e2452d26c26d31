import type { Definition } from "../definition/definition.ts";
import { keyHeader } from "./key-header.ts";

const secretName =
  /auth(?!or)|cookie|token|secret|credential|jwt|session|signature|api-?key|(^|-)(key|pass(word|phrase)?)$/i;
/** A secret has a scheme before it, one random piece as long as in keys, or base64: words, versions, dates and UUIDs do not. */
const secretValue = /^(?:bearer|basic)\s|[a-z\d]{24}|(?=[a-z]{0,15}\d)[a-z\d]{16}|^(?=.*\d)(?=.*[+=])[\w+/-]{20,}=*$/i;
/** `x-request-id` and the like are random too, but people need them. */
const idName = /(^|-)id$|^traceparent$/;

/** Is the value of this header, its name in lower case, a secret? */
export function isSecretHeader(definition: Definition, name: string, value: string): boolean {
  if (name === keyHeader(definition, "")[0] || secretName.test(name)) return true;
  return secretValue.test(value) && !idName.test(name);
}

/** The headers of a request without secrets. */
export function redactHeaders(definition: Definition, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSecretHeader(definition, name, value) ? "[redacted]" : value,
    ]),
  );
}

/** The headers of a request with the key's variable in the place of the key: `Bearer $ACME_API_KEY`. */
export function nameKey(definition: Definition, headers: Record<string, string>): Record<string, string> {
  const { auth } = definition;
  if (auth === "none") return redactHeaders(definition, headers);
  const [name, value] = keyHeader(definition, `$${auth.env}`);
  return { ...redactHeaders(definition, headers), ...(headers[name] !== undefined && { [name]: value }) };
}

/** The secrets in headers and a base URL. Of `Bearer key` and of `session=key` the key alone is a secret too. */
export function secretsIn(definition: Definition, headers: Record<string, string>, baseURL: string): string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isSecretHeader(definition, name, value)
      ? [value, ...value.split(" ").slice(1), ...value.split(/[\s;,=]/).filter(isRandom)]
      : [],
  );
  return [...inHeaders, ...urlSecrets(baseURL)];
}

/** The values of a query, and the parts of a path, that are secrets by their name or form: some gateways take a key there. */
export function urlSecrets(baseURL: string): string[] {
  const { searchParams, pathname } = new URL(baseURL);
  const inQuery = [...searchParams].filter(([name, value]) => secretName.test(name) || secretValue.test(value));
  return [...inQuery.map(([, value]) => value), ...pathname.split("/").filter((part) => secretValue.test(part))];
}

function isRandom(text: string): boolean {
  return text.length >= 8 && /\d/.test(text);
}
