import type { VNode } from "preact";
import type { InspectorRow } from "../src/inspector/inspected-request.ts";

/** The time of a request as a bar: attempts that failed, the wait for the first content, the answer. The numbers tell the same. */
export function AttemptBar({ row: { attempts, firstContent, total } }: { row: InspectorRow }): VNode {
  const last = attempts.at(-1);
  const end = Math.max(total ?? 0, firstContent ?? 0, last ? last.at + last.ms : 0) || 1;
  const parts = attempts.map(({ at, ms, code }) => ({ kind: code ? "failed" : "waited", from: at, to: at + ms }));
  if (firstContent !== undefined && !last?.code) parts.push({ kind: "answered", from: firstContent, to: end });
  return (
    <span class="attempt-bar" aria-hidden="true">
      {parts.map(({ kind, from, to }, index) => (
        <span
          key={index}
          class={kind}
          style={{ left: `${(from / end) * 100}%`, width: `${Math.max(2, ((to - from) / end) * 100)}%` }}
        />
      ))}
    </span>
  );
}
