import type { ProviderError, ProviderOptions } from "@llm-provider/core";
import { parseDuration } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { withFakeClock } from "../kit/clock.ts";
import { gaps, isTriedAgain, plainBody, rateLimitBody, retryCases } from "../kit/error-cases.ts";
import { codeOf, same, truth } from "../kit/expect.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer } from "../server/mock-server.ts";
import { fillExample } from "../twin/refusal.ts";

/** The waits before a retry. */
export const retryWaits: readonly Check[] = [
  {
    name: "waits-as-long-as-asked",
    by: "faults",
    title: "the endpoint's wait is observed: in seconds, as a date, in milliseconds, or in its text",
    async run(kit) {
      if (!isTriedAgain(kit)) return;
      const date = (milliseconds: number): string => new Date(Date.now() + milliseconds).toUTCString();
      const waits: [at: string, headers: () => Record<string, string>, least: number, most: number][] = [
        ["retry-after: 2", () => ({ "retry-after": "2" }), 2000, 3000],
        ["retry-after as a date in 4 s", () => ({ "retry-after": date(4000) }), 3000, 5000],
        ["retry-after-ms: 1500", () => ({ "retry-after-ms": "1500" }), 1500, 2500],
        [
          "retry-after-ms: 400 beside retry-after: 30",
          () => ({ "retry-after-ms": "400", "retry-after": "30" }),
          400,
          1400,
        ],
        ["retry-after as a date that is past", () => ({ "retry-after": date(-60_000) }), 0, 1000],
        ["retry-after: -5", () => ({ "retry-after": "-5" }), 0, 30_000],
        ["retry-after: soon", () => ({ "retry-after": "soon" }), 0, 30_000],
      ];
      for (const [at, headers, least, most] of waits) {
        const [gap] = await gaps(kit, () => kit.json(429, rateLimitBody(kit), headers()), {
          maxRetries: 1,
          maxWait: 3_600_000,
        });
        truth(gap !== undefined && gap >= least && gap <= most, `a wait of ${least} to ${most} ms`, gap, { at });
      }
      const { waitText } = kit.definition.limits ?? {};
      const rule = kit.definition.errors?.find(
        ({ code, example }) => code === "rate-limit" && waitText && JSON.stringify(example ?? "").search(waitText) >= 0,
      );
      const match = waitText && rule && JSON.stringify(rule.example).match(waitText)?.[1];
      if (!match || rule?.status === undefined) return;
      const wait = parseDuration(match) ?? Number.NaN;
      const [gap] = await gaps(kit, () => kit.json(rule.status!, fillExample(rule, {})!), {
        maxRetries: 1,
        maxWait: 3_600_000_000,
      });
      truth(gap !== undefined && gap >= wait && gap <= wait + 1000, `a wait of ${wait} ms`, gap, {
        at: `the text "${match}"`,
        fact: { path: "limits.waitText", value: waitText },
      });
    },
  },
  {
    name: "throws-instead-of-long-waits",
    by: "faults",
    title: "a wait longer than `maxWait` is thrown with its length instead of slept",
    async run(kit) {
      if (!isTriedAgain(kit)) return;
      const server = mockServer(kit.json(429, rateLimitBody(kit), { "retry-after": "120" }));
      const call = withFakeClock(() => kit.provider(server, { maxRetries: 3, maxWait: 60_000 }).chat(kit.request()));
      const error = (await kit.rejection(call)) as ProviderError;
      same([server.requests.length, error.retryAfter], [1, 120_000], { at: "requests, retryAfter" });
    },
  },
  {
    name: "abort-ends-a-wait",
    by: "faults",
    title: "an abort ends a wait at once",
    async run(kit) {
      if (!isTriedAgain(kit)) return;
      const server = mockServer(kit.json(429, rateLimitBody(kit), { "retry-after": "20" }));
      const controller = new AbortController();
      const call = kit.provider(server, { maxRetries: 3 }).chat(kit.request(), { signal: controller.signal });
      setTimeout(() => controller.abort(), 10);
      const error = await kit.promptRejection(call);
      same([codeOf(error), server.requests.length], ["aborted", 1], { at: "code, requests" });
    },
  },
  {
    name: "varies-its-waits",
    level: "SHOULD",
    by: "faults",
    title: "if the endpoint names no wait, waits are bounded and vary",
    async run(kit) {
      const [retry] = retryCases(kit, true).filter(({ rule }) => rule === undefined || rule.example === undefined);
      if (!retry) return;
      const reply = (): MockResponse => kit.json(retry.status, plainBody(kit.wire, retry.status));
      const all = [...(await gaps(kit, reply, { maxRetries: 3 })), ...(await gaps(kit, reply, { maxRetries: 3 }))];
      truth(all.length === 6 && all.every((gap) => gap >= 0 && gap <= 30_000), "six waits of at most 30 s", all);
      truth(new Set(all).size > 3 && all.some((gap) => gap > 5), "waits that differ", all);
    },
  },
  {
    name: "keeps-documented-defaults",
    by: "faults",
    title: "by default: two retries, waits of up to 60 s, 60 s until the headers, 120 s between bytes",
    async run(kit) {
      const usual: ProviderOptions = {
        maxRetries: undefined,
        maxWait: undefined,
        timeout: undefined,
        idleTimeout: undefined,
      };
      const count = async (reply: MockResponse): Promise<number> => {
        const server = mockServer(reply);
        await withFakeClock(() => kit.rejection(kit.provider(server, usual).chat(kit.request())));
        return server.requests.length;
      };
      const [retry] = retryCases(kit, true);
      const reply = (wait: number): MockResponse =>
        kit.json(retry!.status, retry!.body, { "retry-after-ms": String(wait) });
      if (retry)
        same([await count(reply(59_000)), await count(reply(61_000))], [3, 1], {
          at: "requests with waits of 59 s and 61 s",
        });
      const patience = async (silent: MockResponse, options: ProviderOptions): Promise<number> =>
        withFakeClock(async () => {
          const began = Date.now();
          await kit.rejection(kit.provider(mockServer(silent), options).stream(kit.request()).result);
          return Date.now() - began;
        });
      const headers = await patience({ ...kit.stream(kit.answer()), hang: "headers" }, { ...usual, maxRetries: 0 });
      const bytes = await patience(
        { ...kit.stream(kit.answer({ text: "one two three" })), hang: "body" },
        { ...usual, maxRetries: 0 },
      );
      truth(Math.abs(headers - 60_000) < 1000 && Math.abs(bytes - 120_000) < 1000, "60000 and 120000 ms", [
        headers,
        bytes,
      ]);
    },
  },
];
