import { hasPart, readPart, replacePart } from "@llm-provider/docs";
import { mergeDiff3 } from "node-diff3";

/** Lines of the author and of the new version, from the lines that both began with. */
export function mergeFiles(
  texts: { mine: string; base: string; theirs: string },
  labels: { mine: string; theirs: string },
): {
  text: string;
  conflicts: number;
} {
  const { base, theirs } = withPartsOf(texts);
  const { result } = mergeDiff3(lines(texts.mine), lines(base), lines(theirs), {
    excludeFalseConflicts: true,
    label: { a: labels.mine, b: labels.theirs },
  });
  const conflicts = result.filter((line) => line.startsWith("<<<<<<< ")).length;
  return { text: result.join("\n"), conflicts };
}

function lines(text: string): string[] {
  return text.split("\n");
}

/** Generated parts follow the author's definition: nobody's edit of them is merged. */
function withPartsOf({ mine, base, theirs }: { mine: string; base: string; theirs: string }): {
  base: string;
  theirs: string;
} {
  const fill = (text: string): string =>
    ["facts", "librechat"].reduce((page, name) => {
      const part = hasPart(mine, name) ? readPart(mine, name) : undefined;
      return part !== undefined && hasPart(page, name) ? replacePart(page, name, part) : page;
    }, text);
  return { base: fill(base), theirs: fill(theirs) };
}
