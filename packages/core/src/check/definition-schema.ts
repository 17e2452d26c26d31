import { z } from "zod";
import type { ErrorCode } from "../chat/error-code.ts";
import { callable, checkAddress, id, keyVariable, page, text } from "./endpoint-schema.ts";

/** An object, so that the compiler demands every code. */
const errorCodes = {
  "missing-key": true,
  "invalid-key": true,
  forbidden: true,
  "not-found": true,
  "model-retired": true,
  "invalid-request": true,
  "unsupported-parameter": true,
  "context-overflow": true,
  "rate-limit": true,
  quota: true,
  overloaded: true,
  server: true,
  network: true,
  timeout: true,
  aborted: true,
  "invalid-response": true,
  "content-filter": true,
  "tool-call-invalid": true,
  "tool-failed": true,
} satisfies Record<ErrorCode, true>;

const day = z.iso.date("Write a day as YYYY-MM-DD.");
/** The day on which a page was read, or `unread`. */
const readOn = z.union([day, z.literal("unread")], { error: "Write a day as YYYY-MM-DD, or unread." });
const tokens = z.int("Count tokens in whole numbers.").positive("Count tokens from 1.");
const dollars = z.number().min(0, "A price is not below 0; it is in US dollars per million tokens.");
const pattern = z
  .instanceof(RegExp, { error: "This must be a regular expression." })
  .refine((value) => !/[gy]/.test(value.flags), "Leave out the flags g and y: they keep state between two requests.");
const headerName = z.string().regex(/^[a-z0-9-]+$/, "Write a header's name in lower case.");

/** The address of a page, or the probe that measured a fact. */
const origin = z.union([page, z.string().regex(/^probe of https?:\/\/\S+$/)], {
  error: "Write a web address, with https://, or `probe of` and one.",
});

const source = z.union([text, z.tuple([origin, readOn])], {
  error: "A source is a key of `sources`, or [url, day].",
});

const price = z.strictObject({
  input: dollars,
  output: dollars,
  cached: dollars.optional(),
  cacheWrite: dollars.optional(),
});

const model = z.strictObject({
  context: tokens.optional(),
  maxOutput: tokens.optional(),
  price: z
    .strictObject({
      ...price.shape,
      tiers: z.array(z.strictObject({ ...price.shape, above: tokens })).optional(),
      peak: price.optional(),
    })
    .optional(),
  features: z.array(z.enum(["tools", "images", "json", "schema", "reasoning", "embeddings"])).optional(),
  aliasOf: text.optional(),
  retired: z.strictObject({ on: day, use: text }).optional(),
  source: source.optional(),
});

const kinds = ["rejected", "ignored", "renamed", "range", "values", "conflictsWith", "set"] as const;
const status = z
  .int()
  .min(400, "Refusals have a status from 400 to 499.")
  .max(499, "Refusals have a status from 400 to 499.");

const rule = z
  .strictObject({
    source,
    models: z.union([z.array(text), pattern]).optional(),
    when: z.record(text, z.json()).optional(),
    rejected: status.optional(),
    ignored: z.literal(true).optional(),
    renamed: text.optional(),
    range: z
      .tuple([
        z.union([z.number(), z.literal(Number.NEGATIVE_INFINITY)]),
        z.union([z.number(), z.literal(Number.POSITIVE_INFINITY)]),
      ])
      .refine(([min, max]) => min <= max, "The first number is the smallest value, the second the largest.")
      .refine((ends) => ends.some(Number.isFinite), "Give a range at least one end.")
      .optional(),
    values: z.record(z.string(), z.json()).optional(),
    conflictsWith: z.array(text).min(1).optional(),
    set: z.json().optional(),
  })
  .refine((value) => kinds.filter((kind) => value[kind] !== undefined).length === 1, {
    error: `A rule says one thing: give it exactly one of ${kinds.join(", ")}.`,
  });

const unknownParameters = z.union([
  z.strictObject({ source, accepted: z.literal(true) }),
  z.strictObject({ source, ignored: z.literal(true) }),
  z.strictObject({ source, rejected: status, known: z.array(text).min(1) }),
]);

