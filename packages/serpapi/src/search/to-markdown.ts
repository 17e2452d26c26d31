import type { Answer, Knowledge, Question, SearchOutput, SearchResult } from "./search-output.ts";

/** Results in the text unless the request says how many. */
const usual = 10;
const longestSnippet = 600;
const longestLink = 500;

/**
 * What a model reads: the most direct first, each block whole or left out, never longer than asked. Links are written as plain
 * addresses, so that nothing in a title can pass for another link.
 */
export function toMarkdown(output: SearchOutput, { maxCharacters }: { maxCharacters: number }): string {
  const { request, answer, overview, knowledge, ignored } = output;
  const results = output.results.slice(0, request.number ?? usual);
  const left = output.results.length - results.length;
  const isEmpty = results.length === 0 && !answer && !overview && !knowledge && output.news.length === 0;

  const first = [
    `Search results for ${JSON.stringify(line(request.query, 200))} (${request.engine}, page ${request.page})`,
    ...(output.corrected ? [`Showing results for ${JSON.stringify(line(output.corrected, 200))}.`] : []),
    ...(ignored.length > 0 ? [`Left out, because ${request.engine} has no such option: ${ignored.join(", ")}.`] : []),
    ...(isEmpty ? ["No results. Try other or fewer words, or another engine."] : []),
  ].join("\n");

  const blocks = [
    ...(answer ? [answerText(answer)] : []),
    ...(overview ? [`**AI overview**: ${line(overview, 2000)}`] : []),
    ...(knowledge ? [knowledgeText(knowledge)] : []),
    ...results.map((result, index) => resultText(result, `${index + 1}.`)),
    ...section("News", output.news.slice(0, usual), (story) => resultText(story, "-")),
    ...section("Related questions", output.questions, questionText),
    ...(output.related.length > 0
      ? [`**Related searches**: ${output.related.map((text) => line(text, 100)).join(" · ")}`]
      : []),
  ];
  const more = left > 0 || output.hasNextPage ? `More: ${moreText(request.page, left, output.hasNextPage)}` : "";
  return fit(first, blocks, more, maxCharacters);
}

function fit(first: string, blocks: readonly string[], more: string, maxCharacters: number): string {
  const notes = (missing: number): string[] => [
    ...(missing > 0
      ? [`(${missing} more left out to stay within ${maxCharacters} characters: narrow the query.)`]
      : []),
    ...(more ? [more] : []),
  ];
  for (let shown = blocks.length; shown > 0; shown--) {
    const text = [first, ...blocks.slice(0, shown), ...notes(blocks.length - shown)].join("\n\n");
    if (text.length <= maxCharacters) return text;
  }
  return cut([first, ...notes(blocks.length)].join("\n\n"), maxCharacters);
}

function answerText({ text, title, link }: Answer): string {
  return [`**Answer**: ${line(text, 1500)}`, ...sourceLine(title, link)].join("\n");
}

function knowledgeText({ title, type, description, source, facts }: Knowledge): string {
  return [
    `**${line(title, 200)}**${type ? ` (${line(type, 100)})` : ""}${description ? `: ${line(description, 1000)}` : ""}`,
    ...Object.entries(facts).map(([name, value]) => `- ${line(name, 60)}: ${line(value, 200)}`),
    ...sourceLine(source?.name, source?.link),
  ].join("\n");
}

function resultText(result: SearchResult, mark: string): string {
  const { title, link, snippet, source, date, citedBy, image } = result;
  const about = [source, date, citedBy === undefined ? undefined : `cited by ${citedBy}`].filter(Boolean).join(", ");
  return [
    `${mark} **${line(title, 200)}**${about ? ` — ${line(about, 200)}` : ""}`,
    ...[link, image].flatMap((address) => linkLine(address)),
    ...(snippet ? [`   ${line(snippet, longestSnippet)}`] : []),
  ].join("\n");
}

function questionText({ question, answer, title, link }: Question): string {
  return [
    `- ${line(question, 200)}${answer ? ` ${line(answer, longestSnippet)}` : ""}`,
    ...(answer ? sourceLine(title, link).map((source) => `   ${source}`) : []),
  ].join("\n");
}

function section<T>(title: string, items: readonly T[], text: (item: T) => string): string[] {
  return items.map((item, index) => (index === 0 ? `**${title}**\n\n${text(item)}` : text(item)));
}

function sourceLine(title: string | undefined, link: string | undefined): string[] {
  const address = link !== undefined && link.length <= longestLink ? `<${link}>` : "";
  const text = [title === undefined ? "" : line(title, 200), address].filter(Boolean).join(" ");
  return text ? [`Source: ${text}`] : [];
}

function linkLine(link: string | undefined): string[] {
  return link !== undefined && link.length <= longestLink ? [`   <${link}>`] : [];
}

function moreText(page: number, left: number, hasNextPage: boolean): string {
  if (left > 0) return `${left} further results of this page with a higher number.`;
  return hasNextPage ? `ask for page ${page + 1}.` : "";
}

/** On one line, so that no text of a page can pass for a part of this one. */
function line(text: string, length: number): string {
  return cut(
    text
      .slice(0, 2 * length)
      .replaceAll(/\s+/g, " ")
      .trim(),
    length,
  );
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, Math.max(0, length - 1))}…` : text;
}
