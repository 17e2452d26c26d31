import { gzipSync } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChatStream, ProviderError } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { codeOf } from "../kit/code-of.ts";
import { collectEvents } from "../kit/collect-events.ts";
import { same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { memorySite } from "../kit/memory-site.ts";
import { withFakeClock } from "../kit/with-fake-clock.ts";
import { within } from "../kit/within.ts";
import type { Reply } from "../twin/reply.ts";

const words = "one two three four five six seven eight nine ten";

/** What goes wrong between here and there, over real sockets. */
export const transport: readonly Check[] = [
  {
    id: "N1",
    level: "MUST",
    by: "faults",
    title: "a connection that is reset before the answer is a network error, and may be tried again",
    async run(kit) {
      const site = (await kit.loopback()).open({ ...kit.whole(kit.answer()), reset: true });
      const error = await kit.rejection(within(kit.provider(site).chat(kit.request()), "a rejection"), "an error");
      same([codeOf(error), (error as ProviderError).retryable], ["network", true], { at: "code, retryable" });
    },
  },
  {
    id: "N2",
    level: "MUST",
    by: "faults",
    title: "a stream that is cut is an error, wherever it is cut, and never a clean end",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
      const all = [...(pieces as string[])];
      const sites = await kit.loopback();
      for (const kept of [1, Math.ceil(all.length / 2), all.length - 3]) {
        const cutAt = Buffer.byteLength(all.slice(0, kept).join("")) - 5;
        const site = sites.open({ ...head, pieces: all, cutAt });
        await kit.rejection(
          within(kit.provider(site).stream(kit.request()).result, "a rejection"),
          "an error",
          `cut after ${cutAt} bytes`,
        );
      }
    },
  },
  {
    id: "N11",
    level: "MUST",
    by: "faults",
    title: "a body that ends well, but before the finish reason, is an invalid answer",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
      for (const kept of [0, 1, 4]) {
        const site = memorySite({ ...head, pieces: (pieces as string[]).slice(0, kept) });
        const error = await kit.rejection(
          kit.provider(site).stream(kit.request()).result,
          "an error",
          `${kept} pieces`,
        );
        same(codeOf(error), "invalid-response", { at: `${kept} pieces` });
      }
    },
  },
  {
    id: "N12",
    level: "MUST",
    by: "faults",
    title: "what had come before an answer broke stands in the error's `partial`",
    async run(kit) {
      const toolCalls = [{ id: "abcDEF123", name: "get_weather", arguments: '{"city":"Paris"}' }];
      const answer = kit.answer({ text: words, reasoning: "I think so.", toolCalls });
      const { pieces, ...head } = kit.stream(answer);
      const all = [...(pieces as string[])];
      const isSse = kit.definition.dialect.framing === "sse";
      // All but the finish: the last chunk that speaks, what follows it, and the end mark.
      const spoken = all.slice(
        0,
        all.findLastIndex(
          (piece) => piece.includes("Paris") || piece.includes('\\"}"') || piece.includes("get_weather"),
        ) + 1,
      );
      for (const kept of isSse ? [all.slice(0, Math.ceil(spoken.length / 2)), spoken] : [all.slice(0, 2)]) {
        const { events, error } = await collectEvents(
          kit.provider(memorySite({ ...head, pieces: kept })).stream(kit.request()),
        );
        kit.caught.push(error);
        const { partial } = (error ?? {}) as ProviderError;
        const join = (type: "text" | "reasoning"): string =>
          events.map((event) => (event.type === type ? event.text : "")).join("");
        same([partial?.text, partial?.reasoning], [join("text"), join("reasoning")], { at: "text, reasoning" });
        truth(join("reasoning") + join("text") !== "", "events before the end", events);
        const begun = events.flatMap((event) => (event.type === "tool-call-start" ? [event.name] : []));
        same(
          (partial?.toolCalls ?? []).map(({ name }) => name),
          begun,
          { at: "toolCalls" },
        );
      }
    },
  },
  {
    id: "N3",
    level: "MUST",
    by: "faults",
    title: "headers that do not come within `timeout` are a timeout, and the request is ended",
    async run(kit) {
      const site = (await kit.loopback()).open({ ...kit.whole(kit.answer()), hang: "headers" });
      const error = await kit.rejection(
        within(kit.provider(site, { timeout: 30 }).chat(kit.request()), "a rejection"),
        "an error",
      );
      same(codeOf(error), "timeout");
      await arrival(site.requests, 50);
      await within(site.requests[0]?.left ?? Promise.resolve(), "the connection to be closed");
    },
  },
  {
    id: "N4",
    level: "MUST",
    by: "faults",
    title: "a stream that falls silent for `idleTimeout` is a timeout, and the request is ended",
    async run(kit) {
      const site = (await kit.loopback()).open({ ...kit.stream(kit.answer({ text: words })), hang: "body" });
      const error = await kit.rejection(
        within(kit.provider(site, { idleTimeout: 40 }).stream(kit.request()).result, "a rejection"),
        "an error",
      );
      same(codeOf(error), "timeout");
      await within(site.requests[0]!.left, "the connection to be closed");
    },
  },
  {
    id: "N8",
    level: "MUST",
    by: "faults",
    title:
      "an answer may take longer than `timeout` and `idleTimeout` together, as long as something comes, be it a comment",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
      const isSse = kit.definition.dialect.framing === "sse";
      async function* slowly(): AsyncGenerator<string> {
        const all = [...(pieces as string[])];
        for (let count = 0; count < 10; count++) {
          yield isSse ? ": still here\n\n" : "\n";
          await new Promise((done) => setTimeout(done, 400));
        }
        yield* all;
      }
      const site = memorySite({ ...head, pieces: slowly() });
      const provider = kit.provider(site, { timeout: 1000, idleTimeout: 1000 });
      const { text } = await withFakeClock(() => provider.stream(kit.request()).result);
      same(text, words);
    },
  },
  {
    id: "N5",
    level: "MUST",
    by: "faults",
    title: "an abort before the call sends nothing",
    async run(kit) {
      for (const mode of ["chat", "stream", "models"] as const) {
        const site = memorySite(kit.whole(kit.answer()));
        const provider = kit.provider(site);
        const options = { signal: AbortSignal.abort() };
        const run = async (): Promise<unknown> =>
          mode === "chat"
            ? provider.chat(kit.request(), options)
            : mode === "models"
              ? provider.models(options)
              : collectOrThrow(provider.stream(kit.request(), options));
        same([codeOf(await kit.rejection(run(), "an error", mode)), site.requests.length], ["aborted", 0], {
          at: `${mode}, code and requests`,
        });
      }
    },
  },
  {
    id: "N13",
    level: "MUST",
    by: "faults",
    title: "an abort while the headers are awaited rejects at once, and closes the connection",
    async run(kit) {
      const site = (await kit.loopback()).open({ ...kit.whole(kit.answer()), hang: "headers" });
      const controller = new AbortController();
      const call = kit.provider(site).chat(kit.request(), { signal: controller.signal });
      await arrival(site.requests);
      controller.abort();
      same(codeOf(await kit.rejection(within(call, "a rejection"), "a rejection")), "aborted");
      await within(site.requests[0]!.left, "the connection to be closed");
    },
  },
  {
    id: "N14",
    level: "MUST",
    by: "faults",
    title: "an abort in the middle of a stream ends the loop and the result, and closes the connection",
    async run(kit) {
      const site = (await kit.loopback()).open(endless(kit));
      const controller = new AbortController();
      const stream = kit.provider(site).stream(kit.request(), { signal: controller.signal });
      const reading = (async () => {
        for await (const event of stream) if (event.type === "text") controller.abort();
      })();
      same(codeOf(await kit.rejection(within(reading, "a rejection of the loop"), "a rejection")), "aborted", {
        at: "the loop",
      });
      same(codeOf(await kit.rejection(within(stream.result, "a rejection of the result"), "a rejection")), "aborted", {
        at: "the result",
      });
      await within(site.requests[0]!.left, "the connection to be closed");
    },
  },
  {
    id: "N15",
    level: "SHOULD",
    by: "faults",
    title: "an abort after the end changes nothing",
    async run(kit) {
      const controller = new AbortController();
      const stream = kit
        .provider(memorySite(kit.stream(kit.answer({ text: words }))))
        .stream(kit.request(), { signal: controller.signal });
      await collectEvents(stream);
      controller.abort();
      same((await stream.result).text, words);
    },
  },
  {
    id: "N6",
    level: "MUST",
    by: "faults",
    title: "a redirect is not followed: neither the key nor the prompt goes to another address, which the error names",
    async run(kit) {
      const sites = await kit.loopback();
      for (const status of [301, 302, 307, 308]) {
        const other = sites.open(kit.whole(kit.answer()));
        const target = `${other.options.baseURL!.replace("127.0.0.1", "localhost")}${kit.definition.dialect.paths.chat}`;
        const site = sites.open({ status, headers: { location: target }, pieces: [""] });
        const error = await kit.rejection(
          within(kit.provider(site).chat(kit.request()), "a rejection"),
          "an error",
          `HTTP ${status}`,
        );
        same(other.requests.length, 0, { at: `HTTP ${status}, requests at the other address` });
        const { message, hint } = error as ProviderError;
        truth(
          `${message} ${hint}`.includes(new URL(target).origin),
          `a text that names ${new URL(target).origin}`,
          message,
          { at: `HTTP ${status}` },
        );
      }
    },
  },
  {
    id: "N7",
    level: "MUST",
    by: "faults",
    title: "a compressed answer is read, whole and streamed",
    async run(kit) {
      const sites = await kit.loopback();
      const packed = (reply: Reply): Reply => ({
        ...reply,
        headers: { ...reply.headers, "content-encoding": "gzip" },
        pieces: [gzipSync([...(reply.pieces as string[])].join(""))],
      });
      const answer = kit.answer({ text: "späte Grüße 👋🏽" });
      const whole = await kit.provider(sites.open(packed(kit.whole(answer)))).chat(kit.request());
      const streamed = await kit.provider(sites.open(packed(kit.stream(answer)))).stream(kit.request()).result;
      same([whole.text, streamed.text], [answer.text, answer.text]);
    },
  },
  {
    id: "N9",
    level: "SHOULD",
    by: "faults",
    title: "an informational answer first is passed over; a body whose framing is broken is an error",
    async run(kit) {
      const sites = await kit.loopback();
      const json = [...(kit.whole(kit.answer({ text: "after 103" })).pieces as string[])].join("");
      const informed = sites.openRaw((response) => {
        response.writeEarlyHints({ link: "</style.css>; rel=preload" }, () =>
          response.writeHead(200, { "content-type": "application/json" }).end(json),
        );
      });
      same((await within(kit.provider(informed).chat(kit.request()), "an answer")).text, "after 103");
      const broken = sites.openRaw((response) => {
        response.socket?.end(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${json}\r\n0\r\n\r\n`,
        );
      });
      await kit.rejection(
        within(kit.provider(broken).chat(kit.request()), "a rejection"),
        "an error",
        "chunks of no length",
      );
    },
  },
  {
    id: "N16",
    level: "MUST",
    by: "faults",
    title: "calls at the same time do not mix their answers",
    async run(kit) {
      const site = memorySite((_, { text }) => {
        const said = /say-\d+/.exec(text)?.[0] ?? "";
        const reply = kit.wire.wantsStream(JSON.parse(text))
          ? kit.stream(kit.answer({ text: `${said} ${words}` }))
          : kit.whole(kit.answer({ text: `${said} ${words}` }));
        return reply;
      });
      const provider = kit.provider(site);
      const texts = await Promise.all(
        Array.from({ length: 12 }, async (_, index) => {
          const request = kit.request({ messages: [{ role: "user", content: `say-${index}` }] });
          return (index % 2 ? await provider.chat(request) : await provider.stream(request).result).text;
        }),
      );
      same(
        texts,
        texts.map((_, index) => `say-${index} ${words}`),
      );
    },
  },
];

async function arrival(requests: readonly unknown[], patience = 2000): Promise<void> {
  const deadline = Date.now() + patience;
  while (requests.length === 0 && Date.now() < deadline) await sleep(2);
}

async function collectOrThrow(stream: ChatStream): Promise<void> {
  const { error } = await collectEvents(stream);
  if (error !== undefined) throw error;
}

/** A stream that never ends by itself. */
function endless(kit: Kit): Reply {
  const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
  const [first, ...others] = [...(pieces as string[])];
  async function* writing(): AsyncGenerator<string> {
    yield first!;
    for (;;) {
      for (const piece of others.slice(0, 4)) yield piece;
      await sleep(5);
    }
  }
  return { ...head, pieces: writing() };
}
