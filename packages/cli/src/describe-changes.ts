import type { Change } from "@llm-provider/core";
import type { Io } from "./io.ts";
import { paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** What was done to the request, each with the reason and the page that says why. */
export function describeChanges(changes: readonly Change[], io: Pick<Io, "isTerminal" | "columns">): string {
  const { yellow, dim } = paint(io);
  // A pipe gets a line each; a person gets lines that end at a word.
  const columns = io.isTerminal ? Math.min(io.columns, 100) : Number.POSITIVE_INFINITY;
  return changes
    .map((change) => {
      const head = `${yellow(`${change.action} ${change.parameter}`)}${arrow(change)}`;
      const lines = wrap(change.reason, columns - 2);
      const source = change.source === "" ? [] : [dim(change.source)];
      return io.isTerminal
        ? `${[head, ...lines.map((line) => `  ${line}`), ...source.map((line) => `  ${line}`)].join("\n")}\n`
        : `${[head, "—", ...lines, ...source].join(" ")}\n`;
    })
    .join("");
}

function arrow({ action, from, to }: Change): string {
  return action === "dropped" || action === "ignored" ? "" : ` ${short(from)} → ${short(to)}`;
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
