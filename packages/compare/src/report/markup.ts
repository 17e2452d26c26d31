/** A piece of a page. Only `markup` makes one, so whatever else reaches a page is text. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

/** A piece of a page: what is put in is escaped, unless it is a piece itself. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + write(parts[index - 1]) + string));
}

function write(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.toString();
  if (typeof part === "object") return part.map(write).join("");
  return visible(String(part)).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/**
 * The text with every character shown: control characters as their pictures (ESC as ␛), and those that change the direction of
 * what follows by name. It also runs in the page, so it refers to nothing outside itself.
 */
export function visible(text: string): string {
  const code = (char: string): number => char.charCodeAt(0);
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/(?![\n\t])\p{Cc}/gu, (char) => (code(char) < 32 ? String.fromCharCode(0x2400 + code(char)) : "␡"))
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, (char) => `⟨U+${code(char).toString(16).toUpperCase()}⟩`);
}

/** JSON for a script element: nothing in it can end the element, or hide in the page's source. */
export function scriptJson(value: unknown): Html {
  const hidden = /[<\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;
  const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return new Html(JSON.stringify(value).replaceAll(hidden, escape));
}
