import { maskKeys } from "@llm-provider/core/internal";
import { stringValues, valueAt, type Path } from "./config-path.ts";
import { readForeignVariable } from "./read-foreign-variable.ts";
import { isHeaderPlace, isKeyPlace, isReference, isServerSecret, previous } from "./secret-place.ts";

/** Makes a function that replaces every key and header value of a configuration in any text. */
export function createMask(config: unknown): (text: string) => string {
  const secrets = [...stringValues(config)]
    .filter(([path, value]) => isHidden(path, value, valueAt(config, previous(path))) && value.length >= 8)
    .flatMap(([, value]) => [value, value.replace(/^(Bearer|Basic|Token)\s+/i, "")])
    .sort((a, b) => b.length - a.length);
  return (text) => maskKeys(secrets.reduce((masked, secret) => masked.replaceAll(secret, "[key]"), maskUrls(text)));
}

/** Is the value at this path hidden from a reader? `before` is the item before it in a list. */
export function isHidden(path: Path, value: string, before: unknown): boolean {
  if (isServerSecret(path, value, before)) return true;
  return (
    (isKeyPlace(path) || isHeaderPlace(path) || isServerVariable(path)) && !isReference(value) && !namesVariable(value)
  );
}

/**
 * A variable in some notation that LibreChat does not know: its name is not secret, and advice has to repeat it. Words and short
 * numbers only: a key in capitals has longer mixtures.
 */
function namesVariable(value: string): boolean {
  const { scheme, name = "" } = readForeignVariable(value) ?? {};
  return (scheme === "" || scheme === "Bearer ") && variableName.test(name);
}

const variableName = /^[A-Z]{2,20}(?:_(?:[A-Z]{1,20}|[A-Z]{0,3}\d{1,3})){1,6}$/;

/** A variable that LibreChat sets for an MCP server. */
function isServerVariable(path: Path): boolean {
  return path[0] === "mcpServers" && path[2] === "env";
}

/** User, password and the values of a query, in every URL of a text. */
export function maskUrls(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>{}]{1,512}@/gi, "$1[hidden]@")
    .replace(
      /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>?]{1,1024}\?)([^\s"'<>]{1,1024})/gi,
      (_, url: string, query: string) => `${url}${query.replaceAll(/=(?!\$\{|\{\{)[^&#]*/g, "=[hidden]")}`,
    );
}
