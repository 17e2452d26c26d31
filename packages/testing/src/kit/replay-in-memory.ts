import { responseBytes, toResponse } from "../cassette/recorded-response.ts";
import { mockServer } from "../server/mock-server.ts";
import type { Chunking, Replayer } from "./kit.ts";

/** The ways in which a network may cut a body. */
export const chunkings: readonly Chunking[] = ["whole", "events", "bytes", "random"];

/** Cuts a body into the reads of one chunking; joined they are the body. */
export function cutBytes(bytes: Buffer, chunking: Chunking): Buffer[] {
  switch (chunking) {
    case "whole":
      return bytes.length > 0 ? [bytes] : [];
    case "bytes":
      return Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
    case "events":
      return cutAtEvents(bytes);
    case "random":
      return cutAtRandom(bytes);
  }
}

/** Byte by byte. A body longer than `long` is cut at random between its two ends, because reads take time. */
export function cutFinely(bytes: Buffer, long: number): Buffer[] {
  if (bytes.length <= long) return cutBytes(bytes, "bytes");
  const end = Math.floor(long / 3);
  const [head, middle, tail] = [bytes.subarray(0, end), bytes.subarray(end, -end), bytes.subarray(-end)];
  return [...cutBytes(head, "bytes"), ...cutBytes(middle, "random"), ...cutBytes(tail, "bytes")];
}

/** After each blank line, or after each line if there are no blank ones. */
function cutAtEvents(bytes: Buffer): Buffer[] {
  const separator = bytes.includes("\n\n") ? "\n\n" : "\n";
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, from)) {
    pieces.push(bytes.subarray(from, at + separator.length));
    from = at + separator.length;
  }
  if (from < bytes.length) pieces.push(bytes.subarray(from));
  return pieces;
}

/** The same cuts every time, many of them small, so that they fall inside lines, fields and characters. */
function cutAtRandom(bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let seed = bytes.length + 1;
  for (let from = 0; from < bytes.length;) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const length = 1 + Math.floor((seed / 2 ** 32) ** 4 * 300);
    pieces.push(bytes.subarray(from, from + length));
    from += length;
  }
  return pieces;
}

/** Bytes: longer bodies are read byte by byte at both ends only. */
const long = 4500;

/** Replays through the `fetch` option, without nock and sockets: fast enough for one read per byte. */
export const replayInMemory: Replayer = async (cassette, chunking, run) => {
  const problems: string[] = [];
  const left = [...cassette.interactions];
  const server = mockServer((_, request) => {
    const { pathname, search } = new URL(request.url);
    const next = left.shift();
    if (next?.method !== request.method || next.path !== pathname + search) {
      problems.push(
        `${request.method} ${pathname} was requested, ${next ? `${next.method} ${next.path}` : "nothing more"} is recorded`,
      );
      return { status: 501, headers: {}, pieces: ["not in the cassette"] };
    }
    const bytes = responseBytes(next);
    const pieces = chunking === "bytes" ? cutFinely(bytes, long) : cutBytes(bytes, chunking);
    return { ...toResponse(next), pieces, reset: next.status === 0 };
  });
  const value = await run(server.options);
  if (problems.length === 0)
    problems.push(...left.map(({ method, path }) => `${method} ${path} is recorded, but was not requested`));
  return { value, problems };
};
