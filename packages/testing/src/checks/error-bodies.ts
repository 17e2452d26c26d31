import type { Json, ProviderError } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { errorCases, plainBody } from "../kit/error-cases.ts";
import { codeOf, plain, same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { limitCases } from "../kit/limit-cases.ts";
import { errorFrom } from "../kit/send.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { frameText } from "../wire/frame.ts";
import { isObject } from "../read-json.ts";

/** Errors in odd bodies and odd places, and their other facts. */
export const errorBodies: readonly Check[] = [
  {
    name: "keeps-error-details",
    by: "faults",
    title: "an error carries the request id, the rate limits, the wait and the metadata of its response",
    async run(kit) {
      const { limits, metadata = [] } = kit.definition;
      const id = (limits?.requestId ?? "x-request-id").toLowerCase();
      const body = plainBody(kit.wire, 429);
      const first = (await errorFrom(
        kit,
        kit.json(429, body, { [id]: "req-77", "retry-after": "7" }),
        "429",
      )) as ProviderError;
      const inStream = (await errorFrom(
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
        const { limits: found } = (await errorFrom(
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
        const error = (await errorFrom(kit, kit.json(400, told, headers), name)) as ProviderError;
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
    name: "survives-odd-error-bodies",
    by: "faults",
    title: "whatever an error's body contains, the error has its code and a readable message",
    async run(kit) {
      const bodies: [name: string, bytes: string | Uint8Array, type: string][] = [
        [
          "an HTML page",
          "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad</h1></body></html>",
          "text/html",
        ],
        ["nothing", "", "application/json"],
        ["bytes that are not UTF-8", new Uint8Array([0xff, 0xfe, 0x00, 0x80]), "application/octet-stream"],
        ["plain text", "upstream connect error", "text/plain"],
        ["a JSON text", '"unauthorized"', "application/json"],
        ["JSON of no known form", '{"x":[1,2]}', "application/json"],
        ["JSON called something else", JSON.stringify(plainBody(kit.wire, 500)), "application/octet-stream"],
        ["JSON that breaks off", '{"error":{"message":"half', "application/json"],
      ];
      for (const [name, bytes, type] of bodies) {
        const error = await errorFrom(kit, { status: 500, headers: { "content-type": type }, pieces: [bytes] }, name);
        const { message, status } = error as ProviderError;
        same([codeOf(error), status], [firstCode(kit), 500], { at: name });
        truth(
          message.trim().length > 3 && message.length < 2000 && !/<h1>/.test(message),
          "a readable message",
          message,
          { at: name },
        );
      }
      if (!kit.definition.dialect.settings) return;
      const spoken = [
        { error: "It went wrong." },
        { message: "It went wrong." },
        { detail: "It went wrong." },
        { detail: [{ loc: ["body", "user"], msg: "It went wrong.", type: "x" }] },
        { object: "error", message: { detail: [{ loc: ["body"], msg: "It went wrong." }] } },
        { error: { message: "It went wrong.", code: 500 } },
      ];
      for (const body of spoken) {
        const { message } = (await errorFrom(kit, kit.json(500, body), JSON.stringify(body))) as Error;
        truth(message.includes("It went wrong."), "the endpoint's own text", message, { at: JSON.stringify(body) });
      }
    },
  },
  {
    name: "finds-errors-inside-a-200",
    by: "faults",
    title: "an error inside a 200 is an error: instead of an answer, in the middle of a stream, or beside a chunk",
    async run(kit) {
      const body = kit.wire.writeError({ status: 400, message: "Token limit reached", type: "some_error" });
      const { pieces, ...head } = kit.stream(kit.answer({ text: "one two three four" }));
      const begun = pieces.slice(0, 4);
      const isSse = kit.definition.dialect.framing === "sse";
      const line = frameText(kit.definition, JSON.stringify(body));
      const replies: [string, MockResponse][] = [
        ["instead of an answer", kit.json(200, body)],
        ["as the first chunk", { ...head, pieces: [line] }],
        ["in the middle, and nothing after", { ...head, pieces: [...begun, line] }],
      ];
      if (isSse)
        replies.push(["as `event: error`", { ...head, pieces: [...begun, `event: error\n${line}data: [DONE]\n\n`] }]);
      if (kit.definition.dialect.settings) {
        const beside = { ...kit.wire.writeChunks(kit.answer(), kit.definition, false)[0], ...(body as object) };
        replies.push([
          "beside a chunk, with an end mark after",
          { ...head, pieces: [...begun, `data: ${JSON.stringify(beside)}\n\n`, "data: [DONE]\n\n"] },
        ]);
      }
      for (const [at, reply] of replies) {
        const error = await errorFrom(kit, reply, at, "stream");
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

/** A body with a field of `metadata`. */
function withField(body: Json, path: string): Json {
  const [head = "", ...rest] = path.split(".");
  const base = isObject(body) ? body : {};
  return { ...base, [head]: rest.length > 0 ? withField(base[head] ?? {}, rest.join(".")) : { told: true } };
}
