import type { Change, ChatResult } from "@llm-provider/core";
import { dollars, paint, wrap, type CommandIo } from "@llm-provider/testing/command";

/** One line: model, tokens, cost, finish reason, remaining limits. */
export function describeUsage({ model, usage, finishReason, response }: ChatResult, asked: string): string {
  const parts = [model !== undefined && model !== asked ? `${asked} → ${model}` : asked];
  if (usage) {
    const cached = usage.cachedInputTokens ? ` (${usage.cachedInputTokens} cached)` : "";
    const reasoning = usage.reasoningTokens ? ` (${usage.reasoningTokens} reasoning)` : "";
    parts.push(`${usage.inputTokens} in${cached}`, `${usage.outputTokens} out${reasoning}`);
    parts.push(usage.cost === undefined ? "cost unknown" : dollars(usage.cost));
  } else parts.push("tokens not told");
  parts.push(finishReason);
  const { requests, tokens } = response.limits ?? {};
  if (requests?.remaining !== undefined) parts.push(`${requests.remaining} requests left`);
  if (tokens?.remaining !== undefined) parts.push(`${tokens.remaining} tokens left`);
  return parts.join(" · ");
}

/** The changes to the request, each with its reason and the page behind it. */
export function describeChanges(changes: readonly Change[], io: Pick<CommandIo, "isTerminal" | "columns">): string {
  const { yellow, dim } = paint(io);
  // A pipe gets one line per change; on a terminal, lines wrap at words.
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
