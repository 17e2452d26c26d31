const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
/** What ids are made of, the richest first. */
const alphabets = [digits + letters, digits + letters.slice(26), letters, letters.slice(26), digits];
const prefixes = ["", "call_"];
const longest = 64;
const lengths = [9, ...Array.from({ length: longest }, (_, index) => index + 1)];

/**
 * The id itself where the pattern admits it, else letters and digits made from it: the same id always gives the same, so a
 * call and its answer stay together over any number of requests.
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

/** Rounds of cyrb53 (public domain), one for each eight characters. */
function hashText(text: string, alphabet: string): string {
  let out = "";
  for (let seed = 0; out.length < longest; seed++) {
    let high = 0xdeadbeef ^ seed;
    let low = 0x41c6ce57 ^ seed;
    for (let i = 0; i < text.length; i++) {
      high = Math.imul(high ^ text.charCodeAt(i), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(i), 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    // 53 bits give eight digits of base 62, a little under 48 of them.
    let bits = 4294967296 * (2097151 & low) + (high >>> 0);
    for (let i = 0; i < 8; i++) {
      out += alphabet[bits % alphabet.length];
      bits = Math.floor(bits / alphabet.length);
    }
  }
  return out;
}
