import { targets } from "../../target.ts";
import type { Rule } from "../rule.ts";

export const version: Rule = {
  id: "version",
  severity: "error",
  why: "LibreChat's schema asks for `version` as text and exits otherwise; YAML reads 1.2 as a number, but 1.2.8 as text. A version that is older or newer than the server's is only logged (read in librechat-data-provider 0.8.524).",
  *check({ file, config, target }) {
    const { configVersion } = targets[target];
    const { version: value } = config;
    const range = value === null ? undefined : file.nodeAt(["version"])?.range;
    if (value === undefined) {
      yield {
        at: { key: [] },
        message: "The `version` is missing, and LibreChat needs it.",
        fix: `Add \`version: ${configVersion}\` at the top.`,
        edits: [{ start: 0, end: 0, text: `version: ${configVersion}${file.text.includes("\r\n") ? "\r\n" : "\n"}` }],
      };
    } else if (typeof value !== "string") {
      yield {
        at: { value: ["version"] },
        message: `\`version\` is ${value === null ? "empty" : "a number"}; LibreChat expects text.`,
        fix: `Write all three parts, e.g. ${configVersion}.`,
        ...(range && { edits: [{ start: range[0], end: range[1], text: configVersion }] }),
      };
    } else if (/^v?0\.\d/.test(value)) {
      yield {
        at: { value: ["version"] },
        severity: "warning",
        message: "This is LibreChat's own version; the configuration file has a separate version.",
        fix: `Write ${configVersion} for LibreChat v${target}.`,
      };
    }
  },
};
