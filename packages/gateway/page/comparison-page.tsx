import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { InspectedRequest } from "../src/inspector/inspected-request.ts";
import { AnswerView } from "./answer-view.tsx";
import { format } from "./format.ts";
import type { LiveRows } from "./live-rows.ts";
import { linkTo } from "./route.ts";
import { Status } from "./status.tsx";
import { useInspected } from "./use-inspected.ts";

const facts: readonly (readonly [name: string, cell: (request: InspectedRequest) => ComponentChildren])[] = [
  ["Status", ({ row }) => <Status row={row} />],
  ["First content", ({ row }) => format.ms(row.firstContent)],
  ["Total", ({ row }) => format.ms(row.total)],
  ["Tokens/s", ({ row }) => format.rate(row.tokensPerSecond)],
  ["Tokens in", ({ row }) => format.count(row.usage?.inputTokens)],
  ["Tokens out", ({ row }) => format.count(row.usage?.outputTokens)],
  ["Reasoning", ({ row }) => format.count(row.usage?.reasoningTokens)],
  ["Cost", ({ row }) => format.cost(row)],
  ["Attempts", ({ row }) => row.attempts.length],
  ["Changes", ({ row }) => row.changes],
  ["Ended with", ({ row }) => row.finishReason],
  ["Error", ({ row }) => row.error && `${row.error.code}: ${row.error.message}`],
];

/** Two requests with the same body, side by side. */
export function ComparisonPage({ live, one, other }: { live: LiveRows; one: string; other: string }): VNode {
  const both = [useInspected(one, live.get(one)), useInspected(other, live.get(other))];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [one, other]);
  return (
    <section class="detail" aria-label="Comparison">
      <div class="title">
        <h1 ref={heading} tabIndex={-1}>
          Side by side
        </h1>
        <a class="close" href={linkTo.list} aria-label="Close the comparison" title="Close (Escape)">
          ✕
        </a>
      </div>
      <table class="comparison">
        <thead>
          <tr>
            <td />
            {both.map(({ request, failure }, index) => (
              <th key={index} scope="col">
                {request ? (
                  <a href={linkTo.request(request.row.id)}>{request.row.target ?? request.row.model}</a>
                ) : (
                  (failure ?? "Reading …")
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {both.map(({ request }, index) => (
                <td key={index} class="n">
                  {request && (cell(request) || "–")}
                </td>
              ))}
            </tr>
          ))}
          <tr class="answers">
            <th scope="row">Answer</th>
            {both.map(({ request }, index) => (
              <td key={index}>{request && <AnswerView request={request} />}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}
