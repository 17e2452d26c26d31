import type { Json } from "@llm-provider/core";
import { readJson } from "../read-json.ts";

type Leaf = { readonly holder: { [key: string]: unknown }; readonly key: string; readonly text: string };

/**
 * Removes a secret that was streamed in pieces: each event contains too little of it to be recognized. Fields of the same path are
 * read as one text; if scrubbing changes it, the first event gets the whole clean text, and the others none.
 */
export function scrubSplit(body: string, scrub: (text: string) => string): string {
  const lines = body.split("\n");
  const events = lines.map((line) => {
    const [, head = "", json = ""] = /^(data: ?)?([{[].*)$/s.exec(line) ?? [];
    return { head, value: json === "" ? undefined : readJson(json), isChanged: false };
  });
  const paths = new Map<string, { leaf: Leaf; event: (typeof events)[number] }[]>();
  for (const event of events) {
    if (event.value === undefined) continue;
    for (const [path, leaf] of leavesOf(event.value)) {
      const known = paths.get(path);
      if (known) known.push({ leaf, event });
      else paths.set(path, [{ leaf, event }]);
    }
  }
  for (const leaves of paths.values()) {
    const text = leaves.map(({ leaf }) => leaf.text).join("");
    const clean = leaves.length > 1 ? scrub(text) : text;
    if (clean === text) continue;
    for (const [index, { leaf, event }] of leaves.entries()) {
      leaf.holder[leaf.key] = index === 0 ? clean : "";
      event.isChanged = true;
    }
  }
  return lines
    .map((line, at) => {
      const { head, value, isChanged } = events[at]!;
      return isChanged ? head + JSON.stringify(value) + (line.endsWith("\r") ? "\r" : "") : line;
    })
    .join("\n");
}

/** The texts of a JSON value, each with its path. Without recursion: a hostile answer may be nested without end. */
function* leavesOf(value: Json): Generator<[path: string, leaf: Leaf]> {
  const open: [path: string, value: unknown][] = [["", value]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, holder] = next;
    // No reader looks this deep, and the paths of such a value would fill the memory.
    if (typeof holder !== "object" || holder === null || path.length > 1000) continue;
    for (const [key, inner] of Object.entries(holder)) {
      const own = `${path}.${key}`;
      if (typeof inner === "string") yield [own, { holder: holder as Leaf["holder"], key, text: inner }];
      else open.push([own, inner]);
    }
  }
}
