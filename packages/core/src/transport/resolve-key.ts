import { keyVariableKind } from "../key-variable.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { isHeaderValue } from "./is-header-value.ts";

/** What a provider's and a tool's definition say of the key. */
type KeyFacts = {
  readonly id: string;
  readonly name: string;
  readonly auth: "none" | { readonly env: string; readonly page: string };
};

/** The key for one call: the option, else the environment variable; `undefined` only where none is needed. */
export async function resolveKey(
  { id, name, auth }: KeyFacts,
  apiKey: string | (() => string | Promise<string>) | undefined,
): Promise<string | undefined> {
  const given = typeof apiKey === "function" ? await call(apiKey, id) : apiKey;
  const key = given ?? (auth === "none" ? undefined : readKeyVariable(id, auth.env));
  if (key === undefined || key === "") {
    if (auth === "none") return undefined;
    throw new ProviderError(`${name} needs a key, and none was given.`, {
      code: "missing-key",
      provider: id,
      hint: `Set the environment variable ${auth.env}, or pass \`apiKey\`. Make a key at ${auth.page}`,
    });
  }
  // A program that fills in variables leaves an unset one as it is: LibreChat hands an MCP server `${SERPAPI_API_KEY}`.
  if (auth !== "none" && /^\$\{\w+\}$/.test(String(key))) {
    throw new ProviderError(`${name} needs a key, and was given the name of a variable: ${String(key)}.`, {
      code: "missing-key",
      provider: id,
      hint: `Set that variable where the program that started this one runs. Make a key at ${auth.page}`,
    });
  }
  if (typeof key !== "string" || !isHeaderValue(key) || key.trim() !== key) {
    throw new ProviderError(
      `The key for ${name} cannot be sent: it holds a line break, a space at an end, or a letter that no header may hold.`,
      {
        code: "invalid-key",
        provider: id,
        hint: "Copy the key again, without what stands around it.",
      },
    );
  }
  return key;
}

/**
 * Not every runtime has a `process`, and one that asks for permissions may refuse to read it. A definition that names a
 * variable of another kind would send a password of somebody else's to its own host. The name
 * is not repeated: it may be a pasted key.
 */
export function readKeyVariable(id: string, name: string): string | undefined {
  if (keyVariableKind(name) === undefined)
    throw new ProviderError(
      `The variable that the definition of ${id} names does not look like a key's, and was not read.`,
      {
        code: "missing-key",
        provider: id,
        hint: "Name a variable that looks like a key in `auth.env`, such as ACME_API_KEY, or pass `apiKey`.",
      },
    );
  try {
    return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  } catch {
    return undefined;
  }
}

async function call(apiKey: () => string | Promise<string>, provider: string): Promise<string> {
  try {
    return await apiKey();
  } catch {
    // Its error may hold the key, or the password of a vault.
    throw new ProviderError("The function given as `apiKey` failed.", {
      code: "missing-key",
      provider,
      hint: "Call it by itself to see why.",
    });
  }
}
