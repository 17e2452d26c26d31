const redacted = "[redacted]";
/** A shorter text is a word and not a key. */
const shortest = 4;
/** No eight characters in a row of a key of real length may be shown. */
const longKey = 16;
const part = 8;
/** One of the first five positions of any part is a multiple of five, and at least this many characters of the part follow it. */
const gram = 4;
/** Levels of objects and lists. */
const deepest = 200;
/** An escape may be escaped again: JSON in JSON, a URL in a URL. */
const layers = 3;

/** The marks with which vendors hide most of a key. */
const maskMark = String.raw`[*•…]+|\.{3,}|\[(?:\.{3}|…)\]`;
const masked = new RegExp(String.raw`([\w+/=.-]{0,12}?)(${maskMark})([\w+/=-]{0,12})`, "g");

/** One character, escaped as in JSON, JavaScript, HTML or a URL. */
const escaped =
  /(?<!\\)\\+(?:u([\da-f]{4})|u\{0{0,4}([\da-f]{2,4})\}|x([\da-f]{2})|(["/]))|&#x0{0,4}([\da-f]{2,4});?|&#0{0,4}(\d{2,5});?|%([\da-f]{2})/gi;
/** An escape or a mask may be here. */
const mark = /\\[ux"/]|&#|%[\da-f]{2}|[*•…]|\.{3}/i;

/** A decoded text, and where each of its characters begins in the original text. */
type Decoded = { readonly text: string; readonly starts: readonly number[] | undefined };

/** Removes the secrets from a value. */
export type Scrub = <T>(value: T) => T;

type Needles = {
  /** Encodings of short secrets; `anyCase` unless they are as short as words. */
  readonly whole: readonly { readonly form: string; readonly anyCase: boolean }[];
  /** Every part of the encodings of long secrets, in lower case. */
  readonly parts: ReadonlySet<string>;
  /** The hashes of every four characters of them. */
  readonly grams: Uint8Array;
  /** Long secrets in lower case, for the ends that a mask shows. */
  readonly long: readonly string[];
};

/**
 * A function that removes every form of the secrets from a value: raw, URL-encoded, base64, hex, escaped as in JSON, HTML or
 * JavaScript, in either letter case. For long secrets, also every part of eight characters and the ends that a mask shows.
 * Strings, arrays and plain objects, deeply; other values are returned as they are. Linear in the text.
 */
export function createScrubber(secrets: readonly string[]): Scrub {
  const known = secrets.filter((secret) => secret.length >= shortest);
  if (known.length === 0) return (value) => value;
  const needles = needlesOf(known);

  const scrubText = (text: string): string => {
    // Nearly every text is clean, and these two checks cost far less than the rest.
    const isMarked = mark.test(text);
    if (!isMarked && !hide({ text, starts: undefined }, needles)) return text;
    const out = scrubForms(text, needles);
    return isMarked ? scrubMasks(out, needles) : out;
  };
  const scrub = (value: unknown, depth = 0): unknown => {
    if (typeof value === "string") return scrubText(value);
    // A value nested more deeply than the stack allows would throw here, where nobody expects it.
    if (depth > deepest) return "…";
    if (Array.isArray(value)) return value.map((inner) => scrub(inner, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [scrubText(key), scrub(inner, depth + 1)]));
  };
  return (value) => scrub(value) as typeof value;
}

function needlesOf(secrets: readonly string[]): Needles {
  const whole: { form: string; anyCase: boolean }[] = [];
  const parts = new Set<string>();
  const grams = new Uint8Array(0x10000);
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      const anyCase = form.length >= part;
      if (secret.length < longKey) whole.push({ form: anyCase ? lowerCase(form) : form, anyCase });
      else for (let at = 0; at + part <= form.length; at++) parts.add(lowerCase(form.slice(at, at + part)));
      if (secret.length >= longKey) for (let at = 0; at + gram <= form.length; at++) grams[hashAt(form, at)] = 1;
    }
  }
  return { whole, parts, grams, long: secrets.filter(({ length }) => length >= longKey).map(lowerCase) };
}

/** The same for either letter case. */
function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let next = at; next < at + gram; next++) hash = hash * 33 + (text.charCodeAt(next) | 32);
  return hash & 0xffff;
}

