import type { Change } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import type { Scrub } from "../scrubber.ts";

/** Any escape of a JSON text. `JSON.stringify` escapes a surrogate only if its other half is missing. */
const escape = /\\(?:u[dD][89a-fA-F][0-9a-fA-F]{2}|[^])/g;

/**
 * The body as it is sent. A request that is not JSON (circular, a bigint) is refused before sending; half a
 * surrogate pair, which many endpoints refuse, becomes U+FFFD.
 */
export function toBodyText(definition: Definition, body: object, scrub: Scrub): { text: string; changes: Change[] } {
  const text = write(definition, body, scrub);
  const wellFormed = toWellFormed(text);
  if (wellFormed === text) return { text, changes: [] };
  const broken = Object.entries(body).filter(([, value]) => isBroken(JSON.stringify(value)));
  return {
    text: wellFormed,
    changes: broken.map(([parameter]) => ({
      parameter,
      action: "mapped",
      reason: "Half a surrogate pair (often an emoji that was cut) is not valid Unicode. U+FFFD is sent in its place.",
      source: "",
    })),
  };
}

function write(definition: Definition, body: object, scrub: Scrub): string {
  try {
    return JSON.stringify(body);
  } catch (error) {
    // A `toJSON` of the caller's may throw anything, a key among it.
    const why = error instanceof Error ? error.message : String(error);
    throw scrubbedError(scrub, `The request cannot be written as JSON: ${why}`, {
      code: "invalid-request",
      provider: definition.id,
      hint: "Give numbers, texts, lists and plain objects only.",
    });
  }
}

function toWellFormed(text: string): string {
  // Almost no body has one, and searching for it is cheaper than walking all escapes.
  if (!text.includes("\\ud")) return text;
  return text.replaceAll(escape, (found) => (found.length > 2 ? "\ufffd" : found));
}

function isBroken(text: string | undefined): boolean {
  return text !== undefined && toWellFormed(text) !== text;
}
