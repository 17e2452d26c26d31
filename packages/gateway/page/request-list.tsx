import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { InspectorRow } from "../src/inspector/inspected-request.ts";
import type { LiveRows } from "./live-rows.ts";
import { columns, RequestRow } from "./request-row.tsx";

const kinds = {
  all: { name: "All", has: () => true },
  failed: { name: "Failed", has: (row: InspectorRow) => row.error !== undefined || (row.status ?? 0) >= 400 },
  retried: { name: "Fell back", has: (row: InspectorRow) => row.attempts.length > 1 },
  changed: { name: "Changed", has: (row: InspectorRow) => row.changes > 0 },
};
type Kind = keyof typeof kinds;

/** The newest requests, with a filter and a pause button. Arrow keys move between rows, and Enter opens a request. */
export function RequestList({ live, current }: { live: LiveRows; current: string | undefined }): VNode {
  const [text, setText] = useState("");
  const [kind, setKind] = useState<Kind>("all");
  const [paused, setPaused] = useState<readonly InspectorRow[]>();
  const [focused, setFocused] = useState<string>();
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = paused ?? live.list();
  const shown = rows.filter((row) => kinds[kind].has(row) && hasText(row, text));
  const missed = paused ? live.list().filter((row) => row.time > (paused[0]?.time ?? "")).length : 0;
  const tabbed = shown.some(({ id }) => id === focused) ? focused : shown[0]?.id;

  const wasOpen = useRef(current);
  useEffect(() => {
    const left = wasOpen.current;
    wasOpen.current = current;
    if (left && !current) body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(left)}"] a`)?.focus();
  }, [current]);

  return (
    <main class="requests" aria-label="Requests">
      <h1 class="unseen">Requests</h1>
      <div class="tools" role="search">
        <input
          id="filter"
          type="search"
          aria-label="Filter requests"
          placeholder="Filter: model, client, error …  ( / )"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            setText("");
            event.currentTarget.blur();
          }}
        />
        <div class="choice" role="group" aria-label="Show">
          {Object.entries(kinds).map(([id, { name }]) => (
            <button key={id} type="button" aria-pressed={id === kind} onClick={() => setKind(id as Kind)}>
              {name}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="pause"
          aria-pressed={paused !== undefined}
          onClick={() => setPaused(paused ? undefined : live.list())}
        >
          {paused ? `Resume${missed ? ` (${missed} new)` : ""}` : "Pause"}
        </button>
      </div>
      <div class="scroller">
        <table role="table" aria-label="Requests, the newest first">
          <thead role="rowgroup">
            <tr role="row">
              {columns.map(({ name, title, style }) => (
                <th key={name} role="columnheader" scope="col" class={style} title={title}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" ref={body} onKeyDown={onKeyDown}>
            {shown.map((row) => (
              <RequestRow
                key={row.id}
                row={row}
                isOpen={row.id === current}
                isTabbed={row.id === tabbed}
                onFocus={setFocused}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p class="empty">
            {rows.length > 0
              ? "No request matches the filter."
              : "No requests yet. Send one, and it appears here while it runs."}
          </p>
        )}
      </div>
    </main>
  );
}

function hasText(row: InspectorRow, text: string): boolean {
  if (text === "") return true;
  const { id, time, client, path, model, target, status, finishReason, error, attempts, dropped } = row;
  const words = [id, time, client, path, model, target, status, finishReason, error?.code, error?.message, dropped];
  const all = [...words, ...attempts.flatMap((attempt) => [attempt.target, attempt.code, attempt.message])];
  const has = all.join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => has.includes(word));
}

function onKeyDown(event: KeyboardEvent): void {
  const row = (event.target as Element).closest("tr");
  const next = {
    ArrowDown: row?.nextElementSibling,
    ArrowUp: row?.previousElementSibling,
    Home: row?.parentElement?.firstElementChild,
    End: row?.parentElement?.lastElementChild,
  }[event.key];
  if (!next) return;
  event.preventDefault();
  next.querySelector<HTMLElement>("a")?.focus();
}
