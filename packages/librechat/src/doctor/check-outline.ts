import { keysOf, type Outline } from "./outline.ts";

export type Path = readonly (string | number)[];

/** One place where a value is not as LibreChat's schema asks. */
export type ShapeIssue =
  | { kind: "type"; path: Path; expected: string; received: string }
  | { kind: "missing"; path: Path; key: string; expected: string }
  | { kind: "choice"; path: Path; choices: readonly unknown[]; received: unknown }
  | { kind: "bound"; path: Path; bound: string; received: unknown }
  | { kind: "unknown"; path: Path; key: string; known: readonly string[]; isFatal: boolean };

/** Compares a value, as YAML gives it, with an outline. */
export function checkOutline(value: unknown, outline: Outline, path: Path = []): ShapeIssue[] {
  if (typeof outline === "string") return checkLeaf(value, outline, path);
  if (Array.isArray(outline)) return checkList(value, outline, path);
  const shape = outline as { readonly [key: string]: Outline };
  const choices = (outline as { "="?: readonly unknown[] })["="];
  if (choices) return choices.includes(value) ? [] : [{ kind: "choice", path, choices, received: value }];
  if (shape["|"]) return checkUnion(value, shape["|"] as readonly Outline[], path);
  return checkMapping(value, shape, path);
}

/** Issues that LibreChat stops at; the others it ignores. */
export function isFatalIssue(issue: ShapeIssue): boolean {
  return issue.kind !== "unknown" || issue.isFatal;
}

function checkLeaf(value: unknown, outline: string, path: Path): ShapeIssue[] {
  const [type, ...bounds] = splitLeaf(outline);
  if (type === "any") return [];
  const expected = type === "integer" ? "number" : type!;
  if (typeName(value) !== expected) return [{ kind: "type", path, expected, received: typeName(value) }];
  const failed = bounds.find((bound) => !isWithin(value, bound));
  if (failed) return [{ kind: "bound", path, bound: failed, received: value }];
  if (type === "integer" && !Number.isInteger(value))
    return [{ kind: "bound", path, bound: "integer", received: value }];
  return [];
}

/** A pattern may hold blanks, so it stands last and is not split. */
function splitLeaf(outline: string): string[] {
  const pattern = outline.indexOf(" /");
  return pattern < 0 ? outline.split(" ") : [...outline.slice(0, pattern).split(" "), outline.slice(pattern + 1)];
}

function isWithin(value: unknown, bound: string): boolean {
  if (bound === "nonempty") return value !== "";
  if (bound === "url") return String(value).includes("${") || URL.canParse(String(value));
  if (bound.startsWith("/")) {
    const end = bound.lastIndexOf("/");
    return new RegExp(bound.slice(1, end), bound.slice(end + 1)).test(String(value));
  }
  const [, sign, limit] = /^(>=|<=|>|<)(.+)$/.exec(bound) ?? [];
  if (!sign) return true;
  const [number, edge] = [Number(value), Number(limit)];
  return sign === ">=" ? number >= edge : sign === "<=" ? number <= edge : sign === ">" ? number > edge : number < edge;
}

function checkList(value: unknown, [item, ...bounds]: readonly Outline[], path: Path): ShapeIssue[] {
  if (!Array.isArray(value)) return [{ kind: "type", path, expected: "list", received: typeName(value) }];
  for (const bound of bounds as string[]) {
    const [side, limit] = bound.split(" ");
    if (side === "min" ? value.length < Number(limit) : value.length > Number(limit)) {
      return [{ kind: "bound", path, bound, received: value.length }];
    }
  }
  return value.flatMap((one, index) => checkOutline(one, item!, [...path, index]));
}

function checkMapping(value: unknown, shape: { readonly [key: string]: Outline }, path: Path): ShapeIssue[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ kind: "type", path, expected: "mapping", received: typeName(value) }];
  }
  const issues: ShapeIssue[] = [];
  const mode = shape["!"];
  const known = keysOf(shape);
  for (const [key, inner] of Object.entries(value)) {
    const outline = shape[key] ?? shape[`${key}?`] ?? shape["*"];
    if (key !== "!" && outline !== undefined) {
      // LibreChat treats an optional key without a value like one of the wrong type.
      issues.push(...checkOutline(inner, outline, [...path, key]));
    } else if (mode !== "open") {
      issues.push({ kind: "unknown", path, key, known, isFatal: mode === "strict" });
    }
  }
  for (const [key, outline] of Object.entries(shape)) {
    if (key === "!" || key === "*" || key.endsWith("?") || Object.hasOwn(value, key)) continue;
    issues.push({ kind: "missing", path, key, expected: describe(outline) });
  }
  return issues;
}

/** The issues of the alternative that comes closest: of the right kind, with the fewest that are fatal. */
function checkUnion(value: unknown, branches: readonly Outline[], path: Path): ShapeIssue[] {
  const results = branches.map((branch) => checkOutline(value, branch, path));
  if (results.some((issues) => issues.length === 0)) return [];
  const isHere = (issue: ShapeIssue): boolean => issue.kind === "type" && issue.path.length === path.length;
  const sameKind = results.filter((issues) => !issues.some(isHere));
  if (sameKind.length === 0) {
    const choices = results.flat().find((issue) => issue.kind === "choice" && issue.path.length === path.length);
    if (choices) return [choices];
    const expected = [
      ...new Set(results.flat().flatMap((issue) => (isHere(issue) ? [(issue as { expected: string }).expected] : []))),
    ];
    return [{ kind: "type", path, expected: expected.join(" or "), received: typeName(value) }];
  }
  const weight = (issues: ShapeIssue[]): number => issues.filter(isFatalIssue).length * 100 + issues.length;
  return sameKind.reduce((best, issues) => (weight(issues) < weight(best) ? issues : best));
}

function describe(outline: Outline): string {
  if (typeof outline === "string") return outline.split(" ")[0]!;
  if (Array.isArray(outline)) return "list";
  const choices = (outline as { "="?: readonly unknown[] })["="];
  return choices ? choices.map((choice) => JSON.stringify(choice)).join(" or ") : "mapping";
}

/** The type of a value in YAML's words. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "list";
  return typeof value === "object" ? (value instanceof Date ? "date" : "mapping") : typeof value;
}
