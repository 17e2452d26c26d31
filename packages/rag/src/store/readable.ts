import type { Caller } from "./store.ts";

/** The finished documents of the files `$3` that the user `$1` uploaded, or that the entity `$2` has. An entity that is null has none. */
export const readable = "is_finished and file_id = any($3::text[]) and (user_id = $1 or entity_id = $2)";

/** The parameters of `readable`. */
export function readers({ user, entity }: Caller, fileIds: readonly string[]): [string, string | null, string[]] {
  // Nothing is stored under an id that is empty, or is not text.
  return [isText(user) ? user : "", entity && isText(entity) ? entity : null, fileIds.filter(isText)];
}

/** PostgreSQL stores neither the character 0 nor half a surrogate pair. */
export function isText(value: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(value);
}

/** A text as PostgreSQL stores it. Texts of PDFs have the character 0 in them at times. */
export function storedText(text: string): string {
  return text.replaceAll("\0", "");
}
