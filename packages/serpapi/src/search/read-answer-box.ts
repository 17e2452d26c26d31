import { readPath } from "@llm-provider/core/internal";
import { known, readLink, readText } from "./read-text.ts";
import type { Answer } from "./search-output.ts";

/** Its text lies in another place for every kind of box; the first of these that is there. */
const places = ["answer", "result", "snippet", "definition", "translation.target.text", "price"];

/** Fields that say nothing to a reader. */
const silent = /^(type|title|link|displayed_link|thumbnail|favicon|serpapi_|google_)|_link$|_id$|token/;

/** The direct answer above the results: a fact, a sum, the weather, a quoted page. */
export function readAnswerBox(answer: unknown): Answer | undefined {
  const found = readPath(answer, "answer_box");
  const box: unknown = Array.isArray(found) ? found[0] : found;
  if (typeof box !== "object" || box === null) return undefined;
  const text = places.map((place) => readText(box, place)).find((one) => one !== undefined) ?? fromLists(box);
  const said = text ?? fromFields(box);
  if (said === undefined) return undefined;
  return known<Answer>({ text: said, title: readText(box, "title"), link: readLink(box, "link") });
}

function fromLists(box: object): string | undefined {
  for (const place of ["list", "snippet_highlighted_words", "definitions"]) {
    const list = readPath(box, place);
    if (!Array.isArray(list)) continue;
    const items = list.filter((item): item is string => typeof item === "string");
    if (items.length > 0) return items.join("; ");
  }
  return undefined;
}

/** A box of another kind, such as the weather: its short fields by name. */
function fromFields(box: object): string | undefined {
  const fields = Object.keys(box).flatMap((name) => {
    const text = silent.test(name) ? undefined : readText(box, name.replaceAll(".", " "));
    return text === undefined || text.length > 200 || /^https?:/.test(text)
      ? []
      : [`${name.replaceAll("_", " ")}: ${text}`];
  });
  return fields.length > 0 ? fields.slice(0, 12).join(", ") : undefined;
}
