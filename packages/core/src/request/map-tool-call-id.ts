const letters = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
/** The alphabets for ids, largest first. */
const alphabets = [digits + letters, letters, digits];
const prefixes = ["", "call_"];
const longest = 64;
const lengths = [9, ...Array.from({ length: longest }, (_, index) => index + 1)];

/**
 * The id itself if the pattern admits it, else letters and digits made from it: the same id always gives the same result, so a
 * call and its answer keep matching over any number of requests.
 */
export function mapToolCallId(id: string, pattern: RegExp): string {
  if (id.search(pattern) >= 0) return id;
  for (const prefix of prefixes) {
    for (const alphabet of alphabets) {
      const text = hashText(id, alphabet);
      for (const length of lengths) {
        const candidate = prefix + text.slice(0, length);
        if (candidate.search(pattern) >= 0) return candidate;
      }
    }
  }
  throw new TypeError(
    `No id of letters and digits matches ${pattern}. Give \`messages.toolCallId\` a pattern that admits some.`,
  );
}

/** One letter for each of `length` hashes: FNV-1a, each with another start, its bits mixed at the end. */
function hashText(text: string, alphabet: string): string {
  let out = "";
  while (out.length < longest) {
    let hash = 2166136261 + out.length;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
    hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
    out += alphabet[((hash ^ (hash >>> 13)) >>> 0) % alphabet.length];
  }
  return out;
}
