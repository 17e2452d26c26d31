import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { DocumentError } from "./document-error.ts";
import type { TextPart } from "./document-text.ts";
import type { PdfLimits } from "./read-pdf.ts";

/** The input of a worker. */
export type ParserJob =
  | ({ readonly kind: "pdf"; readonly name: string; readonly bytes: Uint8Array } & PdfLimits)
  | {
      readonly kind: "html" | "markdown";
      readonly name: string;
      readonly text: string;
      readonly maxCharacters: number;
    };

/** A message from a worker. */
export type ParserMessage =
  | { readonly type: "ready" }
  | { readonly type: "parsed"; readonly parts: readonly TextPart[] }
  | { readonly type: "refused"; readonly code: DocumentError["code"]; readonly message: string };

/** The limits of a worker. */
export interface ParserLimits {
  /** Milliseconds. */
  readonly time: number;
  /** Bytes. */
  readonly memory: number;
}

const mebibyte = 1024 * 1024;
/** Milliseconds between two measurements of a worker's memory. */
const watchInterval = 50;
const workerFile = new URL(`./parser-worker${extname(import.meta.url)}`, import.meta.url);

let free = availableParallelism();
const waiting: (() => void)[] = [];

/**
 * Parses a document in a worker, and terminates the worker when it is done or exceeds its time or memory. No more workers run at once
 * than there are processors.
 * @throws DocumentError if the document cannot be parsed within the limits.
 */
export async function runParser(job: ParserJob, { time, memory }: ParserLimits): Promise<readonly TextPart[]> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  // The copy is moved to the worker. Posting the view would clone the whole buffer behind it, such as a request's body.
  const bytes = job.kind === "pdf" ? new Uint8Array(job.bytes) : undefined;
  const worker = new Worker(workerFile, {
    workerData: bytes ? { ...job, bytes } : job,
    transferList: bytes ? [bytes.buffer] : [],
    env: {},
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    // The engine's own limit is only a safety net: it ignores buffers, and one large allocation beyond it ends the whole process.
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil((4 * memory) / mebibyte), stackSizeMb: 16 },
  });
  try {
    return await watch(worker, job.name, { time, memory });
  } finally {
    await worker.terminate();
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

async function watch(worker: Worker, name: string, { time, memory }: ParserLimits): Promise<readonly TextPart[]> {
  const tooMuch = (what: string) =>
    new DocumentError(
      "too-large",
      `Reading ${name} takes more than ${what}. Split it into smaller files, or save it as plain text.`,
    );
  const outOfMemory = tooMuch(`${Math.floor(memory / mebibyte)} MiB of memory`);
  const unreadable = new DocumentError("unreadable", `${name} is damaged. Save it again, or as plain text.`);
  let timer: NodeJS.Timeout | undefined;
  let watcher: NodeJS.Timeout | undefined;
  let isReady = false;
  let isOver = false;
  try {
    return await new Promise((resolve, reject) => {
      // This call fails once the worker has ended; the events below report that.
      const look = async (): Promise<void> => {
        const { used_heap_size: heap, external_memory: buffers } = await worker.getHeapStatistics();
        if (heap + buffers > memory) reject(outOfMemory);
        if (!isOver) watcher = setTimeout(() => void look().catch(() => {}), watchInterval);
      };
      worker.on("message", (message: ParserMessage) => {
        if (message.type === "parsed") resolve(message.parts);
        else if (message.type === "refused") reject(new DocumentError(message.code, message.message));
        else {
          isReady = true;
          timer = setTimeout(() => reject(tooMuch(`${time / 1000} s`)), time);
          look().catch(() => {});
        }
      });
      worker.once("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "ERR_WORKER_OUT_OF_MEMORY") reject(outOfMemory);
        // An error before the worker is ready is not the file's fault.
        else reject(isReady ? unreadable : error);
      });
      worker.once("exit", () => reject(unreadable));
    });
  } finally {
    isOver = true;
    clearTimeout(timer);
    clearTimeout(watcher);
  }
}
