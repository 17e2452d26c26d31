import type { Origin } from "./cassette.ts";
import { isObject } from "../read-json.ts";

const origins = { live: true, documented: true, local: true, twin: true } satisfies Record<Origin, true>;

type Test = readonly [field: string, expected: string, isGood: (value: unknown) => boolean];

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isDay = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));
const isOrigin = (value: unknown): boolean => isText(value) && URL.canParse(value) && /^https?:/.test(value);
const orAbsent =
  (isGood: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || isGood(value);

const ofCassette: readonly Test[] = [
  ["format", "1", (value) => value === 1],
  ["scenario", "the name of the scenario", isText],
  ["interactions", "a list with at least one request", (value) => Array.isArray(value) && value.length > 0],
  ["meta", "an object", isObject],
];
const ofMeta: readonly Test[] = [
  ["origin", `one of ${Object.keys(origins).join(", ")}`, (value) => isText(value) && Object.hasOwn(origins, value)],
  ["recordedAt", "a day, as YYYY-MM-DD or with a time", isDay],
  ["recordedBy", "a text", isText],
  ["adapter", "the id of the adapter", isText],
  ["host", "a host", isText],
  ["models", "a list of texts", isTexts],
  ["scrubbed", "a list of texts", isTexts],
];
const ofInteraction: readonly Test[] = [
  ["scope", "an origin, such as https://api.acme.ai:443", isOrigin],
  ["method", "GET, POST and the like", (value) => isText(value) && /^[A-Z]+$/.test(value)],
  ["path", "a path that begins with /", (value) => isText(value) && value.startsWith("/")],
  ["body", "JSON, or an empty text", (value) => value !== undefined],
  ["asked", "an object, or nothing", orAbsent(isObject)],
  [
    "requestHeaders",
    "an object of texts, or nothing",
    orAbsent((value) => isObject(value) && Object.values(value).every(isText)),
  ],
  [
    "status",
    "a status from 200 to 599, or 0 if no answer came",
    (value) => Number.isInteger(value) && (value === 0 || ((value as number) >= 200 && (value as number) <= 599)),
  ],
  ["response", "a text", isText],
  ["responseIsBinary", "true, or nothing", orAbsent((value) => value === true)],
  [
    "rawHeaders",
    "a list of names and values, in turn",
    (value) => isTexts(value) && (value as readonly string[]).length % 2 === 0,
  ],
  ["reads", 'a text such as "12:340 90:17", or an empty one', isText],
  ["ended", "eof, cancelled or error:<code>", (value) => isText(value) && /^(eof|cancelled|error:.+)$/.test(value)],
];

/** All problems in the JSON of a cassette, one sentence per field; empty if it has none. */
export function checkCassette(json: unknown): string[] {
  if (!isObject(json)) return ["it must be an object."];
  const broken = check(json, "", ofCassette);
  if (broken.length > 0) return broken;
  const { meta, interactions } = json as { meta: object; interactions: readonly unknown[] };
  const { origin, source } = meta as { origin?: unknown; source?: unknown };
  const inner = interactions.flatMap((one, index) => {
    const path = `interactions.${index}`;
    return isObject(one) ? check(one, `${path}.`, ofInteraction) : [`\`${path}\` must be an object.`];
  });
  const isSource = Array.isArray(source) && source.length === 2 && isOrigin(source[0]) && isDay(source[1]);
  const page =
    origin === "documented" && !isSource
      ? ["`meta.source` must be [address, day]: the page it was written from, and the day it was read."]
      : [];
  return [...check(meta, "meta.", ofMeta), ...page, ...inner];
}

function check(value: object, before: string, tests: readonly Test[]): string[] {
  return tests.flatMap(([field, expected, isGood]) =>
    isGood((value as Record<string, unknown>)[field]) ? [] : [`\`${before}${field}\` must be ${expected}.`],
  );
}
