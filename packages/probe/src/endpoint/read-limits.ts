import type { Definition } from "@llm-provider/core";
import type { ProbeReport } from "../report.ts";
import type { Numbered } from "../session.ts";

/** The headers that state rate limits, each with an example, and the header that identifies an answer. */
export function readLimits(answers: readonly Numbered[]): ProbeReport["limits"] {
  const all = Object.assign({}, ...answers.map(({ headers }) => headers ?? {})) as { [name: string]: string };
  const names = Object.keys(all).sort();
  const id = names.filter((name) => /(request|trace|correlation|generation)-?id$/.test(name));
  return {
    headers: Object.fromEntries(names.filter((name) => /rate-?limit/.test(name)).map((name) => [name, all[name]!])),
    requestId: id.find((name) => name === "x-request-id") ?? id[0] ?? "",
  };
}

type LimitHeaders = NonNullable<NonNullable<Definition["limits"]>["headers"]>;

/** The meaning of each rate-limit header, judged by its name and its value. */
export function toLimitFacts({ limits }: ProbeReport): LimitHeaders {
  return Object.fromEntries(
    Object.entries(limits.headers).flatMap(([name, value]): [string, LimitHeaders[string]][] => {
      const is = (["limit", "remaining", "reset"] as const).find((kind) =>
        new RegExp(`(?:ratelimit|rate-limit)-(?:\\w+-)*?${kind}(?:-|$)`).test(name),
      );
      const of = /token/.test(name)
        ? "tokens"
        : /request|limit-limit$|ratelimit-(limit|remaining|reset)$/.test(name)
          ? "requests"
          : undefined;
      if (!is || !of) return [];
      const unit = is === "reset" ? unitOf(value) : /^\d+$/.test(value) ? "count" : undefined;
      return unit ? [[name, { of, is, unit }]] : [];
    }),
  );
}

function unitOf(value: string): LimitHeaders[string]["unit"] | undefined {
  if (/^\d{13}$/.test(value)) return "epoch-ms";
  if (/^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/.test(value)) return "duration";
  return /^\d{1,5}(?:\.\d+)?$/.test(value) ? "seconds" : undefined;
}
