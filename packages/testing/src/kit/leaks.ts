import { inspect } from "node:util";

/** Below this length a part of a key is a word like any other. */
const shortest = 8;

/** The places of a value in which a form of the key, or a part of it, can be read. */
export function leaks(value: unknown, key: string): string[] {
  const texts: [place: string, text: string][] = [
    ["inspect", inspect(value, { depth: 12, showHidden: true, maxStringLength: null })],
    ["JSON", safely(() => JSON.stringify(value))],
    ["text", safely(() => String(value))],
  ];
  for (let error = value, depth = 0; error instanceof Error && depth < 6; error = error.cause, depth++) {
    const where = depth === 0 ? "" : `cause ${depth} `;
    texts.push([`${where}message`, error.message], [`${where}stack`, error.stack ?? ""]);
  }
  const forms = formsOf(key);
  return texts.filter(([, text]) => forms.some((form) => text.includes(form))).map(([place]) => place);
}

function formsOf(key: string): string[] {
  const parts = Array.from({ length: key.length - shortest + 1 }, (_, index) => key.slice(index, index + shortest));
  const encoded = [0, 1, 2].map((offset) => {
    const text = Buffer.from("x".repeat(offset) + key).toString("base64");
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + key.length) * 8) / 6));
  });
  return [...parts, encodeURIComponent(key), ...encoded];
}

function safely(print: () => string | undefined): string {
  try {
    return print() ?? "";
  } catch {
    return "";
  }
}
