import type { Change } from "@llm-provider/core";
import type { Io } from "./io.ts";
import { paint } from "./paint.ts";

/** What was done to the request, a change a line, with the page that says why. */
export function describeChanges(changes: readonly Change[], io: Pick<Io, "isTerminal">): string {
  const { yellow, dim } = paint(io);
  return changes
    .map(
      (change) =>
        `${yellow(`${change.action} ${change.parameter}`)}${arrow(change)} — ${change.reason}${change.source ? ` ${dim(change.source)}` : ""}\n`,
    )
    .join("");
}

function arrow({ action, from, to }: Change): string {
  return action === "dropped" || action === "ignored" ? "" : ` ${short(from)} → ${short(to)}`;
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
