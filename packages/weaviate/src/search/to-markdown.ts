import { fitBlocks, oneLine } from "@llm-provider/core/internal";
import type { Passage, SearchMode, SearchOutput } from "./search-output.ts";

/** The most characters of a passage's text. */
const longestText = 4000;

const modes: { readonly [mode in SearchMode]: string } = {
  bm25: "by words",
  hybrid: "by words and meaning",
  vector: "by meaning",
};

/**
 * The text for a model: passages with number, title, source and score, no longer than `maxCharacters`. A passage is shown whole or left
 * out. Its text is quoted, so that none of its lines can imitate another passage.
 */
export function toMarkdown(output: SearchOutput, { maxCharacters }: { maxCharacters: number }): string {
  const { request, collection, mode, passages, isFull, ignored } = output;
  const first = [
    `Passages of ${collection} for ${JSON.stringify(oneLine(request.query, 200))}, ${modes[mode]}, best first`,
    ...(ignored.length > 0 ? [`Ignored, because ${collection} has no vectors to search: ${ignored.join(", ")}.`] : []),
    ...(passages.length === 0
      ? [`Nothing was found. Try other words${request.filters?.length ? ", or fewer conditions" : ""}.`]
      : []),
  ].join("\n");
  const more = isFull ? `More: ask with a limit above ${request.limit}.` : "";
  const blocks = passages.map(passageText);
  return fitBlocks(first, blocks, { more, advice: "use a lower limit, or narrow the query.", maxCharacters });
}

function passageText({ id, title, source, score, distance, text }: Passage, index: number): string {
  const facts = [
    ...(source === undefined ? [] : [`source: ${oneLine(source, 500)}`]),
    ...(score === undefined ? [] : [`score: ${rounded(score)}`]),
    ...(distance === undefined ? [] : [`distance: ${rounded(distance)}`]),
    `id: ${oneLine(id, 60)}`,
    ...(text.length > longestText ? [`characters 1–${longestText} of ${text.length}`] : []),
  ].join(" · ");
  const shown = text
    .slice(0, longestText)
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `> ${line}`.trimEnd());
  return [`[${index + 1}] ${oneLine(title ?? "Untitled", 200)}`, facts, ...shown].join("\n");
}

function rounded(number: number): number {
  return Number(number.toPrecision(3));
}
