import { isText } from "../store/readable.ts";

/** The most bytes of an id. LibreChat's ids are UUIDs or 24 hexadecimal digits. */
export const longestId = 500;

/** Can a file, a user or an agent have this id? */
export function isId(text: string): boolean {
  return text !== "" && Buffer.byteLength(text) <= longestId && isText(text);
}
