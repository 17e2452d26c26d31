import { randomBytes } from "node:crypto";
import { stripVTControlCharacters, styleText } from "node:util";

/**
 * Begins each of our own terminal sequences instead of ESC. It is random for each process, so text from elsewhere cannot
 * contain it, and `printable` knows which sequences to keep.
 */
export const ownEscape: string = `\u001B${randomBytes(6).toString("hex")}`;

/**
 * The text that may reach a terminal: our own colours stay; every other control character is removed, and with it the sequences
 * that clear the screen, write to the clipboard, or hide text. Line feeds, tabs and Windows line ends stay.
 */
export function printable(text: string): string {
  return text.split(ownEscape).map(withoutControls).join("\u001B");
}

/** The text as a person sees it, to measure its width. */
export function visible(text: string): string {
  return withoutControls(printable(text));
}

function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/(?!\r\n|\n|\t)\p{Cc}/gu, "");
}

/** JSON in which every control character is escaped, so that none is lost on its way to a terminal. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text.replaceAll(/(?!\n)\p{Cc}/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export type Paint = (text: string) => string;

/** Colours, on a terminal only. */
export function paint({ isTerminal }: { readonly isTerminal: boolean }): {
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  cyan: Paint;
} {
  const style = (format: Parameters<typeof styleText>[0]): Paint => {
    const codes = styleText(format, "|", { validateStream: false }).replaceAll("\u001B", ownEscape).split("|");
    return (text) => (isTerminal && text !== "" ? codes.join(text) : text);
  };
  return {
    bold: style("bold"),
    dim: style("dim"),
    red: style("red"),
    green: style("green"),
    yellow: style("yellow"),
    cyan: style("cyan"),
  };
}

/** The text in lines of at most `width` characters; a longer word gets its own line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
