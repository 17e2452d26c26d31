import { inspect } from "node:util";
import type { Check } from "../kit/check.ts";
import { plainBody } from "../kit/error-cases.ts";
import { same } from "../kit/expect.ts";
import { leaks } from "../kit/leaks.ts";
import { takesKey } from "../kit/takes-key.ts";
import { send } from "../kit/send.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer } from "../server/mock-server.ts";

/** Keys, and the honesty of recordings. */
export const secrets: readonly Check[] = [
  {
    name: "errors-hide-the-key",
    by: "faults",
    title: "no form of the key appears in any field of any error, or in its causes",
    applies: takesKey,
    async run(kit) {
      const { key } = kit;
      const forms = [
        key,
        encodeURIComponent(key),
        Buffer.from(key).toString("base64"),
        Buffer.from(`user:${key}`).toString("base64"),
        `${key.slice(0, 8)}****`,
        JSON.stringify({ key }),
      ];
      const echo = (status: number): MockResponse =>
        kit.json(
          status,
          kit.wire.writeError({
            status,
            message: `Incorrect API key provided: ${forms.join(" ")}`,
            type: "invalid_request_error",
            parameter: key,
          }),
          { "x-echo": key, [(kit.definition.limits?.requestId ?? "x-request-id").toLowerCase()]: `req-${key}` },
        );
      const { pieces, ...head } = kit.stream(kit.answer({ text: `The key is ${key}` }));
      const replies: [string, MockResponse][] = [
        ...[400, 401, 403, 429, 500].map((status): [string, MockResponse] => [
          `an endpoint that echoes the key with HTTP ${status}`,
          echo(status),
        ]),
        [
          "an HTML page that echoes the key",
          { status: 502, headers: {}, pieces: [`<html><title>${key}</title></html>`] },
        ],
        [
          "a redirect that echoes the key",
          { status: 302, headers: { location: `https://elsewhere.test/?key=${key}` }, pieces: [""] },
        ],
        ["a stream that echoes the key and breaks off", { ...head, pieces: pieces.slice(0, -2) }],
        ["a chunk of invalid JSON that echoes the key", { ...head, pieces: [`data: {"${key}\n\n`, `{"${key}\n`] }],
        ["a reset connection", { ...kit.whole(kit.answer()), reset: true }],
      ];
      for (const [at, reply] of replies) {
        for (const mode of ["chat", "stream"] as const) {
          const provider = kit.provider(mockServer(reply));
          const error = await (
            mode === "chat" ? provider.chat(kit.request()) : provider.stream(kit.request()).result
          ).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          same(leaks(error, key), [], { at: `${at}, ${mode}` });
        }
      }
      const bad = mockServer(kit.whole(kit.answer()));
      const telling: ((url: string, init: RequestInit) => Promise<Response>)[] = [
        (url, init) =>
          Promise.reject(
            new TypeError(`fetch failed: ${url} ${JSON.stringify(init.headers)}`, {
              cause: Object.assign(new Error(key), { headers: init.headers }),
            }),
          ),
      ];
      for (const fetch of telling) {
        const error = await kit.rejection(kit.provider({ options: { fetch } }).chat(kit.request()));
        same(leaks(error, key), [], { at: "a fetch whose error contains the headers" });
      }
      const unsendable = await kit.rejection(kit.provider(bad, { apiKey: `${key}\n` }).chat(kit.request()));
      same(leaks(unsendable, key), [], { at: "a key that cannot be sent" });
      for (const error of kit.caught) same(leaks(error, key), [], { at: "an error that another check met" });
    },
  },
  {
    name: "reports-hide-the-key",
    by: "requests",
    title: "no form of the key appears in `prepare`, `changes`, `onAttempt`, or in the provider when it is printed",
    async run(kit) {
      const told: unknown[] = [];
      const server = mockServer((index) =>
        index === 0 ? kit.json(500, plainBody(kit.wire, 500), { "retry-after-ms": "1" }) : kit.whole(kit.answer()),
      );
      const headers = { "x-second-key": kit.key };
      const provider = kit.provider(server, { maxRetries: 1, headers, onAttempt: (attempt) => told.push(attempt) });
      const result = await provider.chat(kit.request({ seed: 1, temperature: 99 })).catch((error: unknown) => error);
      const { result: plainResult } = await send(kit, kit.request());
      const seen = {
        prepare: provider.prepare(kit.request()),
        attempts: told,
        changes: plainResult.changes,
        result,
        printed: inspect(provider, { depth: 9, showHidden: true }),
      };
      for (const [at, value] of Object.entries(seen)) same(leaks(value, kit.key), [], { at });
    },
  },
];
