import type { ExplainedLine } from "./endpoint/explained-line.ts";
import { asItem } from "./config/insert-entries.ts";
import { printBlock } from "./config/print-value.ts";
import type { LibreChatEndpoint } from "./librechat-endpoint.ts";

/**
 * An endpoint as the YAML of one item of `endpoints.custom`, indented as it stands there. With `lines`, the fact and the
 * source of each line stand above it as comments.
 */
export function printEndpoint(endpoint: LibreChatEndpoint, lines: readonly ExplainedLine[] = []): string {
  const comments = new Map(lines.map((line) => [line.path.join("\0"), comment(line)]));
  const block = printBlock(endpoint, (path) => comments.get(path.join("\0")));
  return (
    ["endpoints:", "  custom:", ...asItem(block, 2).map((line) => (line === "" ? "" : `    ${line}`))].join("\n") + "\n"
  );
}

function comment({ fact, source }: ExplainedLine): string {
  const url = source.url.startsWith("http") ? source.url : `${source.url} (no page)`;
  return ` ${fact}\n ${url}${source.asOf ? ` (read ${source.asOf})` : ""}`;
}
