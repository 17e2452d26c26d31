import type { Json, JsonObject } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Cassette, Interaction } from "../cassette/cassette.ts";
import { readPayloads } from "../cassette/recorded-response.ts";

/** A difference in shape between two recordings of one scenario. */
export interface Difference {
  /** `breaking`: a field that clients read is gone or changed. `additive`: a field is new. */
  readonly severity: "breaking" | "additive";
  /** The number of the request, then `status`, `headers.…` or a path of the body. */
  readonly path: string;
  readonly text: string;
}

/** Values of these fields have a fixed meaning; all other texts and numbers differ from day to day. */
const words = /(^|\.)(finish_reason|role|type|object|code)$/;

/** Compares the shapes of two recordings, not their texts. */
export function compareCassettes(
  old: Pick<Cassette, "interactions">,
  now: Pick<Cassette, "interactions">,
): Difference[] {
  const out: Difference[] = [];
  if (old.interactions.length !== now.interactions.length) {
    out.push({
      severity: "breaking",
      path: "interactions",
      text: `${old.interactions.length} requests became ${now.interactions.length}`,
    });
  }
  for (const [index, before] of old.interactions.entries()) {
    const after = now.interactions[index];
    if (after) out.push(...compareOne(before, after, `${index}`));
  }
  return out;
}

function compareOne(before: Interaction, after: Interaction, at: string): Difference[] {
  const out: Difference[] = [];
  const breaking = (path: string, text: string): void =>
    void out.push({ severity: "breaking", path: `${at}.${path}`, text });
  const additive = (path: string, text: string): void =>
    void out.push({ severity: "additive", path: `${at}.${path}`, text });
  if (before.status !== after.status) breaking("status", `${before.status} became ${after.status}`);
  const oldHeaders = headerNames(before);
  const newHeaders = headerNames(after);
  for (const name of oldHeaders) if (!newHeaders.has(name)) breaking(`headers.${name}`, "is gone");
  for (const name of newHeaders) if (!oldHeaders.has(name)) additive(`headers.${name}`, "is new");
  const oldBody = readPayloads(before);
  const newBody = readPayloads(after);
  if (oldBody.hasEndMark !== newBody.hasEndMark)
    breaking("end", newBody.hasEndMark ? "the end mark is new" : "the end mark is gone");
  const oldOrder = orderOf(oldBody.objects);
  const newOrder = orderOf(newBody.objects).filter((name) => oldOrder.includes(name));
  const kept = oldOrder.filter((name) => newOrder.includes(name));
  if (kept.join() !== newOrder.join()) breaking("order", `${kept.join(", ")} became ${newOrder.join(", ")}`);
  const oldShape = shapeOf(oldBody.objects);
  const newShape = shapeOf(newBody.objects);
  for (const [path, { types, isAlways }] of oldShape) {
    const found = newShape.get(path);
    // A field that comes only sometimes may be missing by chance.
    if (!found) {
      if (isAlways) breaking(path, "is gone");
      continue;
    }
    if (types.size === 1 && types.has("null")) {
      if ([...found.types].some((type) => type !== "null")) additive(path, "has a value now");
      continue;
    }
    const foreign = [...found.types].filter((type) => !types.has(type) && type !== "null");
    const isWord = words.test(path);
    for (const type of foreign) {
      const isOtherWord = isWord && type.startsWith('"') && [...types].some((one) => one.startsWith('"'));
      (isOtherWord && !path.endsWith("code") ? additive : breaking)(path, `${[...types].join(" or ")} became ${type}`);
    }
  }
  for (const path of newShape.keys()) if (!oldShape.has(path)) additive(path, "is new");
  return out;
}

function headerNames({ rawHeaders }: Interaction): Set<string> {
  // Rate limits come and go with the plan, cookies with the gateway.
  return new Set(rawHeaders.filter((name, index) => index % 2 === 0 && !/^(set-cookie|retry-after.*)$/.test(name)));
}

/** The order in which the fields of a stream's deltas first had a value. */
function orderOf(payloads: readonly Json[]): string[] {
  const seen = new Set<string>();
  for (const payload of payloads) {
    const delta = (readPath(payload, "choices.0.delta") ?? readPath(payload, "message") ?? {}) as JsonObject;
    for (const [name, value] of Object.entries(delta)) if (value && name !== "role") seen.add(name);
    if (readPath(payload, "choices.0.finish_reason") || readPath(payload, "done") === true) seen.add("finish_reason");
    if (readPath(payload, "usage")) seen.add("usage");
  }
  return [...seen];
}

type Shape = Map<string, { types: Set<string>; isAlways: boolean }>;

/** Path → types over all payloads; for fields with a fixed meaning, their values. */
function shapeOf(payloads: readonly Json[]): Shape {
  const shape: Shape = new Map();
  for (const payload of payloads) walk(payload, "", shape);
  for (const [path, entry] of shape) {
    if (!path.includes("[]")) entry.isAlways = payloads.every((payload) => readPath(payload, path) !== undefined);
    else entry.isAlways = payloads.length === 1;
  }
  return shape;
}

function walk(value: Json, path: string, shape: Shape): void {
  if (path !== "") {
    const entry = shape.get(path) ?? { types: new Set(), isAlways: false };
    entry.types.add(typeOf(value, path));
    shape.set(path, entry);
  }
  if (Array.isArray(value)) for (const item of value) walk(item as Json, `${path}[]`, shape);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value))
      if (item !== undefined) walk(item, path === "" ? key : `${path}.${key}`, shape);
  }
}

function typeOf(value: Json, path: string): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return words.test(path) && typeof value === "string" ? JSON.stringify(value) : typeof value;
}
