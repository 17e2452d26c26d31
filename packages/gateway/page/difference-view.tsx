import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { DifferenceLine, InspectedAttempt, InspectedChange } from "../src/inspector/inspected-request.ts";
import { JsonText } from "./json-text.tsx";
import { NotedField } from "./noted-field.tsx";
import { Prose } from "./prose.tsx";
import { SourceLink } from "./source-link.tsx";

const context = 3;
const mostLines = 1500;
const longestLine = 4000;
const signs = { same: " ", removed: "−", added: "+" };

/** The difference between the caller's body and the sent one. Changed lines have a reason, and fields with a rule have a note. */
export function DifferenceView({ attempt }: { attempt: InspectedAttempt }): VNode {
  const { difference, changes } = attempt;
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(mostLines);
  const items = itemsOf(difference, opened);
  const elsewhere = changes.filter((_, index) => !difference.some(({ change }) => change === index));
  return (
    <>
      <div class="difference" role="group" aria-label="Difference">
        {items.slice(0, most).map(({ from, to }) =>
          to === undefined ? (
            lineOf(attempt, from)
          ) : (
            <button
              type="button"
              key={`fold-${from}`}
              class="fold"
              onClick={() => setOpened(new Set([...opened, from]))}
            >
              ⋯ {to - from} unchanged lines
            </button>
          ),
        )}
        {items.length > most && (
          <button type="button" class="fold" onClick={() => setMost(most * 4)}>
            ⋯ {items.length - most} more lines
          </button>
        )}
      </div>
      {elsewhere.length > 0 && (
        <ul class="other-changes" aria-label="Other changes">
          {elsewhere.map((change, index) => (
            <li key={index}>
              <ChangeWords change={change} />
            </li>
          ))}
        </ul>
      )}
      {changes.length === 0 && <p class="note">The target got the body unchanged, apart from the marked lines.</p>}
    </>
  );
}

/** A line, or a fold in place of the unchanged lines `from` to `to`. */
interface Item {
  readonly from: number;
  readonly to?: number;
}

function itemsOf(lines: readonly DifferenceLine[], opened: ReadonlySet<number>): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < lines.length;) {
    let end = at + 1;
    if (lines[at]!.kind === "same") while (end < lines.length && lines[end]!.kind === "same") end++;
    const from = at === 0 ? 0 : at + context;
    const to = end === lines.length ? end : end - context;
    const isFolded = to - from > 2 && !opened.has(from);
    for (; at < end; at++) {
      if (!isFolded || at < from || at >= to) items.push({ from: at });
      else if (at === from) items.push({ from, to });
    }
  }
  return items;
}

function lineOf({ difference, changes, notes }: InspectedAttempt, index: number): VNode {
  const { kind, text, change, note } = difference[index]!;
  const shown = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
  const isFirst = change !== undefined && difference[index - 1]?.change !== change;
  // A note belongs to the line with the field's name, not to the lines of its value.
  const noted = note === undefined || difference[index - 1]?.note === note ? undefined : notes[note];
  const content = noted ? <NotedField text={shown} note={noted} id={`note-${index}`} /> : <JsonText text={shown} />;
  return (
    <div key={index} class={`line ${kind}`}>
      <span class="sign">{signs[kind]}</span>
      {kind === "same" ? (
        <span class="code">{content}</span>
      ) : kind === "added" ? (
        <ins>{content}</ins>
      ) : (
        <del>{content}</del>
      )}
      {isFirst && changes[change] && (
        <span class="why">
          <ChangeWords change={changes[change]} />
        </span>
      )}
    </div>
  );
}

function ChangeWords({ change: { parameter, action, reason, source, from, to } }: { change: InspectedChange }): VNode {
  return (
    <>
      <b class={`action ${action}`}>{action}</b> <code>{parameter}</code>
      {to !== undefined && (
        <>
          {" "}
          {from !== undefined && <code>{from}</code>} → <code>{to}</code>
        </>
      )}
      : <Prose text={reason} /> <SourceLink source={source} />
    </>
  );
}
