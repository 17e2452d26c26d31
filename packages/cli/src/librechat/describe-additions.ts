import type { ConfigChange } from "@llm-provider/librechat";
import type { Io } from "../io.ts";
import { paint } from "../paint.ts";

/** One line for each thing that was done, and for each that was left as the person has it. */
export function describeAdditions(changes: readonly ConfigChange[], io: Pick<Io, "isTerminal">): string {
  const { green, yellow, dim } = paint(io);
  const labels = { added: green("added   "), replaced: yellow("replaced"), kept: dim("kept    ") };
  return changes
    .map(({ path, action, value }) => `${labels[action]} ${path}${action === "replaced" ? "" : shown(value)}\n`)
    .join("");
}

/** A value that fits on a line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? `: ${text}` : "";
}
