import { readPath } from "@llm-provider/core/internal";

/** The text or number at a path, as text; undefined if there is neither. */
export function readText(value: unknown, path: string): string | undefined {
  const found = readPath(value, path);
  if (typeof found === "number") return String(found);
  return typeof found === "string" && found.trim() !== "" ? found : undefined;
}

/** The number at a path, which may be written as text. */
export function readNumber(value: unknown, path: string): number | undefined {
  const found = readPath(value, path);
  if (typeof found !== "number" && typeof found !== "string") return undefined;
  const number = typeof found === "number" ? found : Number(found.replaceAll(",", "") || Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}

/** The objects in the list at a path; an empty array if there is no list. */
export function readObjects(value: unknown, path: string): object[] {
  const found = readPath(value, path);
  return Array.isArray(found) ? found.filter((one) => typeof one === "object" && one !== null) : [];
}

/** The URL at a path. Engines return some as a path on their own site. */
export function readLink(value: unknown, path: string): string | undefined {
  const text = readText(value, path)?.trim();
  if (text === undefined) return undefined;
  const link = text.startsWith("/") && !text.startsWith("//") ? `https://www.google.com${text}` : text;
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return undefined;
  // Characters that would end a URL in a text are escaped.
  return /[\s<>]/.test(link) ? new URL(link).href.replaceAll("<", "%3C").replaceAll(">", "%3E") : link;
}

/** Removes the undefined fields. */
export function known<T extends object>(value: { [field in keyof T]: T[field] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
