import { type Definition, type ModelInfo, ProviderError } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";
import { createCommand, paint, toJson, wrap } from "@llm-provider/testing/command";
import type { Command } from "commander";
import { type CliIo, providerArgument } from "../cli-io.ts";
import { addProviderOptions, openProvider, type ProviderChoice } from "../open-provider.ts";

type Row = Partial<ModelInfo> & { id: string; isListed?: boolean };

interface Options extends ProviderChoice {
  readonly json?: boolean;
  readonly offline?: boolean;
}

const help = {
  description:
    "The endpoint's own list, each model with what the catalogue knows about it: context window and longest answer in tokens, US dollars per million tokens in and out, features, retirement. Without a key, only the catalogue is shown.",
  examples: [
    "llm-provider models groq",
    "llm-provider models openrouter --json | jq '.[].id'",
    "llm-provider models ./packages/acme --twin",
  ],
};

export function models(io: CliIo, summary: string): Command {
  const command = createCommand("models", { summary, ...help }, io)
    .usage("<provider> [options]")
    .argument("<provider>", providerArgument(io));
  return addProviderOptions(command)
    .option("--json", "Print the list as JSON")
    .option("--offline", "Show the catalogue and send no request")
    .action(async (target: string, options: Options) => {
      const { provider, definition, close } = await openProvider(target, options, io, { maxRetries: 0 });
      try {
        const listed = options.offline ? undefined : await ask(() => provider.models({ signal: io.signal }), io);
        const rows = merge(definition, listed);
        io.out(options.json ? `${toJson(rows)}\n` : table(rows, io));
      } finally {
        await close();
      }
    });
}

async function ask(list: () => Promise<Row[]>, io: CliIo): Promise<Row[] | undefined> {
  try {
    return await list();
  } catch (error) {
    if (!ProviderError.is(error) || error.code !== "missing-key") throw error;
    io.err(`${error.message} Only the catalogue is shown. ${error.hint}\n`);
    return undefined;
  }
}

/** The endpoint's list, then the models that only the catalogue has. */
function merge(definition: Definition, listed: readonly Row[] | undefined): Row[] {
  const seen = new Set(listed?.map(({ id }) => id));
  const known = Object.keys(definition.models).filter((id) => !seen.has(id));
  return [
    ...(listed ?? []).map((row) => ({ ...row, isListed: true })),
    ...known.map((id) => ({ id, ...modelInfo(definition, id), ...(listed && { isListed: false }) })),
  ];
}

function table(rows: readonly Row[], io: CliIo): string {
  const { bold, dim, yellow } = paint(io);
  const headings = ["model", "context", "max output", "$ in", "$ out"];
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
    // Too long for a terminal line: printed on separate lines below.
    if (io.isTerminal && text.length > room)
      return `${cell.trimEnd()}\n${wrap(text, io.columns - 2)
        .map((part) => `  ${paintNotes(part)}`)
        .join("\n")}`;
    return `${cell}  ${paintNotes(text)}`;
  });
  return `${bold(line(headings))}\n${body.join("\n")}\n${dim("Tokens; US dollars per million tokens.")}\n`;
}

function notes({ price, features = [], retired, aliasOf, isListed }: Row): string {
  return [
    ...(aliasOf ? [`alias of ${aliasOf}`] : []),
    ...(retired
      ? [`retired ${retired.on}, use ${retired.use}`]
      : isListed === false
        ? ["not listed by the endpoint"]
        : []),
    ...features,
    ...(price?.peak ? ["higher at peak hours"] : []),
    ...(price?.tiers ? ["higher for long prompts"] : []),
  ].join(", ");
}

function tokens(count: number | undefined): string {
  return count === undefined ? "" : count.toLocaleString("en-US");
}
