import {
  LineCounter,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
} from "yaml";
import type { Path } from "../config/config-path.ts";
import { findExcess, withoutExcess } from "../config/find-excess.ts";

/** A place in the file; both count from 1. */
export type Position = { line: number; column: number };

/** A librechat.yaml, read for diagnosis: its value, and the place of each part. */
export type ConfigFile = {
  /** Without the byte order mark. */
  readonly text: string;
  readonly newline: "\n" | "\r\n";
  readonly lines: readonly string[];
  readonly document: Document.Parsed;
  /** Everything resolved, aliases too; `undefined` if the file cannot be read. */
  readonly value: unknown;
  positionOf(offset: number): Position;
  /** The place of the last key of a path, or of a list item; of the nearest part above if the path ends early. */
  keyPosition(path: Path): Position;
  /** Where the value of a path begins. */
  valuePosition(path: Path): Position;
  /** The offsets of the key of a path. */
  keyRange(path: Path): readonly [number, number] | undefined;
  nodeAt(path: Path): Node | undefined;
};

export function readConfigFile(source: string): ConfigFile {
  const text = source.replace(/^\uFEFF/, "");
  const counter = new LineCounter();
  const document = parseDocument(withoutExcess(text), {
    keepSourceTokens: true,
    lineCounter: counter,
    uniqueKeys: false,
    merge: true,
    // Its warnings quote the file; "silent" would also hide errors.
    logLevel: "error",
  });

  const excess = findExcess(text, document);
  if (excess) document.errors.unshift(excess);
  const positionOf = (offset: number): Position => {
    const { line, col } = counter.linePos(Math.min(offset, text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const walk = (path: Path): { key?: Node; value?: Node; depth: number } => {
    let found: { key?: Node; value?: Node } = document.contents ? { value: document.contents as Node } : {};
    for (const [depth, step] of path.entries()) {
      const next = stepInto(found.value, step, document);
      if (!next) return { ...found, depth };
      found = next;
    }
    return { ...found, depth: path.length };
  };
  const startOf = (node: Node | undefined): number | undefined => node?.range?.[0];
  const keyPosition = (path: Path): Position => {
    const { key, value } = walk(path);
    return positionOf(startOf(key) ?? startOf(value) ?? 0);
  };
  return {
    text,
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    lines: text.split(/\r?\n/),
    document,
    value: excess ? undefined : toValue(document),
    positionOf,
    keyPosition,
    valuePosition: (path) => {
      const { key, value, depth } = walk(path);
      if (depth < path.length) return keyPosition(path);
      // An absent value has no place of its own; its key has.
      const isWritten = value?.range && value.range[1] > value.range[0];
      return positionOf((isWritten ? startOf(value) : startOf(key)) ?? 0);
    },
    keyRange: (path) => {
      const { key, depth } = walk(path);
      return depth === path.length && key?.range ? [key.range[0], key.range[1]] : undefined;
    },
    nodeAt: (path) => {
      const { value, depth } = walk(path);
      return depth === path.length ? value : undefined;
    },
  };
}

function stepInto(
  node: Node | undefined,
  step: string | number,
  document: Document.Parsed,
): { key?: Node; value?: Node } | undefined {
  const target = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(target)) {
    const item = target.items[Number(step)];
    return isNode(item) ? { value: item } : undefined;
  }
  if (!isMap(target)) return undefined;
  // The last of two equal keys is the one that counts.
  for (const item of target.items.toReversed()) {
    if (isPair(item) && isScalar(item.key) && String(item.key.value) === String(step)) {
      return { key: item.key, ...(isNode(item.value) ? { value: item.value } : {}) };
    }
  }
  return undefined;
}

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch {
    return undefined;
  }
}
