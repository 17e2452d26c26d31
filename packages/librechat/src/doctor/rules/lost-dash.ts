import { pathText, valueAt } from "../../config/config-path.ts";
import { keysAt } from "../../schema/config-schema.ts";
import { shapeIssues } from "../../schema/shape-issues.ts";
import { asRecord } from "../as-record.ts";
import type { Rule } from "../rule.ts";

export const lostDash: Rule = {
  id: "lost-dash",
  severity: "error",
  why: "Without a dash before its first key, an entry of a list becomes part of the mapping around it: the keys of all entries are merged, and LibreChat does not start (measured with js-yaml 4 and librechat-data-provider 0.8.524).",
  *check({ file, config }) {
    for (const issue of shapeIssues(config)) {
      if (issue.kind !== "type" || !issue.expected.includes("list") || issue.received !== "mapping") continue;
      const keys = keysAt([...issue.path, 0]);
      const written = Object.keys(asRecord(valueAt(config, issue.path))).filter((key) => keys.includes(key));
      if (written.length < 2) continue;
      const first = keys.includes("name") ? "name" : keys.includes("group") ? "group" : written[0]!;
      const { line } = file.keyPosition(issue.path);
      const commented = file.lines.flatMap((text, index) =>
        index >= line && new RegExp(`^\\s*#\\s*- ${first}:`).test(text) ? [index + 1] : [],
      );
      yield {
        at: { key: issue.path },
        covers: issue.path,
        message: `The entries of \`${pathText(issue.path)}\` have lost the lines that begin them, such as \`- ${first}: …\`.`,
        fix:
          commented.length > 0
            ? `Remove the # before \`- ${first}: …\` on ${commented.length === 1 ? "line" : "lines"} ${commented.join(", ")}: a comment does not begin an entry.`
            : `Begin each entry with its own \`- ${first}: …\`, and put its other keys under it.`,
      };
    }
  },
};
