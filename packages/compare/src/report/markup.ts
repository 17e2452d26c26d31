/** Markup that needs no escaping. Everything else that is put into a page is escaped as text. */
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

/** A template tag for markup. It escapes every part that is not `Html` itself. */
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
 * Makes invisible characters visible: control characters become their pictures (ESC becomes ␛), and characters that change the
 * text direction become their code points. The function also runs in the page, so it must not refer to anything outside itself.
 */
export function visible(text: string): string {
  const code = (char: string): number => char.charCodeAt(0);
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/(?![\n\t])\p{Cc}/gu, (char) => (code(char) < 32 ? String.fromCharCode(0x2400 + code(char)) : "␡"))
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, (char) => `⟨U+${code(char).toString(16).toUpperCase()}⟩`);
}

/** JSON for a script element. Characters that could end the element, or be invisible in the source, are escaped. */
export function scriptJson(value: unknown): Html {
  const hidden = /[<\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;
  const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return new Html(JSON.stringify(value).replaceAll(hidden, escape));
}
