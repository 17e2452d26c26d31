import { parseDuration, type Attempt, type ProviderError, type ProviderOptions } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { codeOf } from "../kit/code-of.ts";
import { errorCases, plainBody, type ErrorCase } from "../kit/error-cases.ts";
import { same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { memorySite } from "../kit/memory-site.ts";
import { withFakeClock } from "../kit/with-fake-clock.ts";
import { within } from "../kit/within.ts";
import type { Reply } from "../twin/reply.ts";
import { fillExample } from "../twin/write-refusal.ts";

/** What is tried again, when, and how often. */
export const errorsRetried: readonly Check[] = [
  {
    id: "E3",
    level: "MUST",
    by: "faults",
    title: "what cannot succeed is not tried again",
    async run(kit) {
      for (const { at, status, body, rule } of cases(kit, false)) {
        const site = memorySite(kit.json(status, body));
        await kit.rejection(kit.provider(site, { retries: 2, maxWait: 5 }).chat(kit.request()), "an error", at);
        same(site.requests.length, 1, {
          at: `${at}, requests`,
          fact: rule && { path: "errors", value: rule.code, source: rule.source },
        });
      }
    },
  },
  {
    id: "E4",
    level: "MUST",
    by: "faults",
    title: "what may succeed is tried again as often as `retries` says, and then succeeds or fails",
    async run(kit) {
      for (const { at, status, body, rule } of cases(kit, true)) {
        const fact = rule && { path: "errors", value: rule.code, source: rule.source };
        const failing = kit.json(status, body, { "retry-after-ms": "1" });
        for (const mode of ["chat", "stream"] as const) {
          const call = (site: ReturnType<typeof memorySite>, retries: number): Promise<unknown> => {
            const provider = kit.provider(site, { retries });
            return mode === "chat" ? provider.chat(kit.request()) : provider.stream(kit.request()).result;
          };
          const broken = memorySite(failing);
          await kit.rejection(call(broken, 2), "an error", at);
          same(broken.requests.length, 3, { at: `${at}, ${mode}, requests with retries 2`, fact });
          const healed = memorySite((index) => (index === 0 ? failing : kit.whole(kit.answer({ text: "at last" }))));
          same(((await call(healed, 1)) as { text: string }).text, "at last", {
            at: `${at}, ${mode}, then an answer`,
            fact,
          });
        }
      }
    },
  },
  {
    id: "E5",
    level: "MUST",
    by: "faults",
    title: "the endpoint's wait is kept: in seconds, as a date, in milliseconds, or in its text",
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
          retries: 1,
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
        retries: 1,
        maxWait: 3_600_000_000,
      });
      truth(gap !== undefined && gap >= wait && gap <= wait + 1000, `a wait of ${wait} ms`, gap, {
        at: `the text "${match}"`,
        fact: { path: "limits.waitText", value: waitText },
      });
    },
  },
  {
    id: "E6",
    level: "MUST",
    by: "faults",
    title: "a wait longer than `maxWait` is thrown with its length, not slept",
    async run(kit) {
      if (!isTriedAgain(kit)) return;
      const site = memorySite(kit.json(429, rateLimitBody(kit), { "retry-after": "120" }));
      const call = withFakeClock(() => kit.provider(site, { retries: 3, maxWait: 60_000 }).chat(kit.request()));
      const error = (await kit.rejection(call, "an error")) as ProviderError;
      same([site.requests.length, error.retryAfter], [1, 120_000], { at: "requests, retryAfter" });
    },
  },
  {
    id: "E16",
    level: "MUST",
    by: "faults",
    title: "an abort ends a wait at once",
    async run(kit) {
      if (!isTriedAgain(kit)) return;
      const site = memorySite(kit.json(429, rateLimitBody(kit), { "retry-after": "20" }));
      const controller = new AbortController();
      const call = kit.provider(site, { retries: 3 }).chat(kit.request(), { signal: controller.signal });
      setTimeout(() => controller.abort(), 10);
      const error = await kit.rejection(within(call, "a rejection"), "a rejection");
      same([codeOf(error), site.requests.length], ["aborted", 1], { at: "code, requests" });
    },
  },
  {
    id: "E7",
    level: "MUST",
    by: "faults",
    title: "once an event was handed out nothing is tried again",
    async run(kit) {
      const { pieces, ...head } = kit.stream(kit.answer({ text: "one two three four five" }));
      const site = memorySite({
        ...head,
        pieces: pieces as string[],
        cutAt: (pieces as string[]).slice(0, 4).join("").length,
      });
      const stream = kit.provider(site, { retries: 2 }).stream(kit.request());
      const texts: string[] = [];
      const reading = (async () => {
        for await (const event of stream) if (event.type === "text") texts.push(event.text);
      })();
      await kit.rejection(reading, "an error");
      same([site.requests.length, texts.length > 0], [1, true], { at: "requests, text before the cut" });
    },
  },
  {
    id: "E10",
    level: "MUST",
    by: "faults",
    title: "`onAttempt` is told of every request: its number, status, error, time, and not the key",
    async run(kit) {
      const attempts: Attempt[] = [];
      const failing = kit.json(503, plainBody(kit.wire, 503), { "retry-after-ms": "1" });
      const [retry] = cases(kit, true);
      if (!retry) return;
      const first = retry.status === 503 ? failing : kit.json(retry.status, retry.body, { "retry-after-ms": "1" });
      const site = memorySite((index) => (index === 0 ? first : kit.whole(kit.answer())));
      await kit.provider(site, { retries: 1, onAttempt: (attempt) => attempts.push(attempt) }).chat(kit.request());
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
        same([typeof ms, url, body["model"]], ["number", site.requests[0]!.url, kit.definition.smallModel], {
          at: "ms, url, body",
        });
        truth(!JSON.stringify(headers).includes(kit.key), "no key in the headers", headers);
      }
    },
  },
  {
    id: "E11",
    level: "SHOULD",
    by: "faults",
    title: "where the endpoint names no wait, the waits are bounded, and not the same for everybody",
    async run(kit) {
      const [retry] = cases(kit, true).filter(({ rule }) => rule === undefined || rule.example === undefined);
      if (!retry) return;
      const reply = (): Reply => kit.json(retry.status, plainBody(kit.wire, retry.status));
      const all = [...(await gaps(kit, reply, { retries: 3 })), ...(await gaps(kit, reply, { retries: 3 }))];
      truth(all.length === 6 && all.every((gap) => gap >= 0 && gap <= 30_000), "six waits of at most 30 s", all);
      truth(new Set(all).size > 3 && all.some((gap) => gap > 5), "waits that differ", all);
    },
  },
  {
    id: "E17",
    level: "MUST",
    by: "faults",
    title: "a connection that breaks before the answer is tried again",
    async run(kit) {
      const site = memorySite((index) => ({ ...kit.whole(kit.answer({ text: "at last" })), reset: index === 0 }));
      const { text } = await withFakeClock(() => kit.provider(site, { retries: 1 }).chat(kit.request()));
      same([text, site.requests.length], ["at last", 2]);
    },
  },
];

/** One case for each status that is, or is not, to be tried again. */
function cases(kit: Kit, retryable: boolean): ErrorCase[] {
  const all = errorCases(kit.definition, kit.wire).filter((one) => one.retryable === retryable);
  return all.filter(
    ({ status, code }, index) => all.findIndex((other) => other.status === status && other.code === code) === index,
  );
}

/** A definition may say that 429 means something else there. */
function isTriedAgain(kit: Kit): boolean {
  return cases(kit, true).some(({ status, rule }) => status === 429 && rule?.body === undefined);
}

function rateLimitBody(kit: Kit): ReturnType<typeof plainBody> {
  return plainBody(kit.wire, 429);
}

/** The times between the requests of one call, by a clock of its own. */
async function gaps(kit: Kit, reply: () => Reply, options: ProviderOptions): Promise<number[]> {
  const times: number[] = [];
  await withFakeClock(async () => {
    const site = memorySite(() => {
      times.push(Date.now());
      return reply();
    });
    await kit.rejection(kit.provider(site, options).chat(kit.request()), "an error");
  });
  return times.slice(1).map((time, index) => time - times[index]!);
}
