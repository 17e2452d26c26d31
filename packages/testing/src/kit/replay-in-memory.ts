import { replayHeaders, responseBytes } from "../cassette/recorded-response.ts";
import { mockServer } from "../server/mock-server.ts";
import { cutBytes, cutFinely } from "./chunkings.ts";
import type { Replayer } from "./kit.ts";

/** Bytes of a body that is read byte by byte from end to end. */
const long = 4500;

/** Plays through the `fetch` option: no nock, no socket, and quick enough for a read of every byte. */
export const replayInMemory: Replayer = async (cassette, chunking, run) => {
  const problems: string[] = [];
  const left = [...cassette.interactions];
  const server = mockServer((_, request) => {
    const { pathname, search } = new URL(request.url);
    const next = left.shift();
    if (next?.method !== request.method || next.path !== pathname + search) {
      problems.push(
        `${request.method} ${pathname} was asked, ${next ? `${next.method} ${next.path}` : "nothing more"} is recorded`,
      );
      return { status: 501, headers: {}, pieces: ["not in the cassette"] };
    }
    const bytes = responseBytes(next);
    const pieces = chunking === "bytes" ? cutFinely(bytes, long) : cutBytes(bytes, chunking);
    return { status: next.status, headers: replayHeaders(next), pieces, reset: next.status === 0 };
  });
  const value = await run(server.options);
  if (problems.length === 0)
    problems.push(...left.map(({ method, path }) => `${method} ${path} is recorded and was not asked`));
  return { value, problems };
};
