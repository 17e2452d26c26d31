import type { Rule } from "../rule.ts";

/** Git's marks: begin, middle, end, and the common ancestor of the diff3 style. */
export const conflictMark: RegExp = /^(<{7}|>{7}|\|{7})( |$)|^={7}$/;

export const mergeConflict: Rule = {
  id: "merge-conflict",
  severity: "error",
  on: "text",
  why: "Git leaves these marks where two changes conflict. LibreChat cannot read the file and starts without it (measured with js-yaml 4, its parser); only the log reports it (https://github.com/danny-avila/LibreChat/issues/9561).",
  *check({ file }) {
    for (const [index, line] of file.lines.entries()) {
      if (!conflictMark.test(line)) continue;
      yield {
        at: { line: index + 1, column: 1 },
        message: `This is a mark of an unfinished merge: ${line.slice(0, 7)}.`,
        fix: "Keep one of the two sides and delete the three marks.",
      };
    }
  },
};
