const redacted = "[redacted]";
/** Below this length a text is no key but a word that stands everywhere. */
const shortest = 4;
/** Of a key as long as real ones are, no part of this length may be seen. */
const longKey = 16;
const part = 8;
/** Levels of objects and lists. */
const deepest = 200;
/** What vendors put in the place of most of a key. */
const maskMark = /[*•…]{2}|\.{3}/;

/**
 * A function that takes every form of the secrets out of a value: raw, URL-encoded, base64, JSON-escaped, and of long ones
 * also parts and the ends that vendors leave when they mask a key. Strings, arrays and plain objects, deeply; the rest is
 * handed back as it is.
 */
export function createScrubber(secrets: readonly string[]): <T>(value: T) => T {
  const known = secrets.filter((secret) => secret.length >= shortest);
  const forms = [...new Set(known.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const long = known.filter((secret) => secret.length >= longKey);
  if (forms.length === 0) return (value) => value;
  const suspect = suspectOf(forms, long);

  const scrubText = (text: string): string => {
    // Nearly every text is clean, and this one look at it costs a tenth of all that follows.
    if (!suspect.test(text)) return text;
    let out = text;
    for (const form of forms) if (out.includes(form)) out = out.replaceAll(form, redacted);
    for (const secret of long) out = scrubEnds(scrubParts(out, secret), secret);
    return out;
  };
  const scrub = (value: unknown, depth = 0): unknown => {
    if (typeof value === "string") return scrubText(value);
    // What is nested more deeply than the stack allows would throw here, where nobody expects it.
    if (depth > deepest) return "…";
    if (Array.isArray(value)) return value.map((inner) => scrub(inner, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [scrubText(key), scrub(inner, depth + 1)]));
  };
  return (value) => scrub(value) as typeof value;
}

/**
 * What a text holds if there is anything to take out of it: the beginning of a form, a block of a long secret (every part of
 * it has one whole), or a mask.
 */
function suspectOf(forms: readonly string[], long: readonly string[]): RegExp {
  const blocks = long.flatMap((secret) => secret.match(/[^]{4}/g) ?? []);
  const literals = new Set([...forms.map((form) => form.slice(0, part)), ...blocks]);
  return new RegExp([...[...literals].map((text) => text.replaceAll(/\W/g, "\\$&")), maskMark.source].join("|"));
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const lowerCase = encoded.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  return [secret, encoded, lowerCase, JSON.stringify(secret).slice(1, -1), ...base64Forms(secret)];
}

/** Base64 of a text that holds the secret anywhere: what is the same at each of the three places in a group of bytes. */
function base64Forms(secret: string): string[] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(secret));
  return [0, 1, 2].flatMap((offset) => {
    const text = btoa("\0".repeat(offset) + bytes);
    const stable = text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return stable.length < part ? [] : [stable, stable.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

function scrubParts(text: string, secret: string): string {
  let out = text;
  for (let from = 0; from + part <= secret.length; from++) {
    let length = part;
    if (!out.includes(secret.slice(from, from + length))) continue;
    while (from + length < secret.length && out.includes(secret.slice(from, from + length + 1))) length++;
    out = out.replaceAll(secret.slice(from, from + length), redacted);
  }
  return out;
}

/** `sk-a***wxyz`: the ends that are the key's own. */
function scrubEnds(text: string, secret: string): string {
  return text.replaceAll(
    /([\w+/=-]{0,12})([*•…]{2,}|\.{3,})([\w+/=-]{0,12})/g,
    (masked, head: string, mask: string, tail: string) => {
      const showsHead = head.length >= 3 && secret.startsWith(head);
      const showsTail = tail.length >= 3 && secret.endsWith(tail);
      return showsHead || showsTail ? (showsHead ? redacted : head) + mask + (showsTail ? redacted : tail) : masked;
    },
  );
}
