/** Bytes of an id. LibreChat's are UUIDs, and 24 hexadecimal digits. */
export const longestId = 500;

/** Can a file, a user or an agent have this id? PostgreSQL stores neither the character 0 nor half a surrogate pair. */
export function isId(text: string): boolean {
  return text !== "" && Buffer.byteLength(text) <= longestId && !/[\0\p{Surrogate}]/u.test(text);
}
