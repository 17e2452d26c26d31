import type { RagEvent } from "@llm-provider/rag";
import { dollars, duration, ownEscape, paint, type CommandIo } from "@llm-provider/testing/command";

/** Writes what the server does to stderr: a line for each thing that ended, and at a terminal one that counts chunks. */
export function showEvents(io: CommandIo): (event: RagEvent) => void {
  const { dim, red } = paint(io);
  /** Files that are being embedded, with their counts. */
  const running = new Map<string, string>();
  let isDrawn = false;
  const clear = (): void => {
    if (isDrawn) io.err(`${ownEscape}[1A${ownEscape}[J`);
    isDrawn = false;
  };
  const draw = (): void => {
    clear();
    if (!io.isTerminal || running.size === 0) return;
    io.err(`${dim([...running.values()].join(" · ").slice(0, io.columns - 1))}\n`);
    isDrawn = true;
  };

  return (event) => {
    if (event.type === "progress") {
      const { fileId, name, done, total } = event;
      running.set(fileId, `${name} ${done}/${total}`);
      if (!io.isTerminal && done < total) io.err(`embedding ${name} ${done} of ${total} chunks\n`);
      return draw();
    }
    if (event.type === "stored") running.delete(event.fileId);
    else if (event.type === "refused" && event.fileId !== undefined) running.delete(event.fileId);
    clear();
    // LibreChat tells its user more about a file whose type is not read where the status is 200.
    const status = event.type === "refused" && event.status !== 200 ? ` (${event.status})` : "";
    if (event.type === "refused") io.err(`${red("refused")} ${event.route}${status}: ${event.message}\n`);
    else io.err(`${describe(event)}\n`);
    draw();
  };
}

function describe(event: Exclude<RagEvent, { type: "progress" | "refused" }>): string {
  if (event.type === "deleted") return `deleted ${count(event.files, "file")}`;
  const took = duration(event.milliseconds);
  if (event.type === "searched") {
    const skipped = event.skipped === 0 ? "" : ` · not searched, since another model embedded them: ${event.skipped}`;
    return `searched ${count(event.files, "file")}: ${count(event.found, "chunk")} · ${took}${skipped}`;
  }
  const { name, chunks, embedded, cost } = event;
  if (embedded === 0) return `stored ${name}: it was there already, ${count(chunks, "chunk")} · ${took}`;
  const resumed = embedded < chunks ? `, ${embedded} of them embedded now` : "";
  const price = cost === undefined || cost === 0 ? "" : ` · ${dollars(cost)}`;
  return `stored ${name}: ${count(chunks, "chunk")}${resumed} · ${took}${price}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
