import { readObjects, readText } from "./read-text.ts";

/** The text of Google's AI overview; undefined where the answer holds only the token of a second request. */
export function readOverview(answer: unknown): string | undefined {
  const sentences = readObjects(answer, "ai_overview.text_blocks").flatMap(sentencesOf);
  return sentences.length > 0 ? sentences.join(" ") : undefined;
}

function sentencesOf(block: object): string[] {
  const own = [readText(block, "title"), readText(block, "snippet")].filter((text) => text !== undefined);
  return [...own, ...readObjects(block, "list").flatMap(sentencesOf)];
}
