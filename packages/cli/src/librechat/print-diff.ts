import { createTwoFilesPatch } from "diff";
import type { Io } from "../io.ts";
import { paint } from "../paint.ts";

/** What would change, as a unified diff that `patch` takes; coloured on a terminal. */
export function printDiff(name: string, before: string | undefined, after: string, io: Pick<Io, "isTerminal">): string {
  if (before === after) return "";
  const { bold, red, green, cyan } = paint(io);
  const old = before === undefined ? "/dev/null" : name;
  const patch = createTwoFilesPatch(old, name, before ?? "", after, undefined, undefined, { context: 3 });
  // The line of `=` above a patch says nothing.
  const lines = patch.slice(patch.indexOf("--- ")).split("\n");
  return lines
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return bold(line);
      if (line.startsWith("@@")) return cyan(line);
      return line.startsWith("+") ? green(line) : line.startsWith("-") ? red(line) : line;
    })
    .join("\n");
}
