import { isKeyName, parseDuration } from "@llm-provider/core/internal";
import { z } from "zod";
import { defaults, type GatewayConfig } from "./config.ts";

const name = z.string().min(1, "A name is missing.");

const duration = z
  .union([z.string(), z.number()], "A time such as 30s or 500ms is expected.")
  .transform((value, context) => {
    const milliseconds = typeof value === "number" ? value * 1000 : parseDuration(value);
    if (milliseconds !== undefined && milliseconds > 0 && Number.isFinite(milliseconds)) return milliseconds;
    context.addIssue("A time above 0 is expected, such as 30s or 500ms.");
    return z.NEVER;
  });

const whole = (least: number, most: number): z.ZodInt => z.int().min(least).max(most);

/** Headers that carry the caller's own keys. They never reach a target. */
const secretHeader = /^(authorization|proxy-authorization|cookie|x-api-key|api-key)$/i;

/** Headers that describe the connection or the encoding of the body. */
const ownHeader =
  /^(host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|content-.*|accept(-.*)?|proxy-.*)$/i;

const header = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "The name of a header is expected.")
  .refine((text) => !secretHeader.test(text) && !isKeyName(text), "A header that carries a key is never forwarded.")
  .refine((text) => !ownHeader.test(text), "A header of the connection or the body is never forwarded.")
  .transform((text) => text.toLowerCase());

const targetObject = z.strictObject({
  to: name.describe(
    "<provider>:<model>. The provider is a built-in one, a package, or a path relative to this file's folder.",
  ),
  weight: z.number().min(0).max(1_000_000).default(1).describe("With `route: weight`: how often this target is first."),
  key: z
    .string()
    .min(1)
    .optional()
    .describe('The key, as "${VARIABLE}". Default: the variable that the definition names.'),
  baseURL: z
    .url("A URL is expected, such as https://api.example.com/v1.")
    .optional()
    .describe("Replaces the provider's address."),
  forward: z.array(header).default([]).describe("Headers of the caller's request that are forwarded to this target."),
});

const target = z.union(
  [name.transform((to) => ({ to, weight: 1, forward: [] as string[] })), targetObject],
  "A target is written as `<provider>:<model>`, or as an object with `to`.",
);

const model = z.strictObject({
  route: z
    .enum(["order", "price", "latency", "weight"])
    .default("order")
    .describe(
      "Which target is tried first: as written, the cheapest for this request, the fastest as measured, or by weight.",
    ),
  targets: z.array(target).min(1, "A model needs at least one target."),
});

const amount = z.number().positive().max(1_000_000_000);
const tokens = whole(1, 1_000_000_000_000).optional().describe("Tokens of requests and answers together.");
const period = z
  .enum(["second", "minute", "hour", "day", "month"])
  .describe("A calendar window in UTC, which starts at the beginning of the minute, the day or the month.");

const budget = z
  .strictObject({
    usd: amount.optional().describe("US dollars."),
    tokens,
    per: period,
    unknown: z
      .enum(["refuse", "tokens"])
      .default("refuse")
      .describe("How to treat a request of unknown cost: refuse it, or count only its tokens."),
  })
  .refine(({ usd, tokens: some }) => usd !== undefined || some !== undefined, "A budget needs `usd`, `tokens` or both.")
  .refine(({ unknown, tokens: some }) => unknown === "refuse" || some !== undefined, {
    path: ["unknown"],
    message: "`tokens` counts tokens against a limit: give the budget `tokens` too.",
  });

const rate = z
  .strictObject({ requests: whole(1, 1_000_000_000).optional(), tokens, per: period })
  .refine(
    ({ requests, tokens: some }) => requests !== undefined || some !== undefined,
    "A rate needs `requests`, `tokens` or both.",
  );

