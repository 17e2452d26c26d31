import { ProviderError, readPath, sourceOf, type Json } from "@llm-provider/core";
import type { Check } from "../kit/check.ts";
import { codeOf } from "../kit/code-of.ts";
import { errorCases, plainBody, type ErrorCase } from "../kit/error-cases.ts";
import { plain, same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { limitCases } from "../kit/limit-cases.ts";
import { memorySite } from "../kit/memory-site.ts";
import type { Reply } from "../twin/reply.ts";

/** What an error says. */
export const errorsTold: readonly Check[] = [
  {
    id: "E1",
    level: "MUST",
    by: "faults",
    title: "every documented refusal and every usual status has its code, asked as a whole or as a stream",
    async run(kit) {
      await each(kit, (one, error, fact) => same(codeOf(error), one.code, { at: `${one.at}, chat`, fact }));
      for (const one of errorCases(kit.definition, kit.wire)) {
        const error = await refused(kit, kit.json(one.status, one.body), one.at, "stream");
        same(codeOf(error), one.code, { at: `${one.at}, stream`, fact: factOf(one) });
      }
    },
  },
  {
    id: "E8",
    level: "MUST",
    by: "faults",
    title: "an error is a ProviderError that names provider, model and status, and keeps the endpoint's own body",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        truth(ProviderError.is(error) && error instanceof Error, "a ProviderError", error, { at: one.at, fact });
        const { provider, model, status } = error as ProviderError;
        same(
          { provider, model, status },
          { provider: kit.definition.id, model: kit.definition.smallModel, status: one.status },
          { at: one.at, fact },
        );
        same(plain((error as ProviderError).body), plain(afterErrorQuirks(kit, one)), { at: `${one.at}, body`, fact });
      }),
  },
  {
    id: "E12",
    level: "MUST",
    by: "faults",
    title: "an error's message is the endpoint's own text",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        const body = afterErrorQuirks(kit, one);
        const text = kit.definition.dialect.errorText(body).message;
        if (text !== undefined) same((error as Error).message, text, { at: one.at, fact });
      }),
  },
  {
    id: "E14",
    level: "MUST",
    by: "faults",
    title: "an error says what a person should do, in the words of the rule and with its page",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        const { hint = "" } = error as ProviderError;
        const { rule } = one;
        // Holes of the rule's text are filled from the body: the words around them must be there.
        const words = rule ? [...rule.hint.split(/\{[\w.]+\}/), sourceOf(kit.definition, rule.source).url] : [];
        for (const part of words) truth(hint.includes(part), `a hint with "${part}"`, hint, { at: one.at, fact });
        truth(hint.length > 10, "a hint", hint, { at: one.at, fact });
      }),
  },
  {
    id: "E15",
    level: "MUST",
    by: "faults",
    title: "`retryable` says whether the same request can succeed later",
    run: (kit) =>
      each(kit, (one, error, fact) => {
        const { retryable } = error as ProviderError;
        same(retryable, one.retryable, { at: one.at, fact });
      }),
  },
  {
    id: "E9",
    level: "MUST",
    by: "faults",
    title: "an error carries the request id, the rate limits, the wait and the metadata of its answer",
    async run(kit) {
      const { limits, metadata = [] } = kit.definition;
      const id = (limits?.requestId ?? "x-request-id").toLowerCase();
      const body = plainBody(kit.wire, 429);
      const first = (await refused(
        kit,
        kit.json(429, body, { [id]: "req-77", "retry-after": "7" }),
        "429",
      )) as ProviderError;
      const inStream = (await refused(
        kit,
        kit.json(429, body, { [id]: "req-77", "retry-after": "7" }),
        "429",
        "stream",
      )) as ProviderError;
      same([inStream.requestId, inStream.retryAfter], ["req-77", 7000], { at: "requestId, retryAfter of a stream" });
      same([first.requestId, first.retryAfter], ["req-77", 7000], {
        at: "requestId, retryAfter",
        fact: { path: "limits.requestId", value: id },
      });
      for (const { header, fact, sent, expected, tolerance } of limitCases(kit.definition)) {
        const { limits: found } = (await refused(
          kit,
          kit.json(429, body, { [header]: sent() }),
          header,
        )) as ProviderError;
        const got = found?.[fact.of]?.[fact.is] ?? Number.NaN;
        truth(Math.abs(got - expected) <= tolerance, `${expected}`, got, {
          at: `limits from ${header}: ${sent()}`,
          fact: { path: `limits.headers.${header}`, value: fact },
        });
      }
      for (const name of metadata) {
        const headers = name.startsWith("header:") ? { [name.slice(7)]: "told" } : {};
        const told = name.startsWith("header:") ? body : withField(body, name);
        const error = (await refused(kit, kit.json(400, told, headers), name)) as ProviderError;
        const wanted = name.startsWith("header:") ? "told" : readPath(told, name);
        if (name.startsWith("header:") || name.startsWith("error."))
          same(plain(error.metadata?.[name]), wanted, {
            at: `metadata["${name}"]`,
            fact: { path: "metadata", value: name },
          });
      }
    },
  },
  {
    id: "E2",
    level: "MUST",
    by: "faults",
    title: "whatever an error's body is made of, the error has its code and a message to read",
    async run(kit) {
      const bodies: [name: string, bytes: string | Uint8Array, type: string][] = [
        [
          "an HTML page",
          "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad</h1></body></html>",
          "text/html",
        ],
        ["nothing", "", "application/json"],
        ["bytes that are no UTF-8", new Uint8Array([0xff, 0xfe, 0x00, 0x80]), "application/octet-stream"],
        ["plain text", "upstream connect error", "text/plain"],
        ["a JSON text", '"unauthorized"', "application/json"],
        ["JSON of no known form", '{"x":[1,2]}', "application/json"],
        ["JSON called something else", JSON.stringify(plainBody(kit.wire, 500)), "application/octet-stream"],
        ["JSON that breaks off", '{"error":{"message":"half', "application/json"],
      ];
      for (const [name, bytes, type] of bodies) {
        const error = await refused(kit, { status: 500, headers: { "content-type": type }, pieces: [bytes] }, name);
        const { message, status } = error as ProviderError;
        same([codeOf(error), status], [firstCode(kit), 500], { at: name });
        truth(
          message.trim().length > 3 && message.length < 2000 && !/<h1>/.test(message),
          "a message to read",
          message,
          { at: name },
        );
      }
      if (kit.wire.name !== "openai") return;
      const spoken = [
        { error: "It went wrong." },
        { message: "It went wrong." },
        { detail: "It went wrong." },
        { detail: [{ loc: ["body", "user"], msg: "It went wrong.", type: "x" }] },
        { object: "error", message: { detail: [{ loc: ["body"], msg: "It went wrong." }] } },
        { error: { message: "It went wrong.", code: 500 } },
      ];
      for (const body of spoken) {
        const { message } = (await refused(kit, kit.json(500, body), JSON.stringify(body))) as Error;
        truth(message.includes("It went wrong."), "the endpoint's own text", message, { at: JSON.stringify(body) });
      }
    },
  },
  {
    id: "E13",
    level: "MUST",
    by: "faults",
    title: "an error inside a 200 is an error: instead of an answer, in the middle of a stream, or beside a chunk",
    async run(kit) {
      const body = kit.wire.writeError({ status: 400, message: "Token limit reached", type: "some_error" });
      const { pieces, ...head } = kit.stream(kit.answer({ text: "one two three four" }));
      const begun = [...(pieces as string[])].slice(0, 4);
      const isSse = kit.definition.dialect.framing === "sse";
      const line = isSse ? `data: ${JSON.stringify(body)}\n\n` : `${JSON.stringify(body)}\n`;
      const replies: [string, Reply][] = [
        ["instead of an answer", kit.json(200, body)],
        ["as the first chunk", { ...head, pieces: [line] }],
        ["in the middle, and nothing after", { ...head, pieces: [...begun, line] }],
      ];
      if (isSse)
        replies.push(["as `event: error`", { ...head, pieces: [...begun, `event: error\n${line}data: [DONE]\n\n`] }]);
      if (kit.wire.name === "openai") {
        const beside = { ...kit.wire.writeChunks(kit.answer(), kit.definition, false)[0], ...(body as object) };
        replies.push([
          "beside a chunk, with an end mark after",
          { ...head, pieces: [...begun, `data: ${JSON.stringify(beside)}\n\n`, "data: [DONE]\n\n"] },
        ]);
      }
      for (const [at, reply] of replies) {
        const error = await refused(kit, reply, at, "stream");
        same((error as Error).message, "Token limit reached", { at });
      }
    },
  },
];

