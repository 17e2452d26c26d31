import type { Rule } from "../rule.ts";

const names: { readonly [sign: string]: string } = {
  "\u00a0": "a no-break space",
  "\u2003": "an em space",
  "\u3000": "an ideographic space",
  "\u200b": "a zero-width space",
  "\ufeff": "a byte order mark",
  "\uff1a": "a full-width colon",
};

export const oddBlanks: Rule = {
  id: "odd-blanks",
  severity: "error",
  on: "text",
  why: "Text copied from a web page or a chat contains characters that look like a space or a colon but are not for YAML: a key after a no-break space is another key (measured with js-yaml 4, LibreChat's parser).",
  *check({ file }) {
    for (const [index, line] of file.lines.entries()) {
      // Before the value of a line: there, such a character changes the meaning of the line.
      const lead =
        /^[\s\u200b\ufeff]*(?:- *)?[\w$.-]*[\u200b\u00a0\uff1a]?[\u200b\u00a0\s]*:?/.exec(
          line.replace(/#.*$/, ""),
        )?.[0] ?? "";
      const column = [...lead].findIndex((sign) => sign in names);
      if (column < 0) continue;
      yield {
        at: { line: index + 1, column: column + 1 },
        message: `There is ${names[[...lead][column]!]} where YAML needs an ordinary ${lead[column] === "\uff1a" ? "colon" : "space or nothing"}.`,
        fix: "Delete it and type the character on the keyboard.",
      };
    }
  },
};
