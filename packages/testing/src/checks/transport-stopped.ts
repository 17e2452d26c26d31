import { setTimeout as sleep } from "node:timers/promises";
import type { ChatStream } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { withFakeClock, within } from "../kit/clock.ts";
import { codeOf, same } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { collectEvents } from "../kit/send.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer } from "../server/mock-server.ts";

const words = "one two three four five six seven eight nine ten";

/** Timeouts, and callers who give up. */
export const transportStopped: readonly Check[] = [
  {
    name: "times-out-on-headers",
    by: "faults",
    title: "headers that do not come within `timeout` are a timeout, and the request is ended",
    async run(kit) {
      const server = (await kit.faultServer()).open({ ...kit.whole(kit.answer()), hang: "headers" });
      const error = await kit.promptRejection(kit.provider(server, { timeout: 30 }).chat(kit.request()));
      same(codeOf(error), "timeout");
      await arrival(server.requests, 50);
      await within(server.requests[0]?.disconnected ?? Promise.resolve(), "the connection to be closed");
    },
  },
  {
    name: "times-out-on-silence",
    by: "faults",
    title: "a stream that is silent for `idleTimeout` is a timeout, and the request is ended",
    async run(kit) {
      const server = (await kit.faultServer()).open({ ...kit.stream(kit.answer({ text: words })), hang: "body" });
      const error = await kit.promptRejection(kit.provider(server, { idleTimeout: 40 }).stream(kit.request()).result);
      same(codeOf(error), "timeout");
      await within(server.requests[0]!.disconnected, "the connection to be closed");
    },
  },
  {
    name: "allows-long-answers",
    by: "faults",
    title: "an answer may take longer than `timeout` and `idleTimeout` together if bytes keep arriving, even comments",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
      const isSse = kit.definition.dialect.framing === "sse";
      async function* slowly(): AsyncGenerator<string> {
        const all = pieces;
        for (let count = 0; count < 10; count++) {
          yield isSse ? ": still here\n\n" : "\n";
          await new Promise((done) => setTimeout(done, 400));
        }
        yield* all;
      }
      const server = mockServer({ ...head, pieces: slowly() });
      const provider = kit.provider(server, { timeout: 1000, idleTimeout: 1000 });
      const { text } = await withFakeClock(() => provider.stream(kit.request()).result);
      same(text, words);
    },
  },
  {
    name: "slow-reader-is-not-silence",
    by: "faults",
    title: "a reader who takes longer than `idleTimeout` does not count as silence of the endpoint",
    async run(kit) {
      const server = mockServer({ ...kit.stream(kit.answer({ text: words })), pieces: oneByOne(kit) });
      const stream = kit.provider(server, { idleTimeout: 1000 }).stream(kit.request());
      const read = withFakeClock(async () => {
        let text = "";
        for await (const event of stream) {
          if (event.type === "text") text += event.text;
          await new Promise((done) => setTimeout(done, 3000));
        }
        return text;
      });
      same(await read, words);
    },
  },
  {
    name: "aborted-calls-send-nothing",
    by: "faults",
    title: "an abort before the call sends nothing",
    async run(kit) {
      for (const mode of ["chat", "stream", "models"] as const) {
        const server = mockServer(kit.whole(kit.answer()));
        const provider = kit.provider(server);
        const options = { signal: AbortSignal.abort() };
        const run = async (): Promise<unknown> =>
          mode === "chat"
            ? provider.chat(kit.request(), options)
            : mode === "models"
              ? provider.models(options)
              : collectOrThrow(provider.stream(kit.request(), options));
        same([codeOf(await kit.rejection(run(), mode)), server.requests.length], ["aborted", 0], {
          at: `${mode}, code and requests`,
        });
      }
    },
  },
  {
    name: "aborts-while-waiting",
    by: "faults",
    title: "an abort while waiting for headers rejects at once and closes the connection",
    async run(kit) {
      const server = (await kit.faultServer()).open({ ...kit.whole(kit.answer()), hang: "headers" });
      const controller = new AbortController();
      const call = kit.provider(server).chat(kit.request(), { signal: controller.signal });
      await arrival(server.requests);
      controller.abort();
      same(codeOf(await kit.promptRejection(call)), "aborted");
      await within(server.requests[0]!.disconnected, "the connection to be closed");
    },
  },
  {
    name: "aborts-while-streaming",
    by: "faults",
    title: "an abort in the middle of a stream ends the loop and the result, and closes the connection",
    async run(kit) {
      const server = (await kit.faultServer()).open(endless(kit));
      const controller = new AbortController();
      const stream = kit.provider(server).stream(kit.request(), { signal: controller.signal });
      const reading = (async () => {
        for await (const event of stream) if (event.type === "text") controller.abort();
      })();
      same(codeOf(await kit.promptRejection(reading)), "aborted", {
        at: "the loop",
      });
      same(codeOf(await kit.promptRejection(stream.result)), "aborted", {
        at: "the result",
      });
      await within(server.requests[0]!.disconnected, "the connection to be closed");
    },
  },
  {
    name: "ignores-late-aborts",
    level: "SHOULD",
    by: "faults",
    title: "an abort after the end changes nothing",
    async run(kit) {
      const controller = new AbortController();
      const stream = kit
        .provider(mockServer(kit.stream(kit.answer({ text: words }))))
        .stream(kit.request(), { signal: controller.signal });
      await collectEvents(stream);
      controller.abort();
      same((await stream.result).text, words);
    },
  },
];

async function arrival(requests: readonly unknown[], patience = 2000): Promise<void> {
  const deadline = Date.now() + patience;
  while (requests.length === 0 && Date.now() < deadline) await sleep(2);
}

/** Pieces that are made on demand. */
async function* oneByOne(kit: Kit): AsyncGenerator<string> {
  yield* kit.stream(kit.answer({ text: words })).pieces;
}

async function collectOrThrow(stream: ChatStream): Promise<void> {
  const { error } = await collectEvents(stream);
  if (error !== undefined) throw error;
}

/** A stream that never ends by itself. */
function endless(kit: Kit): MockResponse {
  const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
  const [first, ...others] = pieces;
  async function* writing(): AsyncGenerator<string> {
    yield first!;
    for (;;) {
      for (const piece of others.slice(0, 4)) yield piece;
      await sleep(5);
    }
  }
  return { ...head, pieces: writing() };
}