function firstCode(kit: Kit): string {
  return errorCases(
    { ...kit.definition, errors: kit.definition.errors?.filter(({ body }) => body === undefined) },
    kit.wire,
  ).find(({ status }) => status === 500)!.code;
}

type Fact = { path: string; value: unknown; source: NonNullable<ErrorCase["rule"]>["source"] } | undefined;
type Run = (one: ErrorCase, error: unknown, fact: Fact) => void;

/** The errors of one suite, asked for once and looked at by several checks. */
const asked = new WeakMap<Kit, Promise<{ one: ErrorCase; error: unknown }[]>>();

async function each(kit: Kit, run: Run): Promise<void> {
  if (!asked.has(kit))
    asked.set(
      kit,
      Promise.all(
        errorCases(kit.definition, kit.wire).map(async (one) => ({
          one,
          error: await refused(kit, kit.json(one.status, one.body), one.at),
        })),
      ),
    );
  for (const { one, error } of await asked.get(kit)!) run(one, error, factOf(one));
}

function factOf({ rule, at }: ErrorCase): Fact {
  return rule && { path: at.split(",")[0]!, value: { status: rule.status, code: rule.code }, source: rule.source };
}

function refused(kit: Kit, reply: Reply, at: string, mode: "chat" | "stream" = "chat"): Promise<unknown> {
  const provider = kit.provider(memorySite(reply));
  return kit.rejection(
    mode === "chat" ? provider.chat(kit.request()) : provider.stream(kit.request()).result,
    "an error",
    at,
  );
}

function afterErrorQuirks(kit: Kit, { status, body }: ErrorCase): Json {
  const context = { model: kit.definition.smallModel, status, headers: {} };
  return (kit.definition.quirks ?? []).reduce<Json>((json, quirk) => quirk.error?.(json, context) ?? json, body);
}

/** A body in which a field of `metadata` stands. */
function withField(body: Json, path: string): Json {
  const [head = "", ...rest] = path.split(".");
  const base = (typeof body === "object" && body !== null && !Array.isArray(body) ? body : {}) as {
    [key: string]: Json;
  };
  return { ...base, [head]: rest.length > 0 ? withField(base[head] ?? {}, rest.join(".")) : { told: true } };
}