const messages = z.strictObject({
  fields: z.record(text, z.array(text)).optional(),
  nulls: z.enum(["kept", "stripped"]).optional(),
  content: z.enum(["parts", "text"]).optional(),
  toolCallContent: z.enum(["null", "empty", "absent"]).optional(),
  alternate: z.literal(true).optional(),
  oneSystemFirst: z.literal(true).optional(),
  toolCallId: pattern.optional(),
  afterTool: text.optional(),
  trailingAssistant: z.record(text, z.json()).optional(),
  emptyAssistant: z.enum(["kept", "removed"]).optional(),
  system: z.union([z.enum(["system", "developer"]), z.strictObject({ developer: pattern })]).optional(),
  source,
});

const streaming = z.strictObject({
  toolCalls: z.enum(["whole", "fragments"]),
  usage: z.enum(["with-finish", "own-chunk", "own-choice", "none"]),
  comments: text.optional(),
  source,
});

const quirk = z
  .strictObject({
    name: z
      .string()
      .regex(/^\S+ .*\.$/s, "Name a quirk with a sentence that says what the endpoint does, with its full stop."),
    source,
    request: callable.optional(),
    chunk: callable.optional(),
    perAnswer: callable.optional(),
    error: callable.optional(),
  })
  .refine(
    (value) => value.request ?? value.chunk ?? value.perAnswer ?? value.error,
    "A quirk does something: give it `request`, `chunk`, `perAnswer` or `error`.",
  );

const errorRule = z.strictObject({
  status: z.int().min(100).max(599).optional(),
  body: z.record(text, z.union([z.string(), pattern])).optional(),
  code: z.enum(Object.keys(errorCodes) as ErrorCode[]),
  retry: z.boolean().optional(),
  hint: text,
  example: z.json().optional(),
  source,
});

const limits = z.strictObject({
  requestId: headerName.optional(),
  waitText: pattern
    .refine((value) => new RegExp(`${value.source}|`).exec("")!.length > 1, "Put the wait in a group: (…).")
    .optional(),
  headers: z
    .record(
      headerName,
      z.strictObject({
        of: z.enum(["requests", "tokens"]),
        is: z.enum(["limit", "remaining", "reset"]),
        unit: z.enum(["count", "seconds", "milliseconds", "epoch-ms", "duration"]),
      }),
    )
    .optional(),
});

const librechat = z.strictObject({
  name: text.optional(),
  env: text.optional(),
  baseURL: page.optional(),
  fetch: z.literal(true).optional(),
  fetchesTokenConfig: z.literal(true).optional(),
  titleModel: z.literal("current_model").optional(),
  responses: z.enum(["served", "missing"]).optional(),
  webSearch: z.literal(true).optional(),
  usage: z.literal("asked").optional(),
  source,
});

const auth = z.strictObject({
  env: keyVariable,
  page,
  header: headerName.optional(),
  scheme: z
    .string()
    .regex(/^[A-Za-z-]{0,20}$/, "Write one word, such as Bearer.")
    .optional(),
});

const dialect = z.looseObject({
  name: text,
  framing: z.enum(["sse", "ndjson"]),
  paths: z.looseObject({ chat: z.string().startsWith("/"), models: z.string().startsWith("/") }),
  encode: callable,
  decoder: callable,
  modelIds: callable,
  errorText: callable,
  embeddings: z.strictObject({ path: z.string().startsWith("/"), encode: callable, decode: callable }).optional(),
});

/** The shape of a definition. `check-definition.ts` checks that its parts agree with each other. */
export const definitionSchema: z.ZodType = z
  .strictObject({
    id,
    name: text,
    docs: page,
    baseURL: page,
    auth: z.union([z.literal("none"), auth]),
    sources: z.record(text, z.tuple([origin, readOn])).optional(),
    dialect,
    models: z.record(text, model),
    smallModel: text,
    parameters: z.record(text, z.union([rule, z.array(rule)])).optional(),
    unknownParameters: unknownParameters.optional(),
    refusals: z
      .strictObject({
        names: z.enum(["all", "first", "none"]),
        wrongTypes: z.union([status, z.literal("taken")]),
        source,
      })
      .optional(),
    embeddings: z.strictObject({ maxInputs: z.int().positive(), source }).optional(),
    messages: messages.optional(),
    streaming: streaming.optional(),
    quirks: z.array(quirk).optional(),
    errors: z.array(errorRule).optional(),
    limits: limits.optional(),
    metadata: z
      .array(
        z.string().regex(/^(header:[a-z0-9-]+|[^:\s]+)$/, 'Name a dotted wire path, or "header:<name>" in lower case.'),
      )
      .optional(),
    librechat: librechat.optional(),
    request: z.looseObject({}).optional(),
  })
  .superRefine(checkAddress);
