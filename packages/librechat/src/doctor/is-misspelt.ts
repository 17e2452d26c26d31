import { suggestKey } from "./suggest-key.ts";

/** Does a mapping hold a key under a name that means another? That is told where it stands, and what follows from it is not. */
export function isMisspelt(mapping: { readonly [key: string]: unknown }, key: string): boolean {
  return !Object.hasOwn(mapping, key) && Object.keys(mapping).some((other) => suggestKey(other, [key]) === key);
}
