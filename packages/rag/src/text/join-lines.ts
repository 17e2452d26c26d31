/** A run of text on a page, as pdf.js gives it. */
export interface TextRun {
  readonly str: string;
  /** Whether the line ends behind it. */
  readonly hasEOL: boolean;
  /** The matrix of the run: the last number is its height above the foot of the page. */
  readonly transform: readonly number[];
}

/**
 * The text of a page: a line feed where a line ends, a blank line where the distance is larger than between most lines, and words put
 * together that were divided at a line's end.
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
