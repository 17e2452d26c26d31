import { maskKeys } from "@llm-provider/core/internal";
import { isScalar, isSeq, visit } from "yaml";
import type { Path } from "./config/config-path.ts";
import { createMask, isHidden, maskUrls } from "./config/create-mask.ts";
import { applyEdits, type Edit } from "./config/edit.ts";
import { readConfigFile } from "./doctor/config-file.ts";

/** A text about a librechat.yaml with every key and header value of the file replaced, so that it can be shown to others. */
export function maskSecrets(text: string, source: string): string {
  return createMask(readConfigFile(source).value)(text);
}

/**
 * A librechat.yaml with the same lines, but without keys, header values, and users and passwords of URLs:
 * for a diff. In comments, anything that looks like a key is masked.
 */
export function hideSecrets(source: string): string {
  const { document, text } = readConfigFile(source);
  const edits: Edit[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === "key" || typeof node.value !== "string" || !node.range) return;
      const path = pathOf([...ancestors, node]);
      const list = ancestors.at(-1);
      if (!isHidden(path, node.value, isSeq(list) ? valueOf(list.items[list.items.indexOf(node) - 1]) : undefined))
        return;
      const [start, end] = node.range;
      const lines = text.slice(start, end).split("\n").length - 1;
      // The same number of lines, so that the line numbers of a diff stay correct.
      edits.push({ start, end, text: `"[hidden]"${"\n".repeat(lines)}` });
    },
  });
  return maskKeys(maskUrls(applyEdits(text, edits)));
}

function valueOf(node: unknown): unknown {
  return isScalar(node) ? node.value : undefined;
}

function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, index): (string | number)[] => {
    const { key } = (node ?? {}) as { key?: unknown };
    if (key !== undefined && isScalar(key)) return [String(key.value)];
    const parent = nodes[index - 1] as { items?: unknown[] } | undefined;
    const place = parent?.items?.indexOf(node) ?? -1;
    const isItem = place >= 0 && (node as { key?: unknown }).key === undefined;
    return isItem ? [place] : [];
  });
}
