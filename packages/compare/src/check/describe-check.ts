import type { Check } from "../suite/suite.ts";

/** A check in words, such as `contains "rivers"`. */
export function describeCheck(check: Check): string {
  return `${check.isNot ? "not: " : ""}${words(check)}`;
}

function words(check: Check): string {
  switch (check.kind) {
    case "equals":
    case "contains":
      return `${check.kind} ${JSON.stringify(cut(check.text))}`;
    case "regex":
      return `matches /${cut(check.pattern)}/${check.flags}`;
    case "json":
      return check.schema ? "is JSON that matches the schema" : "is JSON";
    case "javascript":
      return check.file === undefined ? "its JavaScript passes the tests" : `its JavaScript passes ${check.file}`;
    case "toolCall": {
      const given = check.arguments ? ` with ${cut(JSON.stringify(check.arguments))}` : "";
      return `calls ${check.name}${given}`;
    }
    case "cost":
      return `costs at most $${check.most}`;
    case "latency":
      return `finishes within ${check.most / 1000} s`;
    case "words":
      return check.most === undefined
        ? `has at least ${check.least} words`
        : `has ${check.least} to ${check.most} words`;
    case "refusal":
      return "is a refusal";
  }
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
