import nock from "nock";
import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import type { Interaction } from "../cassette/cassette.ts";
import { replayHeaders, responseBytes } from "../cassette/recorded-response.ts";
import { whileIntercepted } from "./guard-network.ts";
import type { Replayer } from "./kit.ts";
import type { Chunking } from "./kit.ts";
import { cutBytes } from "./replay-in-memory.ts";

nock.restore();
nock.cleanAll();

/**
 * Replays through nock, at the socket: Node's own fetch reads the recorded bytes. nock is active only during a replay, so
 * that the fault server meets an untouched network stack. Bodies are always sent chunked: otherwise nock makes a cut body
 * look complete, and undici throws the abort of an idle one where nobody can catch it.
 */
export const replayThroughNock: Replayer = async (cassette, chunking, run) => {
  const problems: string[] = [];
  const onMiss = ({ method = "a request", url, path = "" }: { method?: string; url?: string; path?: string }): void => {
    problems.push(`${method} ${url ?? path} was requested, but is not in the cassette`);
  };
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  nock.emitter.on("no match", onMiss);
  try {
    for (const interaction of cassette.interactions) define(interaction, chunking);
    const value = await whileIntercepted(() => run({}));
    if (problems.length === 0)
      problems.push(...nock.pendingMocks().map((mock) => `${mock} is recorded, but was not requested`));
    return { value, problems };
  } finally {
    nock.emitter.off("no match", onMiss);
    nock.abortPendingRequests();
    nock.cleanAll();
    nock.enableNetConnect();
    nock.restore();
  }
};

function define(interaction: Interaction, chunking: Chunking): void {
  const { scope, path, method, status } = interaction;
  // One check compares the bodies of requests; the checks of answers accept any.
  const interceptor = nock(scope).intercept(path, method, () => true);
  if (status === 0) {
    interceptor.replyWithError(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
    return;
  }
  const headers = Object.entries(replayHeaders(interaction)).flatMap(([name, values]) =>
    values.flatMap((value) => [name, value]),
  );
  interceptor.reply(status, () => Readable.from(pieces(interaction, chunking)), [
    ...headers,
    "transfer-encoding",
    "chunked",
  ]);
}

async function* pieces(interaction: Interaction, chunking: Chunking): AsyncGenerator<Buffer> {
  for (const piece of cutBytes(responseBytes(interaction), chunking)) {
    yield piece;
    await turn();
  }
  if (interaction.ended.startsWith("error:")) throw new Error(interaction.ended);
}
