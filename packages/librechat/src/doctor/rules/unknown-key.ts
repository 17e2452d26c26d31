import { knownParameters } from "@llm-provider/core/internal";
import { pathText, valueAt, type Path } from "../../config/config-path.ts";
import { keysAt } from "../../schema/config-schema.ts";
import { asRecord } from "../as-record.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { shapeIssues } from "../../schema/shape-issues.ts";
import { suggestKey } from "../suggest-key.ts";
import { goneKeys } from "./gone-key.ts";

/** Keys of the top level that v0.8.8 brought. */
const newInNext = ["permissions", "langfuse", "filters", "openapi"];

export const unknownKey: Rule = {
  id: "unknown-key",
  severity: "warning",
  why: "LibreChat ignores keys that it does not know inside an endpoint, without a word: `apikey` hides the endpoint (https://github.com/danny-avila/LibreChat/issues/4736), `baseUrl` too (https://github.com/danny-avila/LibreChat/issues/5386).",
  *check(subject) {
    for (const issue of shapeIssues(subject.config)) {
      if (issue.kind !== "unknown") continue;
      if (issue.path[1] === "custom" && issue.path.length === 3 && goneKeys.has(issue.key)) continue;
      if (issue.path[0] === "interface" && issue.path[1] === "mcpServers") continue;
      yield describe(subject, issue);
    }
    if (subject.target !== "0.8.7") return;
    for (const key of newInNext.filter((name) => Object.hasOwn(subject.config, name))) {
      yield {
        at: { key: [key] },
        severity: "error",
        message: `\`${key}\` is no key of the top level for LibreChat v0.8.7, which does not start with it.`,
        fix: "Delete it, or update LibreChat to v0.8.8.",
        why: "The schema is strict at the top level, and that of v0.8.7 does not have this key yet (read in both).",
      };
    }
  },
};

function describe(
  subject: Subject,
  issue: { path: Path; key: string; known: readonly string[]; isFatal: boolean },
): Finding {
  const { file } = subject;
  const path = [...issue.path, issue.key];
  const where = issue.path.length === 0 ? "the top level" : `\`${pathText(issue.path)}\``;
  const written = Object.keys(asRecord(valueAt(subject.config, issue.path)));
  const suggestion = suggestKey(
    issue.key,
    issue.known.filter((key) => !written.includes(key)),
  );
  const home = suggestion ? undefined : findHome(issue.key, issue.path);
  const range = file.keyRange(path);
  const loss = suggestion ? lossOf(subject, issue.path, suggestion) : undefined;
  return {
    at: { key: path },
    severity: issue.isFatal || loss ? "error" : "warning",
    message: `\`${issue.key}\` is no key of ${where}: LibreChat ${issue.isFatal ? "does not start with it" : `ignores it${loss ?? ""}`}.`,
    fix: suggestion
      ? `Did you mean \`${suggestion}\`?`
      : (home ?? "Delete it, or look up its name in LibreChat's documentation."),
    ...(issue.isFatal
      ? {
          why: "LibreChat's schema is strict here: an unknown key makes the server exit when it starts (https://github.com/danny-avila/LibreChat/pull/10733).",
        }
      : {}),
    ...(suggestion && range ? { edits: [{ start: range[0], end: range[1], text: suggestion }] } : {}),
  };
}

/** What the key that was meant is missed for. */
function lossOf(subject: Subject, path: Path, key: string): string | undefined {
  const isEndpoint = path.length === 3 && path[1] === "custom";
  if (isEndpoint && ["name", "apiKey", "baseURL", "models"].includes(key)) return " and hides the endpoint";
  const isNeeded = shapeIssues(subject.config).some(
    (issue) => issue.kind === "missing" && issue.key === key && issue.path.join("\0") === path.join("\0"),
  );
  return isNeeded ? ` and, missing \`${key}\`, does not start` : undefined;
}

/** The level at which LibreChat knows a key that stands at another. */
function findHome(key: string, path: Path): string | undefined {
  const inEndpoint = path[1] === "custom" && path.length >= 3;
  const endpoint: Path = ["endpoints", "custom", 0];
  const candidates: (readonly [place: string, path: Path])[] = [
    ...(inEndpoint
      ? ([
          ["the endpoint itself", endpoint],
          ["the endpoint's `models`", [...endpoint, "models"]],
          ["the endpoint's `customParams`", [...endpoint, "customParams"]],
        ] as const)
      : []),
    ["the top level of the file", []],
    ["`endpoints`", ["endpoints"]],
    ...(inEndpoint ? [] : ([["an item of `endpoints.custom`", endpoint]] as const)),
    ...(path[0] === "mcpServers" ? ([["a server of `mcpServers`", ["mcpServers", "server"]]] as const) : []),
    ["`interface`", ["interface"]],
    ["`mcpSettings`", ["mcpSettings"]],
  ];
  if (path.length === 1 && path[0] === "endpoints") {
    return "An endpoint of your own is an item of the list `endpoints.custom`, with a `name`.";
  }
  if (path.length === 2 && path[0] === "mcpServers" && keysAt(path).includes(key)) {
    return `\`${key}\` belongs to another kind of MCP server: check \`type\`, or delete the key.`;
  }
  if (inEndpoint && path.length === 3 && knownParameters.includes(key)) {
    return `\`${key}\` is a parameter of the request: put it into \`addParams\`.`;
  }
  const found = candidates.find(([, place]) => keysAt(place).includes(key));
  return found ? `\`${key}\` belongs to ${found[0]}: check the indentation.` : undefined;
}
