/** A run of text on a page, as pdf.js gives it. */
export interface TextRun {
  readonly str: string;
  /** Whether the line ends after it. */
  readonly hasEOL: boolean;
  /** The matrix of the run: the last number is its height above the bottom of the page. */
  readonly transform: readonly number[];
}

/**
 * The text of a page. Lines end with a line feed, a larger gap than usual becomes a blank line, and words that were hyphenated at the
 * end of a line are joined.
 */
export function joinLines(runs: readonly TextRun[]): string {
  const lines = toLines(runs);
  const steps = lines.map(({ y }, index) => (index === 0 ? 0 : lines[index - 1]!.y - y));
  const downward = steps.filter((step) => step > 0).toSorted((a, b) => a - b);
  const usual = downward[Math.floor((downward.length - 1) / 2)] ?? 0;
  const text = lines
    .map((line, index) => (index === 0 ? "" : steps[index]! > 1.4 * usual ? "\n\n" : "\n") + line.text)
    .join("");
  return text.replace(/(?<=\p{Ll})(?:-|\u00ad)\n(?=\p{Ll})/gu, "").replaceAll("\u00ad", "");
}

function toLines(runs: readonly TextRun[]): { readonly text: string; readonly y: number }[] {
  const lines: { text: string; y: number }[] = [];
  let text = "";
  let y: number | undefined;
  const end = (): void => {
    const line = text.trimEnd();
    if (line !== "") lines.push({ text: line, y: y ?? 0 });
    text = "";
    y = undefined;
  };
  for (const run of runs) {
    text += run.str;
    if (run.str.trim() !== "") y ??= run.transform[5];
    if (run.hasEOL) end();
  }
  end();
  return lines;
}
