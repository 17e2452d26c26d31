import { inspect } from "node:util";

/** An invented key. `prefix` is its public part. */
export interface Secret {
  readonly kind: string;
  readonly prefix: string;
  readonly key: string;
}

// Assembled here, so that no secret scanner takes a line of this file for a key.
export const secrets: readonly Secret[] = [
  { kind: "a key with a public prefix", prefix: "sk-proj-", body: "Qz7vLm2XcT9wRb4KdN8sHf3J_yPg6UeA" },
  { kind: "a key of hex digits", prefix: "", body: "c4a7e91b30d258f6a1b94e7cd02f8536" },
  { kind: "a key with base64 characters", prefix: "", body: "R7+kW2/pXz9Lm4+Vb8/Tq1Yc6Hn3Jd5==" },
].map(({ kind, prefix, body }) => ({ kind, prefix, key: prefix + body }));

/** Every form in which an endpoint, a proxy or a library echoes a key. All are ASCII, so that a header can carry them. */
export const forms: { readonly [name: string]: (key: string) => string } = {
  raw: (key) => key,
  "in the other letter case": (key) =>
    [...key].map((sign) => (sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase())).join(""),
  "URL-encoded": (key) => [...key].map((sign) => `%${hex(sign, 2)}`).join(""),
  base64: (key) => Buffer.from(`user:${key}`).toString("base64"),
  hex: (key) => Buffer.from(key).toString("hex").toUpperCase(),
  "as HTML entities": (key) => [...key].map((sign) => `&#${sign.charCodeAt(0)};`).join(""),
  "with every character escaped": (key) => [...key].map((sign) => `\\u${hex(sign, 4)}`).join(""),
  "masked with both ends": (key) => `${key.slice(0, 12)}[...]${key.slice(-6)}`,
};

function hex(sign: string, digits: number): string {
  return sign.charCodeAt(0).toString(16).padStart(digits, "0");
}

/** The first trace of a secret in a value: eight characters of the key after its prefix, in any form, or the ends that a mask shows. */
export function traceIn(value: unknown, { key, prefix }: Secret): string | undefined {
  const own = key.slice(prefix.length);
  const needles = new Set<string>();
  for (let at = 0; at + 8 <= own.length; at++) {
    const part = own.slice(at, at + 8);
    needles.add(part).add(Buffer.from(part).toString("hex"));
  }
  for (const offset of [0, 1, 2]) {
    const text = Buffer.from("x".repeat(offset) + key).toString("base64");
    for (let at = 4; at + 12 <= text.length - 4; at++) needles.add(text.slice(at, at + 12));
  }
  const wanted = [...needles].map((needle) => needle.toLowerCase());
  const ends = [`${key.slice(0, 12)}[...]`, `[...]${key.slice(-6)}`].map((end) => end.toLowerCase());
  for (const text of viewsOf(value).flatMap((view) => [view, decode(view), decode(decode(view))])) {
    const lower = text.toLowerCase();
    const found = [...wanted, ...ends].find((needle) => lower.includes(needle));
    if (found !== undefined) return `${found} in ${text.slice(0, 2000)}`;
  }
  return undefined;
}

/** Does not share code with core's scrubber, so that both cannot be wrong in the same way. */
function decode(text: string): string {
  return text
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d{1,5});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\+(["/])/g, "$1");
}

/** Every text that a program, a log or a person may see of a value. For an error, every view of it. */
function viewsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  const views = [
    inspect(value, { depth: 20, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null }),
    String(value),
    JSON.stringify(value) ?? "",
  ];
  try {
    views.push(inspect(structuredClone(value), { depth: 20, showHidden: true, maxStringLength: null }));
  } catch {
    // Functions cannot be cloned.
  }
  if (value instanceof Error) {
    views.push(value.message, value.stack ?? "", JSON.stringify(value, Object.getOwnPropertyNames(value)));
    if (value.cause !== undefined) views.push(...viewsOf(value.cause));
  }
  return views;
}
