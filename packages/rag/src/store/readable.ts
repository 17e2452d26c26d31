import type { Caller } from "./store.ts";

/** Matches the finished documents of the files `$3` that the user `$1` uploaded or that belong to the entity `$2`. A null entity matches none. */
export const readable = "is_finished and file_id = any($3::text[]) and (user_id = $1 or entity_id = $2)";

/** The parameters of `readable`. */
export function readers({ user, entity }: Caller, fileIds: readonly string[]): [string, string | null, string[]] {
  // An id that is empty or not text is never stored, so it matches nothing.
  return [isText(user) ? user : "", entity && isText(entity) ? entity : null, fileIds.filter(isText)];
}

/** Can PostgreSQL store this text? It refuses the character 0 and unpaired surrogates. */
export function isText(value: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(value);
}

/** Makes a text storable: texts of PDFs sometimes contain the character 0. */
export function storedText(text: string): string {
  return text.replaceAll("\0", "");
}
