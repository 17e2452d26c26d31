import type { ExplainedLine } from "./endpoint/explained-line.ts";
import { asItem } from "./config/insert-entries.ts";
import { printBlock } from "./config/print-value.ts";
import type { LibreChatEndpoint } from "./librechat-endpoint.ts";
import type { McpServer } from "./mcp-server.ts";

/** The comments in a printed block. */
export interface PrintOptions {
  /** The fact and the source of each line, printed above it. @default [] */
  readonly lines?: readonly ExplainedLine[];
  /** Sentences about the whole block, printed above it. @default [] */
  readonly notes?: readonly string[];
}

/** An endpoint as the YAML of one item of `endpoints.custom`, with its indentation there. */
export function printEndpoint(endpoint: LibreChatEndpoint, { lines = [], notes = [] }: PrintOptions = {}): string {
  const comments = new Map(lines.map((line) => [line.path.join("\0"), comment(line)]));
  const block = printBlock(endpoint, (path) => comments.get(path.join("\0")));
  const head = notes.flatMap((note) => wrap(note, 110)).map((line) => `    # ${line}`);
  const item = asItem(block, 2).map((line) => (line === "" ? "" : `    ${line}`));
  return `${["endpoints:", "  custom:", ...head, ...item].join("\n")}\n`;
}

function comment({ fact, source }: ExplainedLine): string {
  const url = source.url.startsWith("http") ? source.url : `${source.url} (no page)`;
  return ` ${fact}\n ${url}${source.asOf ? ` (read ${source.asOf})` : ""}`;
}

function wrap(text: string, columns: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (longer.length > columns) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** A server as the YAML of one entry of `mcpServers`. */
export function printMcpServer(name: string, server: McpServer): string {
  return `${printBlock({ mcpServers: { [name]: server } }).join("\n")}\n`;
}
