import { isMap } from "yaml";
import { typeName } from "../../schema/shape-issues.ts";
import { wrongFile } from "../../config/wrong-file.ts";
import type { Rule } from "../rule.ts";

export const fileShape: Rule = {
  id: "file-shape",
  severity: "error",
  on: "text",
  why: 'LibreChat reads one mapping of keys; anything else is "Custom config file missing or YAML format invalid" in its log, and it starts without the file.',
  *check({ file }) {
    const { document, text, value } = file;
    const at = { line: 1, column: 1 };
    const other = wrongFile(value, text);
    if (other) {
      yield {
        at,
        message: `This is ${other.is}, not a librechat.yaml.`,
        fix: other.advice,
        why: "LibreChat reads its own keys only (`version`, `endpoints`, `mcpServers` …) and does not start with another program's keys.",
      };
      return;
    }
    // Invalid YAML has no value either, but another rule reports it.
    if (isMap(document.contents) || document.errors.length > 0 || text.includes("\0")) return;
    yield {
      at,
      message:
        value === null || value === undefined
          ? "The file has no keys."
          : `The file is a ${typeName(value)}, not a mapping of keys.`,
      fix: "Begin with `version:`; `llm-provider librechat add groq` writes a valid file.",
    };
  },
};
