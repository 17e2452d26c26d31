import { knownParameters } from "@llm-provider/core/internal";
import { pathText, valueAt, type Path } from "../config/config-path.ts";
import { keysAt } from "../schema/config-schema.ts";
import type { ShapeIssue } from "../schema/shape-issues.ts";
import { isBetter, issuesInside, type Change } from "../schema/try-change.ts";
import { builtInVariables, nearestPlaces } from "../librechat-names.ts";
import { asRecord } from "./as-record.ts";
import { adviceFor, isIdle } from "./rules/idle-parameter.ts";

const endpointKeys = keysAt(["endpoints", "custom", 0]);

/** Advice for a key that LibreChat knows, but not at this place. */
export function findHome(config: { readonly [key: string]: unknown }, key: string, path: Path): string | undefined {
  const [top, second] = path;
  if (top === "endpoints" && path.length === 2 && Object.hasOwn(builtInVariables, String(second))) {
    const variable = builtInVariables[String(second)]![key as "models"];
    if (variable)
      return `Delete it: LibreChat's built-in ${second} endpoint reads ${variable} from its .env. An endpoint of your own is an item of \`endpoints.custom\`.`;
  }
  if (path.length === 0 || (path.length === 1 && top === "endpoints")) {
    const around = asRecord(valueAt(config, path));
    const isEndpoint = "baseURL" in asRecord(around[key]) || (endpointKeys.includes(key) && "baseURL" in around);
    if (isEndpoint) return "An endpoint of your own is an item of the list `endpoints.custom`, with a `name`.";
  }
  if (top === "mcpServers" && path.length === 2 && keysAt(path).includes(key))
    return `\`${key}\` belongs to another kind of MCP server: check \`type\`, or delete the key.`;
  if (second === "custom" && path.length === 3 && isIdle(key)) return adviceFor(key, valueAt(config, [...path, key]));
  if (second === "custom" && path.length === 3 && knownParameters.includes(key))
    return `\`${key}\` is a parameter of the request: put it into \`addParams\`.`;

  const moved = (place: Path): Change[] => [
    [[...path, key], undefined],
    [[...place, key], valueAt(config, [...path, key])],
  ];
  const fitting = (places: readonly Path[]): Path[] => {
    const open = places.filter(
      (place) =>
        keysAt(place).includes(key) &&
        !Array.isArray(valueAt(config, place)) &&
        valueAt(config, [...place, key]) === undefined,
    );
    const better = open.filter((place) => isBetter(config, moved(place)));
    const issues = (place: Path): ShapeIssue[] => issuesInside(config, moved(place), [...place, key]);
    const clean = better.filter((place) => issues(place).length === 0);
    if (clean.length > 0) return clean;
    // The value contains mistakes, but LibreChat knows its type and its keys there.
    return open.filter(
      (place) => !issues(place).some(({ kind, path: at }) => at.length === place.length + 1 && kind !== "missing"),
    );
  };
  const isMapping = path.length === 0 && Object.keys(asRecord(valueAt(config, [...path, key]))).length > 0;
  const taken = [...placesAround(path), ...placesInside(path), ...(isMapping ? placesElsewhere() : [])].find(
    (place) => keysAt(place).includes(key) && valueAt(config, [...place, key]) !== undefined,
  );
  if (taken)
    return `LibreChat reads \`${key}\` at ${describePlace(taken)}, and this file already has one there: merge what you need into that one, and delete this one.`;
  const [near] = fitting([...placesAround(path), ...(path.length > 0 ? placesInside(path) : [])]);
  if (near) {
    const rest = isAmbiguous(key)
      ? fitting(placesElsewhere()).filter((place) => pathText(place) !== pathText(near))
      : [];
    if (rest.length > 0) return `Move it to the right place: ${[near, ...rest].map(describePlace).join(" or ")}.`;
    return `Move it to ${describePlace(near)}: check the indentation.`;
  }
  const isAbove = path.length === 0 || (path.length === 1 && top === "endpoints");
  if (isAbove && endpointKeys.includes(key) && Array.isArray(valueAt(config, ["endpoints", "custom"])))
    return "Move it into its item of `endpoints.custom`.";
  const others = fitting(placesElsewhere());
  const meant = others.find((place) => pathText(place) === nearestPlaces[pathText(path)]);
  if (meant) {
    const rest = others.filter((place) => place !== meant).map(describePlace);
    return `Move it to ${describePlace(meant)}.${rest.length > 0 ? ` LibreChat also knows the name at ${rest.join(" and ")}.` : ""}`;
  }
  if (others.length === 1) return `Move it to ${describePlace(others[0]!)}.`;
  // Among several places, a guess may do harm: allowing hosts at one place forbids all others there.
  return others.length > 1 && others.length < 5
    ? `Move it to the right place: ${others.map(describePlace).join(" or ")}.`
    : undefined;
}

/** Allow-lists: at the wrong place, a list shuts out everything else there. */
function isAmbiguous(key: string): boolean {
  return key.startsWith("allowed");
}

/** The mappings around a place, nearest first. */
function placesAround(path: Path): Path[] {
  return path.map((_, index) => path.slice(0, path.length - 1 - index));
}

function placesInside(path: Path): Path[] {
  return keysAt(path).map((inner) => [...path, inner]);
}

/** The mappings of the first two levels. */
function placesElsewhere(): Path[] {
  const tops = keysAt([]).map((top): Path => [top]);
  return [...tops, ...tops.flatMap((place) => keysAt(place).map((inner) => [...place, inner]))];
}

function describePlace(place: Path): string {
  return place.length === 0 ? "the top level of the file" : `\`${pathText(place)}\``;
}
