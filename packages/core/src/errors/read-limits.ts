import type { ChatResult } from "../chat/chat-result.ts";
import type { Definition } from "../definition/definition.ts";
import { parseDuration } from "../parse-duration.ts";

/** The rate limits that an answer's headers state, by the units that the definition declares. */
type Limits = NonNullable<ChatResult["response"]["limits"]>;

export function readLimits(definition: Definition, headers: Readonly<Record<string, string>>): Limits | undefined {
  const out: Limits = {};
  for (const [header, fact] of Object.entries(definition.limits?.headers ?? {})) {
    const text = headers[header.toLowerCase()];
    if (text === undefined) continue;
    const value = inUnit(text, fact.unit);
    if (value !== undefined) (out[fact.of] ??= {})[fact.is] = value;
  }
  return out.requests || out.tokens ? out : undefined;
}

function inUnit(
  text: string,
  unit: "count" | "seconds" | "milliseconds" | "epoch-ms" | "duration",
): number | undefined {
  if (unit === "duration") return parseDuration(text);
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return undefined;
  if (unit === "seconds") return number * 1000;
  return unit === "epoch-ms" ? Math.max(0, number - Date.now()) : number;
}
