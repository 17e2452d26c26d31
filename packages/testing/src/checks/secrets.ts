import { inspect } from "node:util";
import type { Check } from "../kit/check.ts";
import { labelOf } from "../kit/create-kit.ts";
import { plainBody } from "../kit/error-cases.ts";
import { failure, same, truth } from "../kit/expect.ts";
import { leaks, requireCleanCassettes } from "../kit/leaks.ts";
import { send } from "../kit/send.ts";
import { scenarios } from "../scenario/scenarios.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer } from "../server/mock-server.ts";
import { differenceOfRequests } from "./recordings.ts";

/** Keys, and the honesty of recordings. */
export const secrets: readonly Check[] = [
  {
    name: "errors-hide-the-key",
    level: "MUST",
    by: "faults",
    title: "no form of the key appears in any field of any error, or in its causes",
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
        ["a chunk that is no JSON and echoes the key", { ...head, pieces: [`data: {"${key}\n\n`, `{"${key}\n`] }],
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
        const error = await kit.rejection(kit.provider({ options: { fetch } }).chat(kit.request()), "an error");
        same(leaks(error, key), [], { at: "a fetch whose error holds the headers" });
      }
      const unsendable = await kit.rejection(kit.provider(bad, { apiKey: `${key}\n` }).chat(kit.request()), "an error");
      same(leaks(unsendable, key), [], { at: "a key that cannot be sent" });
      for (const error of kit.caught) same(leaks(error, key), [], { at: "an error that another check met" });
    },
  },
  {
    name: "reports-hide-the-key",
    level: "MUST",
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
  {
    name: "cassettes-hold-no-secrets",
    level: "MUST",
    by: "cassettes",
    title: "no cassette holds a key, an account or a path of a machine",
    run(kit) {
      requireCleanCassettes(kit.cassettes.byScenario.values());
    },
  },
  {
    name: "cassettes-are-complete",
    level: "MUST",
    by: "cassettes",
    title: "every scenario of the definition is recorded, and every cassette is unchanged and says where it comes from",
    run(kit) {
      const { definition, cassettes } = kit;
      truth(cassettes.problems.length === 0, "cassettes as they were written", cassettes.problems.join(" "));
      const missing = scenarios
        .filter((scenario) => scenario.missing(definition) === undefined && !cassettes.byScenario.has(scenario.id))
        .map(({ id }) => id);
      truth(
        missing.length === 0,
        "a cassette of every scenario",
        `none of ${missing.join(", ")}: run the record command`,
      );
      const known = new Set(scenarios.map(({ id }) => id));
      for (const [name, { meta }] of cassettes.byScenario) {
        truth(
          known.has(name) || meta.origin === "documented",
          "a scenario that the definition has",
          `"${name}", which no scenario is named: delete it, or write it as documented`,
          { cassette: name },
        );
      }
    },
  },
  {
    name: "sends-what-was-recorded",
    level: "MUST",
    by: "cassettes",
    title: "every recorded scenario sends the requests that were recorded",
    async run(kit) {
      for (const cassette of kit.cassettes.byScenario.values()) {
        const difference = await differenceOfRequests(kit, cassette);
        if (difference)
          throw failure({
            ...difference,
            cassette: `${labelOf(cassette)}, which is stale if the request was changed on purpose: record it again`,
          });
      }
    },
  },
];
