import { type Definition, type ModelInfo, ProviderError } from "@llm-provider/core";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { openProvider, providerOptions } from "../open-provider.ts";
import { paint } from "../paint.ts";
import { usageError } from "../usage-error.ts";
import { wrap } from "../wrap.ts";

type Row = Partial<ModelInfo> & { id: string; isListed?: boolean };

export const models: Command = {
  summary: "List models with window, price and features",
  usage: "models <provider> [options]",
  description:
    "The endpoint's own list, each model with what the catalogue knows of it: context window and longest answer in tokens, US dollars a million tokens in and out, features, retirement. Without a key the catalogue alone is shown.",
  options: {
    ...providerOptions,
    json: { type: "boolean", description: "Print the list as JSON" },
    offline: { type: "boolean", description: "Show the catalogue and ask nobody" },
  },
  examples: [
    "llm-provider models groq",
    "llm-provider models openrouter --json | jq '.[].id'",
    "llm-provider models ./packages/acme --twin",
  ],
  async run(values, [target, ...rest], io) {
    if (target === undefined || rest.length > 0)
      throw usageError("Which provider? Such as `llm-provider models groq`.");
    const { provider, definition, close } = await openProvider(target, values, io, { maxRetries: 0 });
    try {
      const listed = values["offline"] ? undefined : await ask(() => provider.models({ signal: io.signal }), io);
      const rows = merge(definition, listed);
      io.out(values["json"] ? `${JSON.stringify(rows, null, 2)}\n` : table(rows, io));
      return 0;
    } finally {
      await close();
    }
  },
};

async function ask(list: () => Promise<Row[]>, io: Io): Promise<Row[] | undefined> {
  try {
    return await list();
  } catch (error) {
    if (!ProviderError.is(error) || error.code !== "missing-key") throw error;
    io.err(`${error.message} This is the catalogue alone. ${error.hint}\n`);
    return undefined;
  }
}

/** What the endpoint lists, then what only the catalogue knows. */
function merge(definition: Definition, listed: readonly Row[] | undefined): Row[] {
  const seen = new Set(listed?.map(({ id }) => id));
  const known = Object.entries(definition.models).filter(([id]) => !seen.has(id));
  return [
    ...(listed ?? []).map((row) => ({ ...row, isListed: true })),
    ...known.map(([id, info]) => ({ id, ...info, ...(listed && { isListed: false }) })),
  ];
}

function table(rows: readonly Row[], io: Io): string {
  const { bold, dim, yellow } = paint(io);
  const headings = ["model", "window", "answer", "$ in", "$ out"];
  const cells = rows.map(({ id, context, maxOutput, price }) => [
    id,
    tokens(context),
    tokens(maxOutput),
    price ? String(price.input) : "",
    price ? String(price.output) : "",
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ");
  const room = io.columns - widths.reduce((sum, width) => sum + width + 2, 0);
  const body = rows.map((row, index) => {
    const [text, cell] = [notes(row), line(cells[index]!)];
    const paintNotes = row.retired || row.isListed === false ? yellow : dim;
    if (text === "") return cell.trimEnd();
    // Too long for the line of a terminal: on lines of its own, below.
    if (io.isTerminal && text.length > room)
      return `${cell.trimEnd()}\n${wrap(text, io.columns - 2)
        .map((part) => `  ${paintNotes(part)}`)
        .join("\n")}`;
    return `${cell}  ${paintNotes(text)}`;
  });
  return `${bold(line(headings))}\n${body.join("\n")}\n${dim("Tokens; US dollars a million tokens.")}\n`;
}

function notes({ price, features = [], retired, isListed }: Row): string {
  return [
    ...(retired
      ? [`retired ${retired.on}, use ${retired.use}`]
      : isListed === false
        ? ["not listed by the endpoint"]
        : []),
    ...features,
    ...(price?.peak ? ["dearer at peak hours"] : []),
    ...(price?.tiers ? ["dearer when long"] : []),
  ].join(", ");
}

function tokens(count: number | undefined): string {
  return count === undefined ? "" : count.toLocaleString("en-US");
}
