import { closestName } from "@llm-provider/core/internal";
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
  why: "LibreChat checks the file against its schema when it starts and exits when it does not match, or drops all of it with CONFIG_BYPASS_VALIDATION (https://github.com/danny-avila/LibreChat/pull/10733).",
  *check({ config }) {
    for (const issue of shapeIssues(config)) {
      if (issue.kind === "unknown" || hasOwnRule(issue)) continue;
      if (issue.kind === "missing" && isMisspelt(asRecord(valueAt(config, issue.path)), issue.key)) continue;
      yield describe(issue, config);
    }
  },
};

/** Places for which a rule of their own says more. */
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
          : `${path} is none of the values that LibreChat knows.`,
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
        ...optionalFix(typeAdvice(config, issue)),
        ...(issue.received === "nothing"
          ? {
              why: "An empty key is no absent key: LibreChat refuses the file (https://github.com/danny-avila/LibreChat/issues/2436).",
            }
          : {}),
      };
  }
}

function optionalFix(fix: string | undefined): { fix?: string } {
  return fix === undefined ? {} : { fix };
}

function choiceText(choices: readonly unknown[]): string {
  const texts = choices.map((choice) => (typeof choice === "string" ? choice : JSON.stringify(choice)));
  return texts.length === 1 ? texts[0]! : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
