import type { VNode } from "preact";
import type { InspectorRow } from "../src/inspector/inspected-request.ts";

/** The status of a request: a coloured number, or a mark while it runs. A stream that broke off has a warning sign. */
export function Status({ row: { status, error } }: { row: InspectorRow }): VNode {
  if (status === undefined) return <span class="pill running">runs</span>;
  const kind = status >= 500 ? "bad" : status >= 400 ? "refused" : error ? "refused" : "good";
  return (
    <span class={`pill ${kind}`} title={error?.code}>
      {status}
      {error && status < 400 && <span title="The answer broke off.">⚠</span>}
    </span>
  );
}
