import type { Attempt } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { withFakeClock } from "../kit/clock.ts";
import { factOf, plainBody, retryCases } from "../kit/error-cases.ts";
import { codeOf, same, truth } from "../kit/expect.ts";
import { collectEvents } from "../kit/send.ts";
import { mockServer } from "../server/mock-server.ts";

/** Which requests are retried, when, and how often. */
export const retries: readonly Check[] = [
  {
    name: "never-retries-final-errors",
    by: "faults",
    title: "a request that cannot succeed is not retried",
    async run(kit) {
      for (const one of retryCases(kit, false)) {
        const { at, status, body } = one;
        const server = mockServer(kit.json(status, body));
        await kit.rejection(kit.provider(server, { maxRetries: 2, maxWait: 5 }).chat(kit.request()), at);
        same(server.requests.length, 1, { at: `${at}, requests`, fact: factOf(one) });
      }
    },
  },
  {
    name: "retries-as-often-as-asked",
    by: "faults",
    title: "a request that may succeed is retried as often as `maxRetries` says, and then succeeds or fails",
    async run(kit) {
      for (const one of retryCases(kit, true)) {
        const { at, status, body } = one;
        const fact = factOf(one);
        const failing = kit.json(status, body, { "retry-after-ms": "1" });
        for (const mode of ["chat", "stream"] as const) {
          const call = (server: ReturnType<typeof mockServer>, maxRetries: number): Promise<unknown> => {
            const provider = kit.provider(server, { maxRetries });
            return mode === "chat" ? provider.chat(kit.request()) : provider.stream(kit.request()).result;
          };
          const broken = mockServer(failing);
          await kit.rejection(call(broken, 2), at);
          same(broken.requests.length, 3, { at: `${at}, ${mode}, requests with retries 2`, fact });
          const healed = mockServer((index) => (index === 0 ? failing : kit.whole(kit.answer({ text: "at last" }))));
          same(((await call(healed, 1)) as { text: string }).text, "at last", {
            at: `${at}, ${mode}, then an answer`,
            fact,
          });
        }
      }
    },
  },
  {
    name: "never-retries-after-an-event",
    by: "faults",
    title: "once an event was passed on, the request is not retried",
    async run(kit) {
      const { pieces, ...head } = kit.stream(
        kit.answer({ text: "one two three four five six seven eight nine ten eleven twelve" }),
      );
      const server = mockServer({
        ...head,
        pieces: pieces,
        cutAt: pieces.slice(0, 4).join("").length,
      });
      const stream = kit.provider(server, { maxRetries: 2 }).stream(kit.request());
      const { events, error } = await collectEvents(stream);
      kit.caught.push(error);
      same([server.requests.length, events.length > 0, error !== undefined], [1, true, true], {
        at: "requests, events before the cut, an error after them",
      });
    },
  },
  {
    name: "reports-attempts",
    by: "faults",
    title: "`onAttempt` is called for every request with its number, status, error and time, and without the key",
    async run(kit) {
      const attempts: Attempt[] = [];
      const failing = kit.json(503, plainBody(kit.wire, 503), { "retry-after-ms": "1" });
      const [retry] = retryCases(kit, true);
      if (!retry) return;
      const first = retry.status === 503 ? failing : kit.json(retry.status, retry.body, { "retry-after-ms": "1" });
      const server = mockServer((index) => (index === 0 ? first : kit.whole(kit.answer())));
      await kit.provider(server, { maxRetries: 1, onAttempt: (attempt) => attempts.push(attempt) }).chat(kit.request());
      same(
        attempts.map(({ attempt, status }) => [attempt, status]),
        [
          [1, retry.status],
          [2, 200],
        ],
        { at: "attempt, status" },
      );
      same([codeOf(attempts[0]?.error), attempts[1]?.error], [retry.code, undefined], { at: "error" });
      for (const { ms, url, body, headers } of attempts) {
        same(
          [typeof ms, url, kit.wire.readRequest(body).model],
          ["number", server.requests[0]!.url, kit.definition.smallModel],
          {
            at: "ms, url, body",
          },
        );
        truth(!JSON.stringify(headers).includes(kit.key), "no key in the headers", headers);
      }
    },
  },
  {
    name: "retries-broken-connections",
    by: "faults",
    title: "a connection that breaks before the answer is retried",
    async run(kit) {
      const server = mockServer((index) => ({ ...kit.whole(kit.answer({ text: "at last" })), reset: index === 0 }));
      const { text } = await withFakeClock(() => kit.provider(server, { maxRetries: 1 }).chat(kit.request()));
      same([text, server.requests.length], ["at last", 2]);
      const list = mockServer((index) => ({
        ...kit.json(200, kit.wire.writeModels(["one"], kit.definition)),
        reset: index === 0,
      }));
      const listed = await withFakeClock(() => kit.provider(list, { maxRetries: 1 }).models());
      same([listed.length, list.requests.length], [1, 2], { at: "models" });
    },
  },
];
