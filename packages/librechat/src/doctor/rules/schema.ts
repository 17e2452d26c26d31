import { closestName } from "@llm-provider/core/internal";
import { isScalar } from "yaml";
import type { ConfigFile } from "../config-file.ts";
import { asRecord } from "../as-record.ts";
import { pathText, valueAt } from "../../config/config-path.ts";
import { typeAdvice } from "../type-advice.ts";
import { isMisspelt } from "../suggest-key.ts";
import { shapeIssues, type ShapeIssue } from "../../schema/shape-issues.ts";
import { isBetter } from "../../schema/try-change.ts";
import type { Finding, Rule } from "../rule.ts";

export const schema: Rule = {
  id: "schema",
  severity: "error",
  why: "LibreChat checks the file against its schema at start and exits if it does not match, or drops the whole file with CONFIG_BYPASS_VALIDATION (https://github.com/danny-avila/LibreChat/pull/10733).",
  *check({ file, config }) {
    for (const issue of shapeIssues(config)) {
      if (issue.kind === "unknown" || hasOwnRule(issue)) continue;
      if (issue.kind === "missing" && isMisspelt(asRecord(valueAt(config, issue.path)), issue.key)) continue;
      yield describe(issue, config, file);
    }
  },
};

/** Places with their own, more exact rules. */
function hasOwnRule({ path, kind, ...issue }: Exclude<ShapeIssue, { kind: "unknown" }>): boolean {
  if (path[0] === "version" || (kind === "missing" && path.length === 0 && "key" in issue && issue.key === "version"))
    return true;
  return (
    path[0] === "mcpServers" && ((path.length === 2 && kind === "missing") || (path.length === 3 && path[2] === "type"))
  );
}

function describe(
  issue: Exclude<ShapeIssue, { kind: "unknown" }>,
  config: { readonly [key: string]: unknown },
  file: ConfigFile,
): Finding {
  const path = `\`${pathText(issue.path) || "the file"}\``;
  switch (issue.kind) {
    case "missing":
      return {
        at: { key: issue.path },
        message: `${path} has no \`${issue.key}\`, which LibreChat needs.`,
        fix: `Add \`${issue.key}\` (${issue.expected}).`,
      };
    case "choice": {
      const near =
        typeof issue.received === "string"
          ? closestName(
              issue.received,
              issue.choices.map((choice) => String(choice)),
            )
          : undefined;
      const isVariable = typeof issue.received === "string" && /\$\{/.test(issue.received);
      return {
        at: { value: issue.path },
        message: isVariable
          ? `${path} is a variable, which LibreChat does not expand here.`
          : `${path} is not one of the values that LibreChat knows.`,
        fix:
          near && isBetter(config, [[issue.path, near]])
            ? `Did you mean ${near}?`
            : `Write ${choiceText(issue.choices)}.`,
        ...(isVariable
          ? {
              why: "Variables are expanded only where a secret or a URL belongs (https://github.com/danny-avila/LibreChat/issues/9561).",
            }
          : {}),
      };
    }
    case "bound":
      return { at: { value: issue.path }, message: `${path} is out of bounds: ${issue.bound}.` };
    case "type":
      return {
        at: issue.received === "nothing" ? { key: issue.path } : { value: issue.path },
        message:
          issue.received === "nothing"
            ? `${path} is empty; LibreChat expects a ${issue.expected} there.`
            : `${path} is a ${issue.received}; LibreChat expects a ${issue.expected}.`,
        ...adviceOn(issue, config, file),
        ...(issue.received === "nothing"
          ? {
              why: "An empty key is not an absent key: LibreChat refuses the file (https://github.com/danny-avila/LibreChat/issues/2436).",
            }
          : {}),
      };
  }
}

/** The advice, and its splice if one value replaces another on one line. */
function adviceOn(
  issue: Extract<ShapeIssue, { kind: "type" }>,
  config: { readonly [key: string]: unknown },
  file: ConfigFile,
): Pick<Finding, "fix" | "edits"> {
  const advice = typeAdvice(config, issue);
  if (advice === undefined) return {};
  const { fix, value } = advice;
  const node = file.nodeAt(issue.path);
  const isPlain = [value].flat().every((one) => ["string", "number", "boolean"].includes(typeof one));
  if (!isPlain || !isScalar(node) || node.value === null || !node.range || node.anchor) return { fix };
  const [start, end] = node.range;
  if (file.text.slice(start, end).includes("\n")) return { fix };
  const text = Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(", ")}]` : JSON.stringify(value);
  return { fix, edits: [{ start, end, text }] };
}

function choiceText(choices: readonly unknown[]): string {
  const texts = choices.map((choice) => (typeof choice === "string" ? choice : JSON.stringify(choice)));
  return texts.length === 1 ? texts[0]! : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
