import { isMap, isNode, visit } from "yaml";
import { pathText, valueAt, type Path } from "../../config/config-path.ts";
import { isBetter, issuesInside, type Change } from "../../schema/try-change.ts";
import { shapeIssues, type ShapeIssue } from "../../schema/shape-issues.ts";
import { asRecord } from "../as-record.ts";
import { findHome } from "../find-home.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { goneKeys, suggestKey } from "../suggest-key.ts";

/** Keys of the top level that v0.8.8 brought. */
const newInNext = ["permissions", "langfuse", "filters", "openapi"];

type Unknown = Extract<ShapeIssue, { kind: "unknown" }>;

export const unknownKey: Rule = {
  id: "unknown-key",
  severity: "warning",
  why: "LibreChat ignores keys that it does not know inside an endpoint silently: `apikey` hides the endpoint (https://github.com/danny-avila/LibreChat/issues/4736), `baseUrl` too (https://github.com/danny-avila/LibreChat/issues/5386).",
  *check(subject) {
    const seen = new Set<number>();
    for (const issue of shapeIssues(subject.config)) {
      if (issue.kind !== "unknown") continue;
      if (issue.path[1] === "custom" && issue.path.length === 3 && goneKeys.has(issue.key)) continue;
      if (issue.path[0] === "interface" && issue.path[1] === "mcpServers") continue;
      // An anchor shows the same key in each place that uses it.
      const place = subject.file.keyRange([...issue.path, issue.key])?.[0];
      if (place !== undefined && seen.has(place)) continue;
      if (place !== undefined) seen.add(place);
      yield describe(subject, issue);
    }
    if (subject.target !== "0.8.7") return;
    for (const key of newInNext.filter((name) => Object.hasOwn(subject.config, name))) {
      yield {
        at: { key: [key] },
        severity: "error",
        message: `LibreChat v0.8.7 does not know \`${key}\` at the top level and does not start with it.`,
        fix: "Delete it, or update LibreChat to v0.8.8.",
        why: "The schema is strict at the top level, and that of v0.8.7 does not have this key yet (read in both).",
      };
    }
  },
};

function describe(subject: Subject, issue: Unknown): Finding {
  const { file, config } = subject;
  const path = [...issue.path, issue.key];
  const where = issue.path.length === 0 ? "the top level" : `\`${pathText(issue.path)}\``;
  const meant = meantKey(config, issue);
  const range = file.keyRange(path);
  const loss = meant ? lossOf(config, issue.path, meant.key) : undefined;
  return {
    at: { key: path },
    severity: issue.isFatal || loss ? "error" : "warning",
    message: `\`${issue.key}\` is not a key of ${where}: LibreChat ${issue.isFatal ? "does not start with it" : `ignores it${loss ?? ""}`}.`,
    fix: meant?.advice ?? sharedAdvice(subject, path) ?? findHome(config, issue.key, issue.path) ?? lastAdvice(issue),
    ...(issue.isFatal
      ? {
          why: "LibreChat's schema is strict here: an unknown key makes the server exit when it starts (https://github.com/danny-avila/LibreChat/pull/10733).",
        }
      : {}),
    ...(meant?.isWhole && range
      ? { blocks: true as const, edits: [{ start: range[0], end: range[1], text: meant.key }] }
      : {}),
  };
}

/** The correct name of a misspelt key; `isWhole`: correcting the name alone makes the file better. */
function meantKey(
  config: Subject["config"],
  issue: Unknown,
): { key: string; advice: string; isWhole: boolean } | undefined {
  const path = [...issue.path, issue.key];
  const written = Object.keys(asRecord(valueAt(config, issue.path)));
  const key = suggestKey(
    issue.key,
    issue.known.filter((one) => !written.includes(one)),
  );
  if (!key) return undefined;
  const place = [...issue.path, key];
  const renamed: Change[] = [
    [path, undefined],
    [place, valueAt(config, path)],
  ];
  if (isBetter(config, renamed)) return { key, advice: `Did you mean \`${key}\`?`, isWhole: true };
  const left = issuesInside(config, renamed, place).find(({ path: at }) => at.length === place.length);
  // The contents were not checked under the wrong name: their own mistakes are separate findings.
  const value = valueAt(config, path);
  if (left === undefined && typeof value === "object" && value !== null)
    return { key, advice: `Did you mean \`${key}\`?`, isWhole: true };
  if (left?.kind !== "type") return undefined;
  return { key, advice: `LibreChat's name is \`${key}\`, and it expects a ${left.expected} there.`, isWhole: false };
}

/** A key that exists only for its anchor: removing it would break the aliases. */
function sharedAdvice({ file }: Subject, path: Path): string | undefined {
  const node = file.nodeAt(path);
  const names: string[] = [];
  if (isNode(node))
    visit(node, {
      Node(_, inner) {
        if (inner.anchor) names.push(inner.anchor);
      },
    });
  const used = names.find((name) => {
    let isUsed = false;
    visit(file.document, {
      Alias(_, alias) {
        isUsed ||= alias.source === name;
      },
    });
    return isUsed;
  });
  if (used === undefined) return undefined;
  return `Write ${isMap(node) ? "the mapping" : "the value"} with its anchor &${used} instead of the first *${used}, then delete this key: LibreChat has no keys that are only for anchors.`;
}

function lastAdvice({ isFatal }: Unknown): string {
  return isFatal
    ? "Delete it, or look up its name in LibreChat's documentation."
    : "Look up its name in LibreChat's documentation, or delete it.";
}

/** The consequence of the missing correct key. */
function lossOf(config: Subject["config"], path: Path, key: string): string | undefined {
  const isEndpoint = path.length === 3 && path[1] === "custom";
  if (isEndpoint && ["name", "apiKey", "baseURL", "models"].includes(key)) return " and hides the endpoint";
  const isNeeded = shapeIssues(config).some(
    (issue) => issue.kind === "missing" && issue.key === key && issue.path.join("\0") === path.join("\0"),
  );
  return isNeeded ? ` and, missing \`${key}\`, does not start` : undefined;
}
