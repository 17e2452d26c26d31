import { dollars, ownEscape, paint, toJson, usageError } from "@llm-provider/testing/command";
import type { CliIo } from "../cli-io.ts";
import { openProvider, type OpenProvider, type ProviderChoice } from "../open-provider.ts";
import { readPrompt, readRequest, type RequestChoice } from "../read-request.ts";

interface Row {
  target: string;
  state: string;
  first?: number;
  perSecond?: number;
  input?: number;
  output?: number;
  cost?: number;
  text: string;
}

const headings = ["provider", "first token", "tokens/s", "in", "out", "cost", "state"];

type CompareOptions = ProviderChoice & RequestChoice & { readonly json?: boolean };

/** Asks several at once; on a terminal the table is drawn again as they answer. */
export async function chatCompare(
  targets: readonly string[],
  options: CompareOptions,
  words: readonly string[],
  io: CliIo,
): Promise<void> {
  if (targets.length < 2) throw usageError("`--compare` takes two or more, such as `--compare groq,deepseek`.");
  const prompt = await readPrompt(words, io);
  const opened: OpenProvider[] = [];
  try {
    for (const target of targets) opened.push(await openProvider(target, options, io));
    const rows: Row[] = targets.map((target) => ({ target, state: "waiting", text: "" }));
    const isLive = io.isTerminal && !options.json;
    let drawn = 0;
    const draw = (): void => {
      if (drawn > 0) io.out(`${ownEscape}[${drawn}A${ownEscape}[J`);
      const text = table(rows, io);
      io.out(text);
      drawn = text.split("\n").length - 1;
    };
    const timer = isLive ? setInterval(draw, 100) : undefined;
    try {
      await Promise.all(opened.map((one, index) => ask(one, rows[index]!)));
    } finally {
      clearInterval(timer);
    }
    if (options.json) io.out(`${toJson(rows)}\n`);
    else draw();
    if (!rows.every(({ state }) => state === "stop" || state === "length")) io.exitCode = 1;
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }

  async function ask({ provider, model }: OpenProvider, row: Row): Promise<void> {
    const began = performance.now();
    const stream = provider.stream(readRequest(model, prompt, options), { signal: io.signal });
    try {
      for await (const event of stream) {
        if (event.type !== "text" && event.type !== "reasoning") continue;
        row.first ??= performance.now() - began;
        row.state = event.type === "text" ? "writing" : "thinking";
      }
      const { usage, finishReason, text } = await stream.result;
      const seconds = (performance.now() - began - (row.first ?? 0)) / 1000;
      Object.assign(row, {
        state: finishReason,
        text,
        input: usage?.inputTokens,
        output: usage?.outputTokens,
        cost: usage?.cost,
      });
      if (usage && seconds > 0) row.perSecond = usage.outputTokens / seconds;
    } catch (error) {
      row.state = error instanceof Error && "code" in error ? String(error.code) : String(error);
    }
  }
}

function table(rows: readonly Row[], io: CliIo): string {
  const { bold } = paint(io);
  const cells = rows.map(({ target, first, perSecond, input, output, cost, state }) => [
    target.length > 34 ? `${target.slice(0, 33)}…` : target,
    first === undefined ? "" : `${first.toFixed(0)} ms`,
    perSecond === undefined ? "" : perSecond.toFixed(0),
    String(input ?? ""),
    String(output ?? ""),
    cost === undefined ? "" : dollars(cost),
    state,
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === 6 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return `${[bold(line(headings)), ...cells.map(line)].join("\n")}\n`;
}
