import { parse } from "yaml";
import { lastError, type LogEntry } from "./read-log.ts";

/** The error that a person pasted, without the text around it. */
export interface LoggedError {
  /** The message of the error, without the frame and the status before it and the stack after it. */
  readonly text: string;
  /** The whole entry of the log. */
  readonly entry: string;
  /** The HTTP status, if the text names one. */
  readonly status?: number;
  /** The body of the answer, if the text contains one. */
  readonly body?: unknown;
  /** The headers of the answer, by name in lower case: curl prints them. */
  readonly headers: { readonly [name: string]: string };
}

/** The text that LibreChat writes before another program's error. Read in 0.8.7. */
const frames: readonly RegExp[] = [
  /^\[(?![{"\s])[^\]\n]*\]\s*/,
  /^(?:Unhandled error(?: type)?|Operation aborted|AI response error; aborting request|An error occurred while processing (?:the|your) request)\b[:.]?\s*/,
  /^Something went wrong\. Here['’]s the specific error message we encountered:\s*/,
  /^(?:Generation error for [\w-]+|Error in [\w ]+|Failed to [\w ]+|Run error|Error encountered)\s*:\s*/,
  /^(?:[a-z_]+\.)*(?:[A-Z]\w*)?(?:Error|Exception):\s*/,
  /^Error code: (?=\d{3}\b)/,
  // Text from a screenshot has line breaks if the window was narrow.
].map(({ source }) => new RegExp(source.replaceAll(/(?<!\\) (?!\])/g, "\\s+")));
const statusBefore = /^(?:HTTP(?:\/\d(?:\.\d)?)?[\s:]+)?([45]\d\d)\b[\s:,-]*/;
const statusInside =
  /(?:<title>\s*|\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?:[ _]?code)?|error code)["']?[\s:=("']*|\bcode["']?\s*[:=]\s*["']?)([45]\d\d)\b/i;
/** The most characters of an entry that are read: patterns are slow on an endless text. */
const longestEntry = 16_384;
const troubleshooting = /\s*Troubleshooting URL:\s*(\S+)\s*/i;
const stackLine = /^\s+at .+$/gm;

/** Reads a status, an error text, a JSON body, an answer of curl with its headers, an SDK's error, or a log: of a log, its last error. */
export function readError(input: string): LoggedError {
  const answer = readCurl(input);
  const entry = answer ? { level: "other" as const, text: answer.body } : lastError(input);
  const plain = [entry.text, ...causesOf(entry)].join("\n").replaceAll(stackLine, "").trim().slice(0, longestEntry);
  const { status: before, text: unframed } = withoutFrames(plain.replace(troubleshooting, "\n").trim());
  const found = ownBody(entry) ?? findBody(unframed);
  const rest = found ? unframed.replace(found.source, " ") : unframed;
  const named = statusInside.exec(rest)?.[1] ?? (found && statusOf(found.value));
  const status =
    answer?.status ?? before ?? numberOf(entry.fields?.["status"] ?? entry.fields?.["statusCode"]) ?? numberOf(named);
  const text = rest.replace(/\{"(?:userId|conversationId)"[^{}]*\}/g, " ").trim();
  return {
    text: text === "" && !found ? unframed : text,
    entry: [plain, ...(answer ? [input.slice(0, longestEntry)] : [])].join("\n"),
    ...(status !== undefined && { status }),
    ...(found && { body: found.value }),
    headers: answer?.headers ?? {},
  };
}

/** Does the text contain LangChain's link to its pages about errors? It follows every 404, whatever the reason. */
export function namesLangChainPage(entry: string): boolean {
  return troubleshooting.test(entry) || /MODEL_NOT_FOUND/.test(entry);
}

function withoutFrames(text: string): { status?: number; text: string } {
  let rest = text;
  let status: number | undefined;
  for (let i = 0; i < 12; i++) {
    const frame = frames.find((one) => one.test(rest));
    const number: string | undefined = frame ? undefined : statusBefore.exec(rest)?.[0];
    if (frame) rest = rest.replace(frame, "");
    else if (number !== undefined && status === undefined) {
      status = Number(/\d{3}/.exec(number.replace(/^HTTP\/\d(\.\d)?/, ""))![0]);
      // People know "422 status code (no body)" and "404 page not found" with their number.
      if (!/^\d+ status code/.test(rest)) rest = rest.slice(number.length);
    } else break;
  }
  return { ...(status !== undefined && { status }), text: rest.trim() };
}

/** `curl -i` and `curl -v`: the last final status line, its headers, and the text after them. */
function readCurl(input: string): { status: number; headers: { [name: string]: string }; body: string } | undefined {
  const lines = input.replaceAll("\r", "").split("\n");
  const received = lines.map((line) => line.replace(/^< ?/, ""));
  const start = received.findLastIndex((line) => /^HTTP\/\d(?:\.\d)? [2-5]\d\d\b/.test(line));
  if (start < 0) return undefined;
  const headers: { [name: string]: string } = {};
  let end = start + 1;
  for (; end < received.length; end++) {
    const header = /^([\w-]+):\s*(.*)$/.exec(received[end]!);
    if (!header) break;
    headers[header[1]!.toLowerCase()] = header[2]!.trim();
  }
  const body = lines.slice(end).filter((line) => !/^(?:[*<>}] ?|[{] \[\d+ bytes)/.test(line));
  return { status: Number(/ (\d{3})/.exec(received[start]!)![1]), headers, body: body.join("\n").trim() };
}

/** The cause in a JSON line beside its message: it has the reason of a broken connection. */
function causesOf({ fields = {} }: LogEntry): string[] {
  const words: string[] = [];
  let cause: unknown = fields["cause"];
  for (let depth = 0; depth < 4 && typeof cause === "object" && cause !== null; depth++) {
    const { message, code, cause: next } = cause as { [name: string]: unknown };
    for (const word of [message, code]) if (typeof word === "string") words.push(word);
    cause = next;
  }
  return words;
}

/** The OpenAI SDK's error keeps the body in `error`, axios in `response.data`. */
function ownBody({ fields }: LogEntry): { value: unknown; source: string } | undefined {
  if (!fields) return undefined;
  const response = fields["response"] as { data?: unknown } | undefined;
  if (typeof response?.data === "object" && response.data !== null) return { value: response.data, source: "" };
  const error = fields["error"];
  return typeof error === "object" && error !== null ? { value: { error }, source: "" } : undefined;
}

const errorKeys = ["error", "message", "detail", "errors", "msg", "error_message"];
const mostTries = 40;

/** The first object in a text that describes an error: JSON, or the form in which Python or Node prints it. */
function findBody(text: string): { value: unknown; source: string } | undefined {
  let tries = 0;
  for (const { index } of text.matchAll(/[{[]/g)) {
    if (++tries > mostTries) break;
    const source = balanced(text, index);
    if (source === undefined) continue;
    const value = readObject(source);
    if (speaksOfError(value)) return { value, source };
  }
  // A truncated line still has its message.
  const message = /["']message["']\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return message === undefined
    ? undefined
    : { value: { error: { message: message.replaceAll('\\"', '"') } }, source: "" };
}

function speaksOfError(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => speaksOfError(one));
  return typeof value === "object" && value !== null && errorKeys.some((key) => Object.hasOwn(value, key));
}

function readObject(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    if (source.length > 20_000) return undefined;
  }
  try {
    const plain = source.replaceAll(/'\s*\+\s*'/g, "").replaceAll(/(?<=[:,[]\s*)(?:None|undefined)\b/g, "null");
    return parse(plain, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}

/** The text from an opening bracket to the one that closes it; brackets in quotes do not count. */
function balanced(text: string, from: number): string | undefined {
  let depth = 0;
  let quote: string | undefined;
  for (let i = from; i < text.length; i++) {
    const one = text[i]!;
    if (quote !== undefined) {
      if (one === "\\") i++;
      else if (one === quote) quote = undefined;
    } else if (one === '"' || (one === "'" && /[{[,:(\s]/.test(text[i - 1] ?? ""))) quote = one;
    else if (one === "{" || one === "[") depth++;
    else if ((one === "}" || one === "]") && --depth === 0) return text.slice(from, i + 1);
  }
  return undefined;
}

function statusOf(value: unknown): string | undefined {
  return /"(?:code|status|status_code|statusCode)":"?([45]\d\d)\b/.exec(JSON.stringify(value) ?? "")?.[1];
}

function numberOf(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number >= 400 && number < 600 ? number : undefined;
}
