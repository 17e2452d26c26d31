/** A part of a document that is split on its own: a page of a PDF, or the whole text of another file. */
export interface TextPart {
  readonly text: string;
  /** The page of a PDF, from 1. */
  readonly page?: number;
}

/** The text of a file. */
export interface DocumentText {
  readonly kind: "pdf" | "html" | "markdown" | "text";
  /** The text to embed: one part for each page of a PDF that has text, and a single part for any other file. */
  readonly parts: readonly TextPart[];
  /**
   * The whole text for a person or a model to read: the source of a text, Markdown or HTML file with line feeds as line ends, or the
   * pages of a PDF with a blank line between them.
   */
  readonly verbatim: string;
}
