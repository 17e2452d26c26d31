import { readPath } from "@llm-provider/core/internal";
import { known } from "./known.ts";
import { readLink, readText } from "./read-text.ts";
import type { Knowledge } from "./search-output.ts";

const taken = new Set(["title", "type", "description", "entity_type", "kgmid", "image", "thumbnail", "website"]);
const most = 12;

/** The panel about a person, a place or a thing. */
export function readKnowledge(answer: unknown): Knowledge | undefined {
  const panel = readPath(answer, "knowledge_graph");
  const title = readText(panel, "title");
  if (title === undefined || typeof panel !== "object" || panel === null) return undefined;
  const name = readText(panel, "source.name");
  return known<Knowledge>({
    title,
    type: readText(panel, "type"),
    description: readText(panel, "description"),
    source: name === undefined ? undefined : known({ name, link: readLink(panel, "source.link") }),
    facts: Object.fromEntries(
      Object.keys(panel)
        .flatMap((key) => fact(panel, key))
        .slice(0, most),
    ),
  });
}

function fact(panel: object, key: string): [name: string, value: string][] {
  if (taken.has(key) || /link|token|_id$|serpapi/.test(key)) return [];
  const text = readText(panel, key);
  if (text === undefined || text.length > 300 || /^https?:/.test(text)) return [];
  return [[key.replaceAll("_", " "), text]];
}
