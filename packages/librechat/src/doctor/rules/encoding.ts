import type { Rule } from "../rule.ts";

export const encoding: Rule = {
  id: "encoding",
  severity: "error",
  on: "text",
  why: "LibreChat reads the file as UTF-8; YAML takes no NUL, and letters in another encoding become replacement characters (measured with js-yaml 4, LibreChat's parser).",
  *check({ file }) {
    for (const [index, line] of file.lines.entries()) {
      const nul = line.indexOf("\0");
      if (nul >= 0) {
        yield {
          at: { line: index + 1, column: nul + 1 },
          message: "The file is not UTF-8: it contains a NUL, as UTF-16 does.",
          fix: "Save it as UTF-8. In Windows Notepad: Save as, Encoding, UTF-8.",
        };
        return;
      }
      const lost = line.indexOf("\uFFFD");
      if (lost >= 0) {
        yield {
          at: { line: index + 1, column: lost + 1 },
          severity: "warning",
          message: "A letter here is not UTF-8, and LibreChat reads a replacement character (\uFFFD) instead.",
          fix: "Save the file as UTF-8 and write the letter again.",
        };
        return;
      }
    }
  },
};
