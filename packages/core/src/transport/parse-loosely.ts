import type { Json } from "../json.ts";

/** JSON whatever the content type says: error bodies come as text/plain, octet-stream, or without a type. */
export function parseLoosely(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
