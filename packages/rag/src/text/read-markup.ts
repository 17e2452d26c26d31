import { compile, type FormatCallback } from "html-to-text";
import { Marked } from "marked";
import { cleanText } from "./clean-text.ts";

const blocks =
  "address body caption center dd details dialog dl dt fieldset figcaption figure head hgroup html legend option search section summary title tr";
const hidden = [
  "img",
  "script",
  "style",
  "template",
  "noscript",
  "[hidden]",
  '[style*="display:none"i]',
  '[style*="display: none"i]',
];

/** A table row becomes a line, with a bar between its cells. */
const row: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  let cells = 0;
  for (const child of element.children) {
    const isCell = child.name === "td" || child.name === "th";
    if (isCell && cells++ > 0) builder.addInline(" | ");
    walk([child], builder);
  }
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const toText = compile({
  wordwrap: false,
  whitespaceCharacters: " \t\r\n\f",
  baseElements: { selectors: [] },
  // The caller limits the length, with a message of its own. A document that is nested too deeply overflows the stack.
  limits: { maxInputLength: undefined },
  formatters: { row },
  selectors: [
    ...blocks.split(" ").map((selector) => ({ selector, format: "block" })),
    ...["title", "h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({
      selector,
      format: "heading",
      options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 },
    })),
    { selector: "a", format: "anchor", options: { ignoreHref: true } },
    { selector: "hr", format: "block", options: { leadingLineBreaks: 2 } },
    { selector: "tr", format: "row" },
    ...hidden.map((selector) => ({ selector, format: "skip" })),
  ],
});
const markdown = new Marked({ async: false, gfm: true });
/** YAML or TOML between two lines of dashes or plus signs, at the very beginning. */
const frontMatter = /^(---|\+\+\+)[ \t]*\n(?=[\w"'#-]+[^\n]*[:=])([^]*?)\n\1[ \t]*(?:\n|$)/;

/**
 * The visible text of a page, without link addresses, pictures and hidden elements.
 * @throws RangeError if elements are nested too deeply.
 */
export function readHtml(html: string): string {
  return cleanText(toText(html))
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * The text of Markdown without its markup. Front matter is kept as it is: often only it contains the title and keywords.
 * @throws RangeError if elements are nested too deeply.
 */
export function readMarkdown(text: string): string {
  const front = frontMatter.exec(text);
  const body = readHtml(markdown.parse(front ? text.slice(front[0].length) : text) as string);
  return front ? `${front[2]!.trim()}\n\n${body}`.trim() : body;
}
