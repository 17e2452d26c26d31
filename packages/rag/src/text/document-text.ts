/** A stretch of a document that is split on its own. */
export interface TextPart {
  readonly text: string;
  /** The page of a PDF, from 1. */
  readonly page?: number;
}

/** What a file says. */
export interface DocumentText {
  readonly kind: "pdf" | "html" | "markdown" | "text";
  /** The text that is embedded: a part for each page of a PDF that has text, one part for every other file. */
  readonly parts: readonly TextPart[];
  /**
   * The text that a person or a model reads as a whole: the source of a text file, Markdown and HTML included, with its line ends as
   * line feeds; the pages of a PDF, with a blank line between them.
   */
  readonly verbatim: string;
}
