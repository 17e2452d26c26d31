import { isMap, isPair, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq, isCollection } from "yaml";
import type { ConfigText } from "./config-text.ts";
import type { Edit } from "./edit.ts";
import { fillKey, insertItems, insertKeys } from "./insert-entries.ts";
import { isSameValue } from "./is-same-value.ts";
import { printBlock, printFlow } from "./print-value.ts";
import { columnOf, lineStart } from "./text-lines.ts";
import { isRecord } from "../is-record.ts";

/** One change to the file, or one value that was left alone. */
export type ConfigChange = {
  /** Dotted, e.g. `Mistral.dropParams`. */
  path: string;
  action: "added" | "replaced" | "kept";
  /** For `added`: only the new part of a list or mapping. */
  value: unknown;
};

export type Merge = { config: ConfigText; replace: boolean; edits: Edit[]; changes: ConfigChange[] };

/**
 * Adds our keys to the user's mapping. Without `replace` none of their values change: keys are added, lists and
 * mappings completed, other values kept and reported. With it, a value that differs from ours is replaced.
 */
export function mergeMap(
  merge: Merge,
  map: YAMLMap.Parsed,
  ours: { readonly [key: string]: unknown },
  path: string,
): void {
  const missing: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(ours)) {
    const pair = map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
    if (!pair) missing[key] = value;
    else mergeValue(merge, map, pair as Pair, value, `${path}.${key}`);
  }
  if (Object.keys(missing).length === 0) return;
  merge.edits.push(insertKeys(merge.config, map, missing));
  for (const [key, value] of Object.entries(missing))
    merge.changes.push({ path: `${path}.${key}`, action: "added", value });
}

function mergeValue(merge: Merge, map: YAMLMap.Parsed, pair: Pair, ours: unknown, path: string): void {
  const { config, replace, edits, changes } = merge;
  const theirs = pair.value;
  if (isNull(theirs)) {
    edits.push(fillKey(config, map, pair, ours));
    changes.push({ path, action: "added", value: ours });
    return;
  }
  const value = (theirs as { toJS(document: unknown): unknown }).toJS(config.document);
  if (isSameValue(value, ours) || isSameUrl(value, ours)) return;
  if (replace) {
    edits.push(replaceValue(config, pair, ours));
    changes.push({ path, action: "replaced", value: ours });
  } else if (isMap(theirs) && isRecord(ours)) {
    mergeMap(merge, theirs as YAMLMap.Parsed, ours, path);
  } else if (isSeq(theirs) && Array.isArray(ours)) {
    const missing = ours.filter((item) => !(value as unknown[]).some((one) => isSameItem(one, item)));
    if (missing.length === 0) return;
    edits.push(insertItems(config, theirs as YAMLSeq.Parsed, missing));
    changes.push({ path, action: "added", value: missing });
  } else {
    changes.push({ path, action: "kept", value });
  }
}

function isNull(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

/** A slash at the end makes no difference to LibreChat. */
function isSameUrl(theirs: unknown, ours: unknown): boolean {
  return (
    typeof theirs === "string" &&
    typeof ours === "string" &&
    /^https?:/.test(ours) &&
    theirs.replace(/\/+$/, "") === ours.replace(/\/+$/, "")
  );
}

/** A model is written as its id or as `{ name, description }`. */
function isSameItem(theirs: unknown, ours: unknown): boolean {
  return isSameValue(theirs, ours) || (isRecord(theirs) && theirs["name"] === ours);
}

/** Replaces the user's value with ours, in block style if theirs is. */
function replaceValue({ text, newline }: ConfigText, pair: Pair, ours: unknown): Edit {
  const key = pair.key as { range: [number, number, number] };
  const value = pair.value as { range: [number, number, number]; flow?: boolean };
  const [start, end] = value.range;
  const isBlock = isCollection(value) && !value.flow;
  const isOurBlock = typeof ours === "object" && ours !== null && Object.keys(ours).length > 0;
  if (!isOurBlock || (!isBlock && isCollection(value))) {
    const isOwnLine = text.slice(key.range[1], start).includes("\n");
    const trailing = text.slice(start, end).endsWith("\n") ? newline : "";
    // The value of a block is on lines of its own, which are removed with it.
    return {
      start: isOwnLine ? text.indexOf(":", key.range[1]) + 1 : start,
      end,
      text: `${isOwnLine ? " " : ""}${printFlow(ours)}${trailing}`,
    };
  }
  const column = isBlock ? columnOf(text, start) : columnOf(text, key.range[0]) + 2;
  const lines = printBlock(ours).map((line) => " ".repeat(column) + line);
  if (!isBlock) {
    const colon = text.indexOf(":", key.range[1]) + 1;
    return { start: colon, end, text: newline + lines.join(newline) };
  }
  const trailing = text.slice(start, end).endsWith("\n") ? newline : "";
  return { start: lineStart(text, start), end, text: lines.join(newline) + trailing };
}
