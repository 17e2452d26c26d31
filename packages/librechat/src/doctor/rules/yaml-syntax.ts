import { isAlias, visit, type YAMLError } from "yaml";
import type { Finding, Rule } from "../rule.ts";
import { explainSyntax } from "../explain-syntax.ts";
import { conflictMark } from "./merge-conflict.ts";

export const yamlSyntax: Rule = {
  id: "yaml-syntax",
  severity: "error",
  on: "text",
  why: "LibreChat only logs that the file cannot be read, and starts without any custom endpoint (https://github.com/danny-avila/LibreChat/issues/4939).",
  *check({ file }) {
    const { document } = file;
    // Other rules report these.
    if (file.lines.some((line) => conflictMark.test(line) || line.includes("\0"))) return;
    const [error] = document.errors.filter((one) => !isHarmless(one));
    if (error) {
      // The first error is the cause; most later ones follow from it.
      yield explainSyntax(file, error);
      return;
    }
    const found: Finding[] = [];
    visit(document, {
      Alias(_, node) {
        if (!isAlias(node) || node.resolve(document)) return;
        const position = file.positionOf(node.range?.[0] ?? 0);
        found.push({
          at: position,
          message: `*${node.source} is read as an alias, but there is no anchor of that name.`,
          fix: `Put the text in quotes: "*${node.source}".`,
        });
      },
    });
    yield* found;
  },
};

/** LibreChat's parser takes `'text'#comment`; ours does not. */
function isHarmless(error: YAMLError): boolean {
  return error.message.startsWith("Comments must be separated");
}
