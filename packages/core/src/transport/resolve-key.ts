import type { Definition } from "../definition/definition.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { isHeaderValue, type Settings } from "../chat/settings.ts";

/** The key for one call: the option, else the environment variable; `undefined` only where none is needed. */
export async function resolveKey(definition: Definition, { apiKey }: Settings): Promise<string | undefined> {
  const { auth, id, name } = definition;
  const environment = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env;
  const given = typeof apiKey === "function" ? await call(apiKey, id) : apiKey;
  const key = given ?? (auth === "none" ? undefined : environment?.[auth.env]);
  if (key === undefined || key === "") {
    if (auth === "none") return undefined;
    throw new ProviderError(`${name} needs a key, and none was given.`, {
      code: "missing-key",
      provider: id,
      hint: `Set the environment variable ${auth.env}, or pass \`apiKey\`. Make a key at ${auth.page}`,
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

/** The header that carries the key. */
export function keyHeader(definition: Definition, key: string): Record<string, string> {
  const { header = "authorization", scheme } = definition.auth === "none" ? {} : definition.auth;
  const prefix = scheme ?? (header.toLowerCase() === "authorization" ? "Bearer" : "");
  return { [header.toLowerCase()]: prefix === "" ? key : `${prefix} ${key}` };
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
