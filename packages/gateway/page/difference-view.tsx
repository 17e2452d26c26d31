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

/** The caller's body beside the wire's. Each changed line has its reason; fields with a rule tell it when asked. */
export function DifferenceView({ attempt }: { attempt: InspectedAttempt }): VNode {
  const { difference, changes } = attempt;
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(mostLines);
  const rows: VNode[] = [];
  for (let at = 0; at < difference.length && rows.length < most;) {
    const end = endOfRun(difference, at);
    const isFolded = end - at > 2 * context + 2 && !opened.has(at);
    const [before, after] = isFolded
      ? [at === 0 ? 0 : context, end === difference.length ? 0 : context]
      : [end - at, 0];
    for (let index = at; index < at + before; index++) rows.push(lineOf(attempt, index));
    if (isFolded) {
      const start = at;
      rows.push(
        <button type="button" key={`fold-${at}`} class="fold" onClick={() => setOpened(new Set([...opened, start]))}>
          ⋯ {end - at - before - after} unchanged lines
        </button>,
      );
    }
    for (let index = Math.max(end - after, at + before); index < end; index++) rows.push(lineOf(attempt, index));
    at = end;
  }
  const isCut = rows.length > most;
  const elsewhere = changes.filter((_, index) => !difference.some(({ change }) => change === index));
  return (
    <>
      <div class="difference" role="group" aria-label="Difference">
        {isCut ? rows.slice(0, most) : rows}
        {isCut && (
          <button type="button" class="fold" onClick={() => setMost(most * 4)}>
            ⋯ more lines
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
      {changes.length === 0 && <p class="note">The target got the body unchanged but for what is marked.</p>}
    </>
  );
}

/** Where the run of lines of one kind that begins here ends. Only unchanged lines are folded, so others are runs of one. */
function endOfRun(lines: readonly DifferenceLine[], from: number): number {
  let end = from + 1;
  if (lines[from]!.kind !== "same") return end;
  while (end < lines.length && lines[end]!.kind === "same") end++;
  return end;
}

function lineOf({ difference, changes, notes }: InspectedAttempt, index: number): VNode {
  const { kind, text, change, note } = difference[index]!;
  const shown = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
  const isFirst = change !== undefined && difference[index - 1]?.change !== change;
  const noted = note === undefined ? undefined : notes[note];
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
      {from !== undefined && to !== undefined && (
        <>
          {" "}
          <code>{from}</code> → <code>{to}</code>
        </>
      )}
      : <Prose text={reason} /> <SourceLink source={source} />
    </>
  );
}
