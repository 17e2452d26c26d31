import { loadPart } from "../errors/load-part.ts";
import { keyVariableKind } from "../key-variable.ts";
import { isHeaderValue } from "./is-header-value.ts";
import type { KeyFault, KeyFacts } from "./key-error.ts";

/** The key for one call: the option, else the environment variable; `undefined` only if none is needed. */
export async function resolveKey(
  facts: KeyFacts,
  apiKey: string | (() => string | Promise<string>) | undefined,
): Promise<string | undefined> {
  const { auth } = facts;
  const given = typeof apiKey === "function" ? await call(apiKey, facts) : apiKey;
  const key = given ?? (auth === "none" ? undefined : await readKeyVariable(facts, auth.env));
  const isOptional = auth === "none" || auth.optional === true;
  if (key === undefined || key === "") return isOptional ? undefined : refuse(facts, "absent");
  // A program that fills in variables leaves an unset one as it is: LibreChat hands an MCP server `${ACME_API_KEY}`.
  if (auth !== "none" && /^\$\{\w+\}$/.test(String(key)))
    return isOptional ? undefined : refuse(facts, "unfilled", String(key));
  return typeof key === "string" && isHeaderValue(key) && key.trim() === key ? key : refuse(facts, "unsendable");
}

/**
 * Not every runtime has a `process`, and one that asks for permissions may refuse to read it. A definition that names a
 * variable of another kind would send somebody else's password to its own host.
 */
export async function readKeyVariable(facts: KeyFacts, name: string): Promise<string | undefined> {
  if (keyVariableKind(name) === undefined) return refuse(facts, "misnamed");
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  } catch {
    return undefined;
  }
}

async function call(apiKey: () => string | Promise<string>, facts: KeyFacts): Promise<string> {
  try {
    return await apiKey();
  } catch {
    // Its error may contain the key, or the password of a vault.
    return refuse(facts, "failed");
  }
}

async function refuse(facts: KeyFacts, fault: KeyFault, text?: string): Promise<never> {
  const { keyError } = await loadPart(facts.id, () => import("./key-error.ts"));
  throw keyError(facts, fault, text);
}
