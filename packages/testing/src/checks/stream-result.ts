import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import type { ChatEvent, ProviderError } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { withFakeClock, within } from "../kit/clock.ts";
import { codeOf, same, truth } from "../kit/expect.ts";
import { chatFrom, collectEvents, heldStream } from "../kit/send.ts";
import { mockServer } from "../server/mock-server.ts";

/** The loop and the `result` of a stream together. */
export const streamResult: readonly Check[] = [
  {
    name: "result-needs-no-loop",
    by: "faults",
    title: "`result` can be awaited without a loop, before, during and after one; a second loop is a TypeError",
    async run(kit) {
      const provider = kit.provider(mockServer(kit.stream(kit.answer({ text: "one two three" }))));
      same((await within(provider.stream(kit.request()).result, "a result without a loop")).text, "one two three", {
        at: "without a loop",
      });
      const plain = textOf((await collectEvents(provider.stream(kit.request()))).events);
      const early = provider.stream(kit.request());
      const asked = early.result;
      await turn();
      same(textOf((await collectEvents(early)).events), plain, { at: "a loop after `result` was asked for" });
      same((await within(asked, "a result")).text, "one two three", { at: "asked for before the loop" });
      const late = provider.stream(kit.request());
      await collectEvents(late);
      same((await within(late.result, "a result after the loop")).text, "one two three", { at: "after the loop" });
      const again = await kit.rejection(
        (async () => {
          for await (const _ of late) break;
        })(),
        "a second loop",
      );
      truth(again instanceof TypeError, "a TypeError", again, { at: "a second loop" });
    },
  },
  {
    name: "leaving-the-loop-ends-the-request",
    by: "faults",
    title: "leaving the loop ends the request, and `result` is rejected as aborted",
    async run(kit) {
      const server = mockServer(heldStream(kit, new Promise(() => {})));
      const stream = kit.provider(server).stream(kit.request());
      await within(
        (async () => {
          for await (const event of stream) if (event.type === "text") break;
        })(),
        "the loop to end",
      );
      await within(server.requests[0]!.disconnected, "the request to be ended");
      same(codeOf(await kit.promptRejection(stream.result)), "aborted", {
        at: "result",
      });
    },
  },
  {
    name: "adds-no-delay",
    by: "faults",
    title: "an answer is passed on without delay: it is neither paced nor held back",
    async run(kit) {
      const answer = kit.answer({ text: "one two three four five six seven eight nine ten eleven twelve" });
      const took = async (run: () => Promise<unknown>): Promise<number> =>
        withFakeClock(async () => {
          const began = Date.now();
          await run();
          return Date.now() - began;
        });
      const streamed = await took(() =>
        collectEvents(kit.provider(mockServer(kit.stream(answer))).stream(kit.request())),
      );
      const whole = await took(() => chatFrom(kit, kit.whole(answer)));
      truth(streamed < 10 && whole < 10, "no waiting", `${streamed} ms for a stream, ${whole} ms for a whole answer`);
    },
  },
  {
    name: "loop-and-result-fail-alike",
    by: "faults",
    title: "if a stream fails, the loop and the result fail with the same error",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: "one two three four five" }));
      const error = kit.json(429, kit.wire.writeError({ status: 429, message: "Slow down.", type: "rate_limit" }), {
        "retry-after": "7",
      });
      for (const [at, reply] of [
        ["refused", error],
        ["broken off", { ...head, pieces: pieces.slice(0, 3) }],
      ] as const) {
        const running = kit.provider(mockServer(reply)).stream(kit.request());
        const loop = await collectEvents(running);
        const result = await kit.promptRejection(running.result, at);
        truth(loop.error !== undefined, "an error of the loop", loop.events, { at });
        const told = (one: unknown): object => {
          const { code, message, status, retryAfter, retryable } = one as ProviderError;
          return { code, message, status, retryAfter, retryable };
        };
        same(told(loop.error), told(result), { at });
      }
    },
  },
  {
    name: "sends-only-when-read",
    by: "faults",
    title: "no request is sent before the events or the result are requested",
    async run(kit) {
      const server = mockServer(kit.stream(kit.answer()));
      const stream = kit.provider(server).stream(kit.request());
      await sleep(5);
      same(server.requests.length, 0, { at: "requests before" });
      await stream.result;
      same(server.requests.length, 1, { at: "requests after" });
    },
  },
  {
    name: "unused-result-is-harmless",
    by: "faults",
    title: "a `result` that nobody awaits causes no unhandled rejection when the stream fails",
    async run(kit) {
      const server = mockServer(
        kit.json(500, kit.wire.writeError({ status: 500, message: "broken", type: "server_error" })),
      );
      const caught: unknown[] = [];
      const listeners = process.listeners("unhandledRejection");
      process.removeAllListeners("unhandledRejection");
      process.on("unhandledRejection", (reason) => caught.push(reason));
      try {
        void kit.provider(server).stream(kit.request()).result;
        const stream = kit.provider(server).stream(kit.request());
        void stream.result;
        await collectEvents(stream);
        await sleep(5);
      } finally {
        process.removeAllListeners("unhandledRejection");
        for (const listener of listeners) process.on("unhandledRejection", listener);
      }
      same(caught, [], { at: "unhandled rejections" });
    },
  },
];

function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.text : "")).join("");
}
