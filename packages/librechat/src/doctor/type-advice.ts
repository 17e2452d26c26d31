import { isMap, parseDocument } from "yaml";
import { valueAt, pathText, type Path } from "../config/config-path.ts";
import type { ShapeIssue } from "../schema/shape-issues.ts";
import { keysAt } from "../schema/config-schema.ts";
import { isBetter, issuesInside } from "../schema/try-change.ts";
import { asRecord } from "./as-record.ts";

/** The advice, and the value that the file would then have. */
type Candidate = readonly [advice: string, value: unknown];

/** Advice for a value of the wrong type, and the resulting value: the first with which LibreChat's schema finds fewer mistakes. */
export function typeAdvice(
  config: { readonly [key: string]: unknown },
  { path, expected, received }: Extract<ShapeIssue, { kind: "type" }>,
): { fix: string; value?: unknown } | undefined {
  const value = valueAt(config, path);
  const key = String(path.at(-1));
  const candidates = [
    ...fromNothing(received),
    ...toList(value, key, path),
    ...toMapping(value, key, path),
    ...toScalar(value),
  ].filter(([, meant]) => kindOf(meant, expected) && isBetter(config, [[path, meant]]));
  const mistakes = candidates.map(([, meant]) => issuesInside(config, [[path, meant]], path).length);
  const best = candidates[mistakes.indexOf(Math.min(...mistakes))];
  if (best) return { fix: best[0], value: best[1] };
  return received === "nothing" ? { fix: "Give it a value." } : undefined;
}

function kindOf(value: unknown, expected: string): boolean {
  if (value === undefined) return true;
  const kind = Array.isArray(value) ? "list" : typeof value === "object" ? "mapping" : typeof value;
  return expected.includes(kind) || /"/.test(expected);
}

function fromNothing(received: string): Candidate[] {
  return received === "nothing" ? [["Give it a value, or delete the key.", undefined]] : [];
}

function toList(value: unknown, key: string, path: Path): Candidate[] {
  if (typeof value === "string") {
    const items = value.split(/\s*,\s*/).filter((item) => item !== "");
    const shown = `[${items
      .slice(0, 3)
      .map((item) => JSON.stringify(item))
      .join(", ")}${items.length > 3 ? ", …" : ""}]`;
    return [[`Write a list: ${key}: ${shown}.`, items]];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const record = asRecord(value);
  const inner = Object.entries(record);
  const texts = (list: unknown): list is string[] =>
    Array.isArray(list) && list.every((one) => typeof one === "string");
  const lists = inner.filter(([, one]) => texts(one));
  const named = inner.map(([name, one]) => ({ name, ...asRecord(one) }));
  return [
    ...lists.map(([name, list]): Candidate => [
      `\`${key}\` is a plain list here, without \`${name}\`: ${key}: [${(list as string[])
        .slice(0, 2)
        .map((one) => JSON.stringify(one))
        .join(", ")}${(list as string[]).length > 2 ? ", …" : ""}].`,
      list,
    ]),
    [`Begin the entry with a dash: \`${pathText(path)}\` is a list.`, [value]],
    [`Write a list in which each entry begins with \`- name: …\` instead of its name as a key.`, named],
    [`Write the names as a list: ${key}: [${Object.keys(record).slice(0, 2).join(", ")}].`, Object.keys(record)],
  ];
}

function toMapping(value: unknown, key: string, path: Path): Candidate[] {
  if (typeof value === "string") return fromOneWord(value);
  if (!Array.isArray(value)) return [];
  const records = value.map(asRecord);
  const byName = records.map(({ name, ...rest }): [string, object] => [String(name), rest]);
  return [
    ...keysAt(path).map((inner): Candidate => [
      `Put the list under \`${inner}:\`, a key of \`${key}\`.`,
      { [inner]: value },
    ]),
    ["Write each entry under its name as a key, without a dash.", Object.fromEntries(byName)],
    ["Write `key: value` lines, without dashes.", Object.assign({}, ...records)],
  ];
}

/** `key:value` is one word: YAML wants a space after the colon. */
function fromOneWord(text: string): Candidate[] {
  const document = parseDocument(text.replace(/^([\w.-]+):(?=\S)/, "$1: "), { logLevel: "silent" });
  if (document.errors.length > 0 || !isMap(document.contents)) return [];
  return [["Write a space after the colon.", document.toJS()]];
}

function toScalar(value: unknown): Candidate[] {
  if (typeof value === "number" || typeof value === "boolean") return [["Put the value in quotes.", String(value)]];
  if (Array.isArray(value) && value.length === 1) return [["Write only the value, without the list.", value[0]]];
  if (typeof value === "string") {
    const text = value.trim().toLowerCase();
    const switches: { readonly [text: string]: boolean } = {
      true: true,
      yes: true,
      on: true,
      false: false,
      no: false,
      off: false,
    };
    return [
      ...(Object.hasOwn(switches, text) ? [["Write true or false, without quotes.", switches[text]] as const] : []),
      ...(text !== "" && Number.isFinite(Number(text))
        ? [["Write the number without quotes.", Number(text)] as const]
        : []),
    ];
  }
  // `{NAME}` without quotes is a mapping for YAML.
  if (typeof value === "object" && value !== null && Object.values(value).every((one) => one === null))
    return [["Put a value that begins with { in quotes.", "{}"]];
  return [];
}
