import type { VNode } from "preact";

/** A span of time, in milliseconds since the request arrived. */
export interface Stretch {
  readonly kind: "failed" | "waited" | "answered";
  readonly from: number;
  readonly to: number;
}

const colors = { failed: "var(--bad)", waited: "var(--wait)", answered: "var(--accent)" };

/** The time of a request as a bar: failed attempts, the wait for the first content, and the answer. The numbers beside it say the same. */
export function AttemptBar({ parts, end, style }: { parts: readonly Stretch[]; end: number; style?: string }): VNode {
  const at = (time: number): number => (time / (end || 1)) * 100;
  const stops = parts.flatMap(({ kind, from, to }) => {
    const [start, stop] = [`${at(from).toFixed(2)}%`, `${Math.max(at(to), at(from) + 2).toFixed(2)}%`];
    return [`transparent ${start}`, `${colors[kind]} ${start} ${stop}`, `transparent ${stop}`];
  });
  const backgroundImage = stops.length > 0 ? `linear-gradient(90deg, ${stops.join(", ")})` : "none";
  return <span class={`attempt-bar ${style ?? ""}`} aria-hidden="true" style={{ backgroundImage }} />;
}
