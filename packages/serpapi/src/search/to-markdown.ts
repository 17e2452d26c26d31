import { fitBlocks, oneLine } from "@llm-provider/core/internal";
import type { Answer, Knowledge, Question, SearchOutput, SearchResult } from "./search-output.ts";

/** How many results the text shows if the request does not say. */
const usual = 10;
const longestSnippet = 600;
const longestLink = 500;

/**
 * The text for a model, most direct information first and no longer than `maxCharacters`. A block is shown whole or left out. Links are
 * plain URLs, so that no title can imitate a link.
 */
export function toMarkdown(output: SearchOutput, { maxCharacters }: { maxCharacters: number }): string {
  const { request, answer, overview, knowledge, ignored } = output;
  const results = output.results.slice(0, request.number ?? usual);
  const left = output.results.length - results.length;
  const isEmpty = results.length === 0 && !answer && !overview && !knowledge && output.news.length === 0;

  const first = [
    `Search results for ${JSON.stringify(oneLine(request.query, 200))} (${request.engine}, page ${request.page})`,
    ...(output.corrected ? [`Showing results for ${JSON.stringify(oneLine(output.corrected, 200))}.`] : []),
    ...(ignored.length > 0 ? [`Ignored, because ${request.engine} has no such option: ${ignored.join(", ")}.`] : []),
    ...(isEmpty ? ["No results. Try other or fewer words, or another engine."] : []),
  ].join("\n");

  const blocks = [
    ...(answer ? [answerText(answer)] : []),
    ...(overview ? [`**AI overview**: ${oneLine(overview, 2000)}`] : []),
    ...(knowledge ? [knowledgeText(knowledge)] : []),
    ...results.map((result, index) => resultText(result, `${index + 1}.`)),
    ...section("News", output.news.slice(0, usual), (story) => resultText(story, "-")),
    ...section("Related questions", output.questions, questionText),
    ...(output.related.length > 0
      ? [`**Related searches**: ${output.related.map((text) => oneLine(text, 100)).join(" · ")}`]
      : []),
  ];
  const more = left > 0 || output.hasNextPage ? `More: ${moreText(request.page, left, output.hasNextPage)}` : "";
  return fitBlocks(first, blocks, { more, advice: "narrow the query.", maxCharacters });
}

function answerText({ text, title, link }: Answer): string {
  return [`**Answer**: ${oneLine(text, 1500)}`, ...sourceLine(title, link)].join("\n");
}

function knowledgeText({ title, type, description, source, facts }: Knowledge): string {
  return [
    `**${oneLine(title, 200)}**${type ? ` (${oneLine(type, 100)})` : ""}${description ? `: ${oneLine(description, 1000)}` : ""}`,
    ...Object.entries(facts).map(([name, value]) => `- ${oneLine(name, 60)}: ${oneLine(value, 200)}`),
    ...sourceLine(source?.name, source?.link),
  ].join("\n");
}

function resultText(result: SearchResult, mark: string): string {
  const { title, link, snippet, source, date, citedBy, image } = result;
  const about = [source, date, citedBy === undefined ? undefined : `cited by ${citedBy}`].filter(Boolean).join(", ");
  return [
    `${mark} **${oneLine(title, 200)}**${about ? ` — ${oneLine(about, 200)}` : ""}`,
    ...[link, image].flatMap((address) => linkLine(address)),
    ...(snippet ? [`   ${oneLine(snippet, longestSnippet)}`] : []),
  ].join("\n");
}

function questionText({ question, answer, title, link }: Question): string {
  return [
    `- ${oneLine(question, 200)}${answer ? ` ${oneLine(answer, longestSnippet)}` : ""}`,
    ...(answer ? sourceLine(title, link).map((source) => `   ${source}`) : []),
  ].join("\n");
}

function section<T>(title: string, items: readonly T[], text: (item: T) => string): string[] {
  return items.map((item, index) => (index === 0 ? `**${title}**\n\n${text(item)}` : text(item)));
}

function sourceLine(title: string | undefined, link: string | undefined): string[] {
  const address = link !== undefined && link.length <= longestLink ? `<${link}>` : "";
  const text = [title === undefined ? "" : oneLine(title, 200), address].filter(Boolean).join(" ");
  return text ? [`Source: ${text}`] : [];
}

function linkLine(link: string | undefined): string[] {
  return link !== undefined && link.length <= longestLink ? [`   <${link}>`] : [];
}

function moreText(page: number, left: number, hasNextPage: boolean): string {
  if (left > 0) return `ask with a higher number for ${left} further results of this page.`;
  return hasNextPage ? `ask for page ${page + 1}.` : "";
}
