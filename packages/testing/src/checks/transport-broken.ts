import { gzipSync } from "node:zlib";
import type { JsonObject, ProviderError, ProviderOptions } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { within } from "../kit/clock.ts";
import { codeOf, same, truth } from "../kit/expect.ts";
import type { Kit, TextResponse } from "../kit/kit.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer } from "../server/mock-server.ts";
import { frameText } from "../wire/frame.ts";

const words = "one two three four five six seven eight nine ten";

/** Connections and answers that break, over real sockets if only those show it. */
export const transportBroken: readonly Check[] = [
  {
    name: "reset-is-a-network-error",
    by: "faults",
    title: "a connection reset before the answer is a retryable network error",
    async run(kit) {
      const server = (await kit.faultServer()).open({ ...kit.whole(kit.answer()), reset: true });
      const error = (await kit.promptRejection(kit.provider(server).chat(kit.request()))) as ProviderError;
      same([codeOf(error), error.retryable], ["network", true], { at: "code, retryable" });
      same([error.provider, error.model], [kit.definition.id, kit.definition.smallModel], { at: "provider, model" });
    },
  },
  {
    name: "cut-stream-is-an-error",
    by: "faults",
    title: "a stream that is cut is an error, wherever it is cut, and never a clean end",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
      const all = pieces;
      const faultServer = await kit.faultServer();
      for (const kept of [1, Math.ceil(all.length / 2), all.length - 3]) {
        // In the middle of an event, and at a place that looks like an end.
        for (const short of [5, 0]) {
          const cutAt = Buffer.byteLength(all.slice(0, kept).join("")) - short;
          const server = faultServer.open({ ...head, pieces: all, cutAt });
          const call = kit.provider(server).stream(kit.request()).result;
          await kit.promptRejection(call, `cut after ${cutAt} bytes`);
        }
      }
    },
  },
  {
    name: "unfinished-stream-is-an-error",
    by: "faults",
    title: "a body that ends cleanly, but before the finish reason, is an invalid response",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: words }));
      for (const kept of [0, 1, 4]) {
        const server = mockServer({ ...head, pieces: pieces.slice(0, kept) });
        const error = await kit.rejection(kit.provider(server).stream(kit.request()).result, `${kept} pieces`);
        same(codeOf(error), "invalid-response", { at: `${kept} pieces` });
      }
    },
  },
  {
    name: "keeps-partial-answers",
    by: "faults",
    title: "whatever arrived before an answer broke is in the error's `partial`",
    async run(kit) {
      const toolCalls = [{ id: "abcDEF123", name: "get_weather", arguments: '{"city":"Paris"}' }];
      const chunks = kit.wire.writeChunks(
        kit.answer({ text: words, reasoning: "I think so.", toolCalls }),
        kit.definition,
        true,
      );
      const called =
        chunks.findIndex((_, index) => kit.wire.readAnswer(chunks.slice(0, index + 1)).toolCalls.length > 0) + 1;
      for (const kept of [Math.ceil(called / 2), called - 1, called, called + 1]) {
        const told = kit.wire.readAnswer(chunks.slice(0, kept));
        if (told.finishReason !== undefined) continue;
        // A call opens at its first argument: until then its name may go on.
        const calls = told.toolCalls
          .filter(({ arguments: text }) => text !== "")
          .map(({ id, name, arguments: text }) => [id, name, text]);
        for (const [ending, reply, options] of endings(kit, chunks.slice(0, kept))) {
          const at = `${kept} of ${chunks.length} chunks, then ${ending}`;
          const error = await kit.rejection(kit.provider(mockServer(reply), options).stream(kit.request()).result, at);
          const { partial } = error as ProviderError;
          const got = (partial?.toolCalls ?? []).map(({ id, name, arguments: text }) => [id, name, text]);
          same(
            { text: partial?.text, reasoning: partial?.reasoning, calls: got },
            { text: told.text, reasoning: told.reasoning, calls },
            { at },
          );
          same([partial?.id, partial?.model], [told.id || undefined, told.model || undefined], {
            at: `${at}, id and model`,
          });
        }
      }
    },
  },
  {
    name: "follows-no-redirects",
    by: "faults",
    title: "a redirect is not followed: neither the key nor the prompt goes to another address, which the error names",
    async run(kit) {
      const faultServer = await kit.faultServer();
      for (const status of [301, 302, 307, 308]) {
        const other = faultServer.open(kit.whole(kit.answer()));
        const target = `${other.options.baseURL!.replace("127.0.0.1", "localhost")}${kit.definition.dialect.paths.chat}`;
        const server = faultServer.open({ status, headers: { location: target }, pieces: [""] });
        const error = await kit.promptRejection(kit.provider(server).chat(kit.request()), `HTTP ${status}`);
        same(other.requests.length, 0, { at: `HTTP ${status}, requests at the other address` });
        const { message, hint } = error as ProviderError;
        truth(
          `${message} ${hint}`.includes(new URL(target).origin),
          `a text that names ${new URL(target).origin}`,
          message,
          { at: `HTTP ${status}` },
        );
      }
      const nowhere = faultServer.open({ status: 302, headers: {}, pieces: [""] });
      await kit.promptRejection(kit.provider(nowhere).chat(kit.request()), "a redirect to nowhere");
    },
  },
  {
    name: "reads-compressed-answers",
    by: "faults",
    title: "a compressed answer is read, whole and streamed",
    async run(kit) {
      const faultServer = await kit.faultServer();
      const packed = (reply: TextResponse): MockResponse => ({
        ...reply,
        headers: { ...reply.headers, "content-encoding": "gzip" },
        pieces: [gzipSync(reply.pieces.join(""))],
      });
      const answer = kit.answer({ text: "späte Grüße 👋🏽" });
      const whole = await kit.provider(faultServer.open(packed(kit.whole(answer)))).chat(kit.request());
      const streamed = await kit.provider(faultServer.open(packed(kit.stream(answer)))).stream(kit.request()).result;
      same([whole.text, streamed.text], [answer.text, answer.text]);
    },
  },
  {
    name: "survives-odd-http",
    level: "SHOULD",
    by: "faults",
    title: "an informational response first is skipped; a body with broken framing is an error",
    async run(kit) {
      const faultServer = await kit.faultServer();
      const json = [...kit.whole(kit.answer({ text: "after 103" })).pieces].join("");
      const informed = faultServer.openRaw((response) => {
        response.writeEarlyHints({ link: "</style.css>; rel=preload" }, () =>
          response.writeHead(200, { "content-type": "application/json" }).end(json),
        );
      });
      same((await within(kit.provider(informed).chat(kit.request()), "an answer")).text, "after 103");
      const broken = faultServer.openRaw((response) => {
        response.socket?.end(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${json}\r\n0\r\n\r\n`,
        );
      });
      await kit.promptRejection(kit.provider(broken).chat(kit.request()), "chunks of no length");
    },
  },
  {
    name: "keeps-concurrent-calls-apart",
    by: "faults",
    title: "concurrent calls do not mix their answers",
    async run(kit) {
      const server = mockServer((_, { text }) => {
        const said = /say-\d+/.exec(text)?.[0] ?? "";
        const reply = kit.wire.wantsStream(JSON.parse(text))
          ? kit.stream(kit.answer({ text: `${said} ${words}` }))
          : kit.whole(kit.answer({ text: `${said} ${words}` }));
        return reply;
      });
      const provider = kit.provider(server);
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

/** The ways in which a stream can break after its last chunk. */
function endings(
  kit: Kit,
  chunks: readonly JsonObject[],
): [ending: string, reply: MockResponse, options?: ProviderOptions][] {
  const { pieces, ...head } = kit.chunks(chunks, { end: false });
  const all = pieces;
  const line = (text: string): string => frameText(kit.definition, text);
  const error = JSON.stringify(kit.wire.writeError({ status: 500, message: "broken", type: "server_error" }));
  async function* silent(): AsyncGenerator<string> {
    yield* all;
    await new Promise(() => {});
  }
  return [
    ["the end", { ...head, pieces: all }],
    ["a cut", { ...head, pieces: all, cutAt: Buffer.byteLength(all.join("")) }],
    ["an error", { ...head, pieces: [...all, line(error)] }],
    ["invalid JSON", { ...head, pieces: [...all, line('{"choices')] }],
    ["silence", { ...head, pieces: silent() }, { idleTimeout: 25 }],
  ];
}
