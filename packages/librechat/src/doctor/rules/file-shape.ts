import { isMap } from "yaml";
import { typeName } from "../../schema/shape-issues.ts";
import type { Rule } from "../rule.ts";

export const fileShape: Rule = {
  id: "file-shape",
  severity: "error",
  on: "text",
  why: 'LibreChat reads one mapping of keys; anything else is "Custom config file missing or YAML format invalid" in its log, and it starts without the file.',
  *check({ file }) {
    // A text that is no YAML has no value either, and its own rule.
    if (isMap(file.document.contents) || file.document.errors.length > 0 || file.text.includes("\0")) return;
    yield {
      at: { line: 1, column: 1 },
      message:
        file.value === null || file.value === undefined
          ? "The file holds no key."
          : `The file is a ${typeName(file.value)}, not a mapping of keys.`,
      fix: "Begin with `version:`; `llm-provider librechat add groq` writes a valid file.",
    };
  },
};
