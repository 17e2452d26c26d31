import { inspect } from "node:util";
import type { Check } from "../kit/check.ts";
import { labelOf } from "../kit/create-kit.ts";
import { same, truth } from "../kit/expect.ts";
import { failure } from "../kit/failure.ts";
import { leaks } from "../kit/leaks.ts";
import { memorySite } from "../kit/memory-site.ts";
import { refuseTellingCassettes } from "../kit/refuse-telling-cassettes.ts";
import { plainBody } from "../kit/error-cases.ts";
import { scenarios } from "../scenario/scenarios.ts";
import { send } from "../kit/send.ts";
import { differenceOfRequests } from "../kit/difference-of-requests.ts";
import { takesKey } from "../kit/takes-key.ts";
import type { Reply } from "../twin/reply.ts";

/** Keys, and the honesty of recordings. */
export const secrets: readonly Check[] = [
  {
    id: "K1",
    level: "MUST",
    by: "faults",
    title: "no form of the key stands in any field of any error, or in what caused it",
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
      const echo = (status: number): Reply =>
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
      const replies: [string, Reply][] = [
        ...[400, 401, 403, 429, 500].map((status): [string, Reply] => [
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
        ["a stream that echoes the key and breaks off", { ...head, pieces: (pieces as string[]).slice(0, -2) }],
        ["a chunk that is no JSON and echoes the key", { ...head, pieces: [`data: {"${key}\n\n`, `{"${key}\n`] }],
        ["a reset connection", { ...kit.whole(kit.answer()), reset: true }],
      ];
      for (const [at, reply] of replies) {
        for (const mode of ["chat", "stream"] as const) {
          const provider = kit.provider(memorySite(reply));
          const error = await (
            mode === "chat" ? provider.chat(kit.request()) : provider.stream(kit.request()).result
          ).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          same(leaks(error, key), [], { at: `${at}, ${mode}` });
        }
      }
      const bad = memorySite(kit.whole(kit.answer()));
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
    id: "K2",
    level: "MUST",
    by: "requests",
    title: "no form of the key stands in `prepare`, `changes`, `onAttempt`, or in the provider when it is printed",
    async run(kit) {
      const told: unknown[] = [];
      const site = memorySite((index) =>
        index === 0 ? kit.json(500, plainBody(kit.wire, 500), { "retry-after-ms": "1" }) : kit.whole(kit.answer()),
      );
      const headers = { "x-second-key": kit.key };
      const provider = kit.provider(site, { maxRetries: 1, headers, onAttempt: (attempt) => told.push(attempt) });
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
    id: "K3",
    level: "MUST",
    by: "cassettes",
    title: "no cassette holds a key, an account or a path of a machine",
    run(kit) {
      refuseTellingCassettes(kit.cassettes.byScenario.values());
    },
  },
  {
    id: "K5",
    level: "MUST",
    by: "cassettes",
    title:
      "every scenario of the definition is recorded, and every cassette is as it was written and says where it comes from",
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
    id: "R4",
    level: "MUST",
    by: "cassettes",
    title: "what is sent in every recorded scenario is what was recorded",
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