const redisURL = z
  .string()
  .regex(/^rediss?:\/\/[^\s/?#]+/, "The address of a Redis, such as redis://127.0.0.1:6379, is expected.")
  .refine((text) => URL.canParse(text), "This is not an address.");

const storeText = z.string().transform((text, context) => {
  if (text === "memory") return defaults.store;
  if (redisURL.safeParse(text).success) return { url: text, down: defaults.store.down };
  context.addIssue("`memory`, or the address of a Redis such as redis://127.0.0.1:6379, is expected.");
  return z.NEVER;
});

const store = z
  .union([
    storeText,
    z.strictObject({
      url: redisURL,
      down: z
        .enum(["serve", "refuse"])
        .default(defaults.store.down)
        .describe(
          "While Redis cannot be reached, each instance counts budgets on its own, or requests with a budget are refused.",
        ),
    }),
  ])
  .describe("Where budgets, rates, cooldowns and cached answers are kept. Several instances need a Redis.");

const client = z.strictObject({
  key: z
    .string()
    .min(16, "A key needs 16 characters or more: `openssl rand -hex 32` makes one.")
    .regex(/^[\x21-\x7e]+$/, "A key may contain only visible ASCII characters.")
    .describe('The key that the client sends as `Authorization: Bearer …`, as "${VARIABLE}".'),
  models: z.array(name).min(1).optional().describe("The public models that the client may use. Default: all."),
  perUser: header
    .optional()
    .describe("The header that names the user. Budget and rate then apply to each user, not to the client as a whole."),
  budget: budget.optional(),
  rate: rate.optional(),
  inspect: z
    .boolean()
    .optional()
    .describe(
      "Whether the client may see the requests of all clients, with their bodies, and send them again as its own. Default: false.",
    ),
});

/** The schema of a `gateway.yaml`. */
export const configSchema: z.ZodType<GatewayConfig> = z.strictObject({
  version: z.literal(1, "Only version 1 is supported."),
  listen: z
    .string("An address such as 127.0.0.1:4100 is expected.")
    .regex(/^(\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$/, {
      error: "An address such as 127.0.0.1:4100 is expected.",
      abort: true,
    })
    .refine((text) => Number(/\d+$/.exec(text)?.[0]) <= 65_535, "A port is at most 65535.")
    .optional()
    .describe("Host and port. Addresses other than loopback need `clients`."),
  clients: z
    .record(name, client)
    .refine(
      (clients) => Object.keys(clients).length > 0,
      "At least one client is expected. Without `clients` only this machine can use the gateway, and needs no key.",
    )
    .optional(),
  models: z.record(name, model).refine((models) => Object.keys(models).length > 0, "At least one model is expected."),
  timeouts: z
    .strictObject({
      headers: duration.default(defaults.timeouts.headers).describe("To the headers of the answer."),
      firstContent: duration
        .default(defaults.timeouts.firstContent)
        .describe("To the first text, reasoning, image or tool call."),
      idle: duration.default(defaults.timeouts.idle).describe("Between two pieces of an answer."),
    })
    .default(defaults.timeouts),
  health: z
    .strictObject({
      failures: whole(1, 1000).default(defaults.health.failures).describe("A target that fails this often …"),
      of: whole(1, 1000).default(defaults.health.of).describe("… within this many requests …"),
      window: duration.default(defaults.health.window).describe("… in this time …"),
      open: duration.default(defaults.health.open).describe("… is not used for this time."),
    })
    .refine(({ failures, of }) => failures <= of, { path: ["failures"], message: "`failures` can be at most `of`." })
    .default(defaults.health),
  rounds: whole(1, 10).default(defaults.rounds).describe("How often a request goes through its targets."),
  store: store.default(defaults.store),
  holds: duration
    .optional()
    .describe(
      "How long the reservation of a running request lasts if its instance dies. Default: the sum of the three timeouts, plus 60 s.",
    ),
  cache: z
    .strictObject({ ttl: duration, entries: whole(1, 1_000_000).default(1000) })
    .optional()
    .describe(
      "Answers to requests with `temperature: 0`, a `seed` or the header `x-cache: force` are kept. Default: none.",
    ),
  log: z
    .enum(["none", "requests", "content"])
    .default(defaults.log)
    .describe(
      "What the log contains for each request: nothing, a line of JSON, or that line with messages and answer.",
    ),
  inspector: z
    .boolean()
    .default(defaults.inspector)
    .describe(
      "Whether the last requests are kept in memory with their bodies, for the page at /inspector. With `clients`, one of them needs `inspect: true`.",
    ),
});
