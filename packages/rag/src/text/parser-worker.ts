import { parentPort, workerData } from "node:worker_threads";
import { DocumentError } from "./document-error.ts";
import type { TextPart } from "./document-text.ts";
import { readHtml, readMarkdown } from "./read-markup.ts";
import { readPdf } from "./read-pdf.ts";
import type { ParserJob, ParserMessage } from "./run-parser.ts";
import { tooManyCharacters } from "./too-many-characters.ts";

function send(message: ParserMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  parentPort!.postMessage(message);
}

async function parse(job: ParserJob): Promise<readonly TextPart[]> {
  if (job.kind === "pdf") return readPdf(job.bytes, job.name, job);
  const text = job.kind === "html" ? readHtml(job.text) : readMarkdownOrSource(job.text);
  if (text === "") throw new DocumentError("empty", `${job.name} shows no text. Upload a file that has some.`);
  if (text.length > job.maxCharacters) throw tooManyCharacters(job.name, job.maxCharacters);
  return [{ text }];
}

/** Falls back to the source where the parser overflows the stack, such as on a paragraph of a million lines: Markdown is readable as it is. */
function readMarkdownOrSource(text: string): string {
  try {
    return readMarkdown(text);
  } catch (error) {
    if (error instanceof RangeError) return text;
    throw error;
  }
}

const job = workerData as ParserJob;
send({ type: "ready" });
try {
  send({ type: "parsed", parts: await parse(job) });
} catch (error) {
  if (error instanceof DocumentError) send({ type: "refused", code: error.code, message: error.message });
  else if (error instanceof RangeError)
    send({ type: "refused", code: "unreadable", message: `${job.name} is nested too deeply. Save it as plain text.` });
  else send({ type: "refused", code: "unreadable", message: `${job.name} cannot be read. Save it as plain text.` });
}
