import { explainLibreChatText, isHarmlessText } from "./explain-librechat-text.ts";

/** One entry of a log: its first line without time and level, and the lines that belong to it. */
export interface LogEntry {
  readonly level: "error" | "warn" | "other";
  readonly text: string;
  /** The other fields of a JSON line, beside level and message. */
  readonly fields?: { readonly [name: string]: unknown };
}

/** The prefix of a line if several programs log into one stream, or a journal adds it. */
const prefixes: readonly RegExp[] = [
  /^\[?[A-Za-z][\w./-]{0,80}\]?[ \t]*\| ?/,
  /^\[pod\/[\w./-]+\] /,
  /^\w{3} +\d+ \d\d:\d\d:\d\d \S+ [\w./-]+\[\d+\]: /,
];
const time = String.raw`\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*`;
const levels = "error|warn(?:ing)?|info|debug|verbose|http|silly|trace|fatal|critical";
const heads: readonly RegExp[] = [
  new RegExp(`^(?:${time} )?\\[?(${levels})\\]?: `, "i"),
  new RegExp(`^${time}[\\s,-].{0,60}?\\b(${levels})\\b\\W{1,4}`, "i"),
];
// oxlint-disable-next-line no-control-regex -- colors of a terminal
const colors = /\u001B\[[\d;]*m/g;
/** Text that an ending program prints after its last entry. */
const thrown = /^(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)(?: \[\w+\])?: /;

/**
 * The important error of a log: the last one that is not known noise. Reads `docker compose logs`, winston's lines and
 * their continuation lines, JSON lines, journals; a text that is not a log is one entry.
 */
export function lastError(text: string): LogEntry {
  const entries = readEntries(text);
  const errors = entries.filter(({ level }) => level === "error");
  const last =
    errors.findLast((entry) => !isEmptyFrame(entry.text) && !isHarmlessText(entry.text)) ??
    (errors.length > 0
      ? undefined
      : entries.findLast(({ text: one }) => explainLibreChatText(one) && !isHarmlessText(one))) ??
    errors.at(-1) ??
    entries.findLast(({ level }) => level === "warn") ??
    entries.at(-1);
  return last ?? { level: "other", text: text.trim() };
}

/** LibreChat announces an error and writes it into the next entry. */
function isEmptyFrame(text: string): boolean {
  return /^(?:\[[^\]]*\]\s*)*(?:Unhandled error(?: type)?|Operation aborted)?\s*$/.test(
    text.replace(/\s*\{"userId":"[^"]*"\}\s*$/, ""),
  );
}

function readEntries(text: string): LogEntry[] {
  const entries: { level: LogEntry["level"]; isLogged: boolean; lines: string[]; fields?: LogEntry["fields"] }[] = [];
  for (const line of withoutPrefixes(text.replaceAll(colors, "").split(/\r?\n/))) {
    const fields = readJsonLine(line);
    const head = heads.map((one) => one.exec(line)).find(Boolean);
    const open = entries.at(-1);
    const start = (level: LogEntry["level"], first: string): void =>
      void entries.push({ level, isLogged: true, lines: [first], ...(fields && { fields }) });
    if (fields) start(levelOf(String(fields["level"])), String(fields["message"] ?? ""));
    else if (head) start(levelOf(head[1]!), line.slice(head[0].length));
    else if (open?.isLogged && open.level !== "error" && thrown.test(line)) start("error", line);
    else if (open) open.lines.push(line);
    else entries.push({ level: "other", isLogged: false, lines: [line] });
  }
  return entries.map(({ level, lines, fields }) => ({
    level,
    text: lines.join("\n").trim(),
    ...(fields && { fields }),
  }));
}

/** It is a prefix if the program's own lines, or most lines, have it. */
function withoutPrefixes(lines: readonly string[]): string[] {
  const used = lines.filter((line) => line.trim() !== "");
  const prefix = prefixes.find((one) => used.filter((line) => one.test(line)).length > used.length / 2);
  return prefix
    ? lines.map((line) => line.replace(prefix, "").replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z (?=\{|\d{4}-)/, ""))
    : [...lines];
}

function readJsonLine(line: string): LogEntry["fields"] {
  if (!line.trimStart().startsWith("{") || !line.includes('"level"')) return undefined;
  try {
    const value = JSON.parse(line) as { [name: string]: unknown };
    return typeof value["level"] === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function levelOf(word: string): LogEntry["level"] {
  if (/^(?:error|fatal|critical)$/i.test(word)) return "error";
  return /^warn/i.test(word) ? "warn" : "other";
}
