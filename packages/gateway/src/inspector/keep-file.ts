import { closeSync, constants, fstatSync, openSync, readSync, write } from "node:fs";
import { FileRefusal } from "@llm-provider/core/internal/files";
import type { Ring } from "../recording/ring.ts";
import type { InspectedRequest } from "./inspected-request.ts";
import { readKeptLine } from "./read-kept-file.ts";
import { toInspected, type InspectContext } from "./to-inspected.ts";

/** Bytes that may wait to be written. Beyond that, requests are dropped with a warning, so that a stuck disk does not fill the memory. */
const mostWaiting = 64 * 1024 * 1024;
/** The most bytes to read of an existing file's first line. */
const longestBegin = 64 * 1024 * 1024;

/** A file with a line of JSON for each request. */
interface KeepFile {
  write(request: InspectedRequest): void;
  /** Writes pending requests and closes the file. */
  close(): Promise<void>;
}

/**
 * Appends every finished request to a file. Returns a function that writes pending requests and closes the file.
 * @throws FileRefusal if the file has other content, or cannot be created.
 */
export function keepAll(
  ring: Ring,
  path: string,
  context: InspectContext,
  warn: (sentence: string) => void,
): () => Promise<void> {
  const file = openKeepFile(path, warn);
  let last: Promise<void> = Promise.resolve();
  let isWarned = false;
  const keep = async (id: string): Promise<void> => {
    const sealed = ring.find(id);
    if (sealed) return file.write(await toInspected(sealed, context));
    if (!isWarned) warn("Some requests are not kept: they arrive faster than they can be written.");
    isWarned = true;
  };
  ring.onEnd((id) => {
    last = last.then(() => keep(id)).catch(() => {});
  });
  return async () => {
    await last;
    await file.close();
  };
}

/** Opens a file to append requests to. Only the owner may read a new file, since it contains conversations. */
function openKeepFile(path: string, warn: (sentence: string) => void): KeepFile {
  const file = openOwn(path);
  let waiting: Buffer[] = [];
  let size = 0;
  let isWarned = false;
  let isClosed = false;
  let running: Promise<void> | undefined;
  const tell = (sentence: string): void => {
    if (!isWarned) warn(sentence);
    isWarned = true;
  };
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const bytes = Buffer.concat(waiting);
      waiting = [];
      size = 0;
      try {
        await append(file, bytes);
      } catch (error) {
        tell(`Requests are no longer kept: ${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
      }
    }
    running = undefined;
  };
  return {
    write(request) {
      const line = Buffer.from(`${JSON.stringify(request)}\n`);
      if (size + line.length > mostWaiting)
        return tell(`Some requests are not kept: they arrive faster than ${path} can be written.`);
      waiting.push(line);
      size += line.length;
      running ??= drain();
    },
    async close() {
      await running;
      if (!isClosed) closeSync(file);
      isClosed = true;
    },
  };
}

function append(file: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    write(file, bytes, (error, written) => {
      if (error) reject(error);
      else if (written < bytes.length) append(file, bytes.subarray(written)).then(resolve, reject);
      else resolve();
    });
  });
}

function openOwn(path: string): number {
  const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
  let file: number;
  try {
    file = openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
  } catch (error) {
    throw new FileRefusal(`${path} cannot be written: ${(error as NodeJS.ErrnoException).code}.`, 2);
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new FileRefusal(`${path} is not a regular file. Name another file for --keep.`, 2);
    if (found.size > 0 && !isOurs(file))
      throw new FileRefusal(`${path} already exists and has other content. Name another file for --keep.`, 2);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Whether the first line is a request and the last one is complete. */
function isOurs(file: number): boolean {
  const { size } = fstatSync(file);
  const pieces: Buffer[] = [];
  for (let at = 0; at < Math.min(size, longestBegin);) {
    const piece = Buffer.alloc(64 * 1024);
    const read = readSync(file, piece, 0, piece.length, at);
    if (read === 0) break;
    at += read;
    pieces.push(piece.subarray(0, read));
    if (piece.subarray(0, read).includes(10)) break;
  }
  const [line = ""] = Buffer.concat(pieces).toString("utf8").split("\n", 1);
  const end = Buffer.alloc(1);
  readSync(file, end, 0, 1, size - 1);
  // A request appended to a line that a crash cut off would be lost.
  return typeof readKeptLine(line) !== "string" && end[0] === 10;
}
