import { Component, type ComponentChildren, type VNode } from "preact";
import type { InspectorRow } from "../src/inspector/inspected-request.ts";
import { AttemptBar, type Stretch } from "./attempt-bar.tsx";
import { format } from "./format.ts";
import { linkTo } from "./route.ts";
import { Status } from "./status.tsx";
import { TargetName } from "./target-name.tsx";

interface Column {
  readonly name: string;
  readonly title?: string;
  readonly style: string;
  readonly cell: (row: InspectorRow, isTabbed: boolean) => ComponentChildren;
}

/** The columns of the list. On narrow screens their styles hide some of them. */
export const columns: readonly Column[] = [
  { name: "Status", style: "status", cell: (row) => <Status row={row} /> },
  { name: "Model → target", style: "model", cell: nameOf },
  { name: "Time", style: "time", cell: (row) => format.time(row.time) },
  { name: "Client", style: "client w3", cell: (row) => row.client },
  { name: "Attempts", style: "tries w2", title: "Attempts over targets, and the time they took", cell: triesOf },
  { name: "First", style: "n ms w2", title: "Time to the first content", cell: (row) => format.ms(row.firstContent) },
  { name: "Total", style: "n ms", title: "Time until the answer ended", cell: (row) => format.ms(row.total) },
  {
    name: "Tok/s",
    style: "n few w3",
    title: "Output tokens per second",
    cell: (row) => format.rate(row.tokensPerSecond),
  },
  { name: "In", style: "n few w3", title: "Input tokens", cell: (row) => format.count(row.usage?.inputTokens) },
  { name: "Out", style: "n few w3", title: "Output tokens", cell: (row) => format.count(row.usage?.outputTokens) },
  {
    name: "Cached",
    style: "n few w4",
    title: "Input tokens from the endpoint's cache",
    cell: (row) => format.count(row.usage?.cachedInputTokens),
  },
  {
    name: "Reason",
    style: "n few w4",
    title: "Output tokens that were reasoning",
    cell: (row) => format.count(row.usage?.reasoningTokens),
  },
  {
    name: "Cost",
    style: "n cost w2",
    title: "US dollars; ~ is an estimate",
    cell: (row) => format.cost(row),
  },
  { name: "Cache", style: "few w4", title: "The gateway's cache", cell: (row) => row.cache },
  {
    name: "Changes",
    style: "n few w3",
    title: "Changes to the request for the target",
    cell: (row) => (row.changes > 0 ? <b class="changes">{row.changes}</b> : ""),
  },
];

function nameOf(row: InspectorRow, isTabbed: boolean): VNode {
  const { id, model, target, client, attempts, usage, replayOf } = row;
  const sub = [
    attempts.length > 1 && `${attempts.length} attempts`,
    usage && `${format.count(usage.inputTokens)} → ${format.count(usage.outputTokens)} tok`,
    format.cost(row),
    client,
  ];
  return (
    <>
      <a class="name" href={linkTo.request(id)} tabIndex={isTabbed ? 0 : -1}>
        {replayOf && <span title={`Replay of ${replayOf}`}>↻ </span>}
        <span class="public">{model}</span>
        {target && target !== model && <span class="arrow"> → </span>}
        {target && target !== model && <TargetName target={target} />}
      </a>
      <span class="sub narrow-only">{sub.filter(Boolean).join(" · ")}</span>
    </>
  );
}

function triesOf({ attempts, firstContent, total }: InspectorRow): VNode {
  const last = attempts.at(-1);
  const end = Math.max(total ?? 0, firstContent ?? 0, last ? last.at + last.ms : 0);
  const parts = attempts.map(({ at, ms, code }): Stretch => ({
    kind: code ? "failed" : "waited",
    from: at,
    to: at + ms,
  }));
  if (firstContent !== undefined && !last?.code) parts.push({ kind: "answered", from: firstContent, to: end });
  return (
    <>
      <AttemptBar parts={parts} end={end} />
      <span class={attempts.length > 1 ? "several" : ""}>{attempts.length || ""}</span>
    </>
  );
}

interface Props {
  readonly row: InspectorRow;
  readonly isOpen: boolean;
  /** The one row that the Tab key reaches; arrow keys reach the others. */
  readonly isTabbed: boolean;
  readonly onFocus: (id: string) => void;
}

/** One row of the list. It is rendered again only when its request changes. */
export class RequestRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { row, isOpen, isTabbed } = this.props;
    return next.row !== row || next.isOpen !== isOpen || next.isTabbed !== isTabbed;
  }

  override render({ row, isOpen, isTabbed, onFocus }: Props): VNode {
    const open = (event: MouseEvent): void => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && getSelection()?.isCollapsed !== false;
      if (isPlain && !(event.target as Element).closest("a")) location.hash = linkTo.request(row.id);
    };
    return (
      <tr
        role="row"
        data-id={row.id}
        class={isOpen ? "open" : ""}
        aria-current={isOpen ? "true" : undefined}
        onClick={open}
        onFocusIn={() => onFocus(row.id)}
      >
        {columns.map(({ name, style, cell }) => (
          <td key={name} role="cell" class={style}>
            {cell(row, isTabbed)}
          </td>
        ))}
      </tr>
    );
  }
}
