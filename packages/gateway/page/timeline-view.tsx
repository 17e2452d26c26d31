import type { VNode } from "preact";
import type { Timeline } from "../src/inspector/inspected-request.ts";
import { format } from "./format.ts";

const kinds = { text: "text", reasoning: "reasoning", tool: "tool call", other: "other" };
const top = 26;
const floor = 118;
const lane = 130;
const axis = 166;

/** A stream over time: a tick for each chunk, bars for tokens per second, the first content and the longest gap, and tables with the same data. */
export function TimelineView({ timeline }: { timeline: Timeline }): VNode {
  const { ticks, firstContent, longestGap, end, rate, isEstimated } = timeline;
  const x = (at: number): string => `${((at / (end || 1)) * 100).toFixed(3)}%`;
  const most = Math.max(1, ...rate.map(({ perSecond }) => perSecond));
  const anchor = (at: number): "start" | "end" => (at > end * 0.7 ? "end" : "start");
  const facts = [
    `${format.count(ticks.length)} chunks in ${format.ms(end)}`,
    firstContent !== undefined && `first content after ${format.ms(firstContent)}`,
    longestGap && `longest gap ${format.ms(longestGap.to - longestGap.from)}`,
    rate.length > 0 && `at most ${format.rate(most)} tokens/s${isEstimated ? " (estimated)" : ""}`,
  ];
  const words = facts.filter(Boolean).join(", ");
  return (
    <div class="timeline">
      <p class="legend">
        {words}
        <span class="keys" aria-hidden="true">
          {Object.entries(kinds).map(
            ([kind, name]) => ticks.some((tick) => tick.kind === kind) && <i class={kind}>{name}</i>,
          )}
        </span>
      </p>
      <svg role="img" aria-label={`Stream over time: ${words}`} height="196" width="100%">
        {longestGap && (
          <g class="gap">
            <rect x={x(longestGap.from)} width={x(longestGap.to - longestGap.from)} y={top} height={axis - top} />
            <text
              x={x(anchor(longestGap.from) === "end" ? longestGap.to : longestGap.from)}
              y={top + 12}
              dx={anchor(longestGap.from) === "end" ? -4 : 4}
              text-anchor={anchor(longestGap.from)}
            >
              gap {format.ms(longestGap.to - longestGap.from)}
            </text>
          </g>
        )}
        {rate.map(({ from, to, perSecond }) => {
          const height = (perSecond / most) * (floor - top);
          return <rect key={from} class="rate" x={x(from)} width={x(to - from)} y={floor - height} height={height} />;
        })}
        {rate.length > 0 && (
          <text class="mark" x="100%" y={14} dx={-5} text-anchor="end">
            {format.rate(most)} tokens/s
          </text>
        )}
        <line class="rule" x1="0" x2="100%" y1={floor} y2={floor} />
        {ticks.map(({ at, kind }, index) => (
          <line key={index} class={`tick ${kind}`} x1={x(at)} x2={x(at)} y1={lane} y2={axis - 8} />
        ))}
        {firstContent !== undefined && (
          <g class="first">
            <line x1={x(firstContent)} x2={x(firstContent)} y1={8} y2={axis} />
            <text
              x={x(firstContent)}
              y={14}
              dx={anchor(firstContent) === "end" ? -5 : 5}
              text-anchor={anchor(firstContent)}
            >
              first content {format.ms(firstContent)}
            </text>
          </g>
        )}
        <line class="rule" x1="0" x2="100%" y1={axis} y2={axis} />
        {marksOf(end).map((at) => (
          <text
            key={at}
            class="mark"
            x={x(at)}
            y={axis + 16}
            text-anchor={at === 0 ? "start" : at > end * 0.95 ? "end" : "middle"}
          >
            {format.ms(at)}
          </text>
        ))}
      </svg>
      <Tables timeline={timeline} />
    </div>
  );
}

/** Round times for the axis, four to eight of them. */
function marksOf(end: number): number[] {
  const rough = Math.max(1, end) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

function Tables({
  timeline: { ticks, rate, firstContent, longestGap, end, isEstimated },
}: {
  timeline: Timeline;
}): VNode {
  const marks: [string, string][] = [
    ["First content", firstContent === undefined ? "none" : format.ms(firstContent)],
    ["Longest gap", longestGap ? `${format.ms(longestGap.from)} to ${format.ms(longestGap.to)}` : "none"],
    ["End", format.ms(end)],
  ];
  return (
    <details>
      <summary>The same as tables</summary>
      <div class="tables">
        <table>
          <caption>Marks</caption>
          <tbody>
            {marks.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="n">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Columns
          name={`Tokens per second${isEstimated ? ", estimated" : ""}`}
          heads={["From", "To", "Tokens/s"]}
          rows={rate.map(({ from, to, perSecond }) => [format.ms(from), format.ms(to), format.rate(perSecond)])}
        />
        <Columns
          name="Chunks"
          heads={["At", "Bytes", "What"]}
          rows={ticks.map(({ at, bytes, kind }) => [format.ms(at), format.count(bytes), kinds[kind]])}
        />
      </div>
    </details>
  );
}

function Columns({ name, heads, rows }: { name: string; heads: readonly string[]; rows: readonly string[][] }): VNode {
  return (
    <table>
      <caption>{name}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column} class="n">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
