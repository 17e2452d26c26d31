import type { Values } from "./command.ts";
import { dollars } from "./describe-usage.ts";
import type { Io } from "./io.ts";
import { openProvider, type OpenProvider } from "./open-provider.ts";
import { paint } from "./paint.ts";
import { readPrompt } from "./read-prompt.ts";
import { readRequest } from "./read-request.ts";
import { usageError } from "./usage-error.ts";

type Row = {
  target: string;
  state: string;
  first?: number;
  perSecond?: number;
  input?: number;
  output?: number;
  cost?: number;
  text: string;
};

const headings = ["provider", "first token", "tokens/s", "in", "out", "cost", "state"];

/** Asks several at once; on a terminal the table is drawn again as they answer. */
export async function compare(
  targets: readonly string[],
  values: Values,
  words: readonly string[],
  io: Io,
): Promise<number> {
  if (targets.length < 2) throw usageError("`--compare` takes two or more, such as `--compare groq,deepseek`.");
  const prompt = await readPrompt(words, io);
  const opened: OpenProvider[] = [];
  try {
    for (const target of targets) opened.push(await openProvider(target, values, io));
    const rows: Row[] = targets.map((target) => ({ target, state: "waiting", text: "" }));
    const isLive = io.isTerminal && !values["json"];
    let drawn = 0;
    const draw = (): void => {
      if (drawn > 0) io.out(`\u001B[${drawn}A\u001B[J`);
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
    if (values["json"]) io.out(`${JSON.stringify(rows, null, 2)}\n`);
    else draw();
    return rows.every((row) => row.state === "stop" || row.state === "length") ? 0 : 1;
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }

  async function ask({ provider, model }: OpenProvider, row: Row): Promise<void> {
    const began = performance.now();
    const stream = provider.stream(readRequest(model, prompt, values), { signal: io.signal });
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

function table(rows: readonly Row[], io: Io): string {
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
