import { knownParameters } from "@llm-provider/core/internal";

/** Bounds in an endpoint's words; an unstated end is undefined. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

const number = String.raw`(-?\d+(?:\.\d+)?)`;
const both: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:between|from|range(?: of)?|within)\s*[\[(]?\s*${number}\s*(?:and|to|[-–,]|\.\.)\s*${number}`,
    "i",
  ),
  new RegExp(String.raw`[\[(]\s*${number}\s*,\s*${number}\s*[\])]`),
  new RegExp(String.raw`${number}\s*(?:<=?|≤)\s*[\w.]+\s*(?:<=?|≤)\s*${number}`),
];
const least = new RegExp(
  String.raw`(?:at least|(?:>=|≥)|greater than or equal to|minimum(?: value)?(?: is| of|:)?|no less than|not be less than|expected a value >=)\s*${number}`,
  "i",
);
const most = new RegExp(
  String.raw`(?:at most|up to|(?:<=|≤)|less than or equal to|maximum(?: value)?(?: is| of|:)?|no more than|not exceed|not be greater than|expected a value <=)\s*${number}`,
  "i",
);
const only = new RegExp(
  String.raw`(?:must be|has to be|only)\s+(?:exactly\s+|equal to\s+)?${number}(?!\s*(?:to|and|or|-|–)\s*-?\d)(?!\.?\d)`,
  "i",
);

/** Reads the bounds in words such as "between 0 and 2" or "expected a value >= 16, but got 1". */
export function readBounds(words: string): Bounds | undefined {
  for (const pattern of both) {
    const found = pattern.exec(words);
    const [min, max] = [Number(found?.[1]), Number(found?.[2])];
    if (found && min <= max) return { min, max };
  }
  const min = least.exec(words)?.[1];
  const max = most.exec(words)?.[1];
  if (min !== undefined || max !== undefined)
    return { ...(min !== undefined && { min: Number(min) }), ...(max !== undefined && { max: Number(max) }) };
  const exact = only.exec(words)?.[1];
  return exact === undefined ? undefined : { min: Number(exact), max: Number(exact) };
}

/** Does a refusal say that the token limit is too small, instead of blaming the parameter? */
export function speaksOfLimit(words: string): boolean {
  return /minimum|at least|too (?:small|low|few)|greater than|>=|≥|below|was reached|could not finish|increase/i.test(
    words,
  );
}

/** The values that words list as allowed: "must be one of 'low', 'high'". */
export function readValues(words: string): string[] {
  const list =
    /(?:one of|supported values(?: are)?|allowed values(?: are)?|valid values(?: are)?|valid options(?: are)?|expected(?: one of)?|should be|must be|choose from|options are)[:\s]*((?:[[(]?\s*["'`“‘]?[\w.-]+["'`”’]?\s*(?:,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+|\|)\s*)+["'`“‘]?[\w.-]+["'`”’]?)/i.exec(
      words,
    )?.[1];
  if (list === undefined) return [];
  return list
    .split(/,|\||\s+or\s+|\s+and\s+/)
    .map((part) => part.replaceAll(/^[\s[("'`“‘]+|[\s\])"'`”’.]+$/g, "").replace(/^(?:or|and)\s+["'`]?/, ""))
    .filter((part) => /^[\w.-]+$/.test(part));
}

const instead: readonly RegExp[] = [
  /\b(?:[Uu]se|[Tt]ry|[Ss]end|[Ss]et|[Pp]ass|[Ss]pecify)\s+(?:the\s+)?(?:parameter\s+|field\s+|name\s+)?["'`“‘]?([a-z][a-z0-9_]*)["'`”’]?(?:\s+(?:parameter|field))?[^.;]{0,20}\binstead\b/,
  /\b[Ii]nstead\b[^.;]{0,10}\buse\s+(?:the\s+)?["'`“‘]?([a-z][a-z0-9_]*)/,
  /\b(?:renamed to|replaced (?:by|with)|in favou?r of|superseded by|is now called|now called)\s+(?:the\s+)?["'`“‘]?([a-z][a-z0-9_]*)/,
];

/** The name that words recommend instead of a field: "Use 'max_completion_tokens' instead." */
export function readInstead(words: string): string | undefined {
  for (const pattern of instead) {
    const name = pattern.exec(words)?.[1];
    // "Use another model instead" names no field.
    if (name !== undefined && (name.includes("_") || knownParameters.includes(name))) return name;
  }
  return undefined;
}