/** A secret as it may be written: raw, URL-encoded, JSON-escaped, hex, and base64 of any text around it. */
export function formsOf(secret: string): string[] {
  const bytes = [...new TextEncoder().encode(secret)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), hex];
  return [...new Set([...forms, ...base64Forms(String.fromCharCode(...bytes))])];
}

/** Base64 of a text that contains the secret anywhere: the constant part for each of the three offsets in a group of bytes. */
function base64Forms(bytes: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const text = btoa("\0".repeat(offset) + bytes);
    const stable = text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return stable.length < part ? [] : [stable, stable.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Keeps the length, unlike `toLowerCase` for a few letters. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Searches the text, and its decoded forms layer by layer. */
function scrubForms(text: string, needles: Needles): string {
  const hidden = new Uint8Array(text.length);
  let decoded: Decoded | undefined = { text, starts: undefined };
  for (let layer = 0; decoded && layer <= layers; layer++) {
    hide(decoded, needles, hidden);
    decoded = decode(decoded);
  }
  let out = "";
  let from = 0;
  for (let at = hidden.indexOf(1); at !== -1; at = hidden.indexOf(1, from)) {
    out += text.slice(from, at) + redacted;
    from = hidden.indexOf(0, at);
    if (from === -1) return out;
  }
  return out + text.slice(from);
}

/** Marks the secrets in `hidden`; without `hidden`, it only says whether there are any. */
function hide({ text, starts }: Decoded, { whole, parts, grams }: Needles, hidden?: Uint8Array): boolean {
  let isFound = false;
  const cover = (from: number, to: number): void => {
    isFound = true;
    hidden?.fill(1, starts ? starts[from] : from, starts ? starts[to] : to);
  };
  const lower = whole.length > 0 ? lowerCase(text) : text;
  for (const { form, anyCase } of whole) {
    const within = anyCase ? lower : text;
    for (let at = within.indexOf(form); at !== -1; at = within.indexOf(form, at + form.length))
      cover(at, at + form.length);
  }
  if (parts.size === 0) return isFound;
  for (let at = 0; at + gram <= text.length && (hidden || !isFound); at += gram + 1) {
    if (grams[hashAt(text, at)] === 0) continue;
    for (let from = Math.max(0, at - gram); from <= at && from + part <= text.length; from++)
      if (parts.has(lowerCase(text.slice(from, from + part)))) cover(from, from + part);
  }
  return isFound;
}

/** Removes one layer of escapes; `undefined` if there is none. */
function decode({ text, starts }: Decoded): Decoded | undefined {
  let out = "";
  const places: number[] = [];
  let from = 0;
  const keep = (to: number): void => {
    out += text.slice(from, to);
    for (let at = from; at < to; at++) places.push(starts ? starts[at]! : at);
  };
  for (const match of text.matchAll(escaped)) {
    keep(match.index);
    const [, json, wide, short, sign, html, decimal, url] = match;
    const hex = json ?? wide ?? short ?? html ?? url;
    out += sign ?? String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    places.push(starts ? starts[match.index]! : match.index);
    from = match.index + match[0].length;
  }
  if (from === 0) return undefined;
  keep(text.length);
  places.push(starts ? starts[text.length]! : text.length);
  return { text: out, starts: places };
}

/** `sk-a***wxyz`: the visible ends of the key. */
function scrubMasks(text: string, { long }: Needles): string {
  return text.replaceAll(masked, (whole, head: string, mask: string, tail: string) => {
    const ends = lowerCase(head);
    const begins = lowerCase(tail);
    let shownHead = 0;
    let shownTail = 0;
    for (const secret of long) {
      for (let length = 3; length <= head.length; length++)
        if (secret.startsWith(ends.slice(-length))) shownHead = Math.max(shownHead, length);
      for (let length = 3; length <= tail.length; length++)
        if (secret.endsWith(begins.slice(0, length))) shownTail = Math.max(shownTail, length);
    }
    if (shownHead + shownTail === 0) return whole;
    const kept = head.slice(0, head.length - shownHead);
    return `${kept}${shownHead ? redacted : ""}${mask}${shownTail ? redacted : ""}${tail.slice(shownTail)}`;
  });
}
