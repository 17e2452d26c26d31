import type { VNode } from "preact";
import type { InspectedPrice, InspectorRow } from "../src/inspector/inspected-request.ts";
import { format } from "./format.ts";
import { SourceLink } from "./source-link.tsx";

/** The numbers of a request, and the price behind its cost. */
export function Figures({ row, price }: { row: InspectorRow; price: InspectedPrice | undefined }): VNode {
  const { usage } = row;
  const figures: readonly (readonly [name: string, value: string | undefined])[] = [
    ["First content", format.ms(row.firstContent)],
    ["Total", format.ms(row.total)],
    ["Tokens/s", format.rate(row.tokensPerSecond)],
    ["Tokens in", format.count(usage?.inputTokens)],
    ["Tokens out", format.count(usage?.outputTokens)],
    ["Cached", format.count(usage?.cachedInputTokens)],
    ["Reasoning", format.count(usage?.reasoningTokens)],
    ["Cost", format.cost(row)],
    ["Cache", row.cache],
    ["Ended with", row.finishReason],
  ];
  return (
    <>
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name} class={value ? "" : "none"}>
            <dt>{name}</dt>
            <dd>{value || "–"}</dd>
          </div>
        ))}
      </dl>
      {price && (
        <p class="price">
          Price per million tokens: {format.usd(price.input)} in, {format.usd(price.output)} out
          {price.cached !== undefined && `, ${format.usd(price.cached)} cached`}, according to{" "}
          <SourceLink source={price.source} />
        </p>
      )}
    </>
  );
}
