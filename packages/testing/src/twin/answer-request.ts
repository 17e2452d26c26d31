import type { ChatRequest, Definition, Json, JsonObject } from "@llm-provider/core";
import { endpointURL, modelInfo } from "@llm-provider/core/internal";
import { decide } from "@llm-provider/core/rules";
import type { MockResponse } from "../server/mock-response.ts";
import { frame, frameText, streamType } from "../wire/frame.ts";
import type { Wire } from "../wire/wire.ts";
import { checkMessages } from "./check-messages.ts";
import { checkParameters, checkShape, checkValues, isAuthorized } from "./check-request.ts";
import { composeAnswer } from "./compose-answer.ts";
import { composeEmbeddings } from "./compose-embeddings.ts";
import { type Refusal, writeRefusal, writeRefusals } from "./refusal.ts";
import type { TwinFault, TwinOptions, TwinRequest, TwinScenario } from "./twin-options.ts";

type Setting = TwinOptions & { readonly definition: Definition; readonly wire: Wire; readonly now: () => number };
type Queued = { readonly scenario: TwinScenario; left: number };

/** Answers one request. */
export function answerRequest(
  setting: Setting,
  received: TwinRequest,
  isTooLong: boolean,
  queue: readonly Queued[],
): MockResponse {
  const { definition, wire, apiKey } = setting;
  const { paths, embeddings } = definition.dialect;
  const refuse = (refusal: Refusal): MockResponse => json(writeRefusal(definition, wire, refusal));
  const path = received.path.split("?")[0] ?? "/";
  const base = new URL(definition.baseURL).pathname;
  const isAt = (method: string, own: string): boolean =>
    received.method === method && path === new URL(endpointURL(`http://twin${base}`, own)).pathname;
  const isModels = isAt("GET", paths.models);
  const isChat = isAt("POST", paths.chat);
  if (!isAuthorized(definition, received.headers, apiKey)) {
    return refuse({ code: "invalid-key", message: "The key that was sent is not the key of this twin.", status: 401 });
  }
  if (isModels) {
    const ids = Object.entries(definition.models)
      .filter(([, info]) => !info.retired)
      .map(([id]) => id);
    return json({ status: 200, body: wire.writeModels(ids, definition) });
  }
  const hasEmbeddings =
    definition.embeddings !== undefined && embeddings !== undefined && wire.readEmbeddings !== undefined;
  const isEmbeddings = hasEmbeddings && isAt("POST", embeddings.path);
  if (!isChat && !isEmbeddings) {
    const known = [`POST ${paths.chat}`, ...(hasEmbeddings ? [`POST ${embeddings.path}`] : []), `GET ${paths.models}`];
    return refuse({
      code: "not-found",
      status: 404,
      parameter: path,
      value: `${received.method} ${path}`,
      message: `There is no ${received.method} ${path} here. This twin knows ${known.join(", ")}. How ${definition.name} says so is not documented.`,
      about: /url|path|route|resource|page not found/i,
    });
  }
  if (isTooLong)
    return refuse({ code: "context-overflow", status: 413, message: "The body of the request is longer than 16 MiB." });
  if (isEmbeddings) return answerEmbeddings(setting, received.body as JsonObject, refuse);
  return answerChat(setting, received.body as JsonObject, queue, refuse);
}

function answerEmbeddings(
  { definition, wire }: Setting,
  body: JsonObject,
  refuse: (refusal: Refusal) => MockResponse,
): MockResponse {
  if (typeof body !== "object" || body === null)
    return refuse({ code: "invalid-request", message: "The body is not JSON." });
  const composed = composeEmbeddings(definition, wire, body);
  return "code" in composed ? refuse(composed) : json({ status: 200, body: wire.writeEmbeddings!(composed) });
}

function answerChat(
  setting: Setting,
  body: JsonObject,
  queue: readonly Queued[],
  refuse: (refusal: Refusal) => MockResponse,
): MockResponse {
  const { definition, wire } = setting;
  const unreadable = typeof body === "object" && body !== null ? undefined : checkShape(body);
  if (unreadable) return refuse(unreadable);
  const asked = wire.readRequest(body);
  const wrong = checkShape(asked) ?? checkModel(setting, asked.model);
  if (wrong) return refuse(wrong);
  const refused = checkParameters(definition, asked);
  if (refused.length > 0) return json(writeRefusals(definition, wire, refused));
  const request = withoutIgnored(definition, asked);
  const refusal = checkValues(request) ?? checkMessages(definition, request);
  if (refusal) return refuse(refusal);

  const queued = queue.find(({ scenario, left }) => left > 0 && (scenario.when?.(request) ?? true));
  if (queued) queued.left--;
  const { answer: script, error, fault = {} } = queued?.scenario ?? {};
  if (error) return json({ status: error.status, body: wire.writeError({ ...error, type: "scripted" }) });

  const answer = composeAnswer(definition, wire, request, script);
  if (!wire.wantsStream(body))
    return withFault(json({ status: 200, body: wire.writeAnswer(answer, definition) }), fault, setting);
  const isCounted = definition.dialect.settings?.usage !== "asked" || request["stream_options"]?.include_usage === true;
  return withFault(stream(definition, wire.writeChunks(answer, definition, isCounted), fault, wire), fault, setting);
}

/** Ignored parameters, such as `n`, have no effect on the answer. */
function withoutIgnored(definition: Definition, request: ChatRequest): ChatRequest {
  const ignored = decide(definition, request).flatMap(({ parameter, endpoint }) =>
    endpoint === "ignores" ? [parameter] : [],
  );
  if (ignored.length === 0) return request;
  return Object.fromEntries(Object.entries(request).filter(([name]) => !ignored.includes(name))) as ChatRequest;
}

function checkModel({ definition, strictModels }: Setting, model: string): Refusal | undefined {
  if (!strictModels) return undefined;
  const info = modelInfo(definition, model);
  if (info && !info.retired) return undefined;
  return {
    code: info?.retired ? "model-retired" : "not-found",
    about: /model/i,
    parameter: "model",
    value: model,
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
  };
}

function stream(
  definition: Definition,
  chunks: readonly JsonObject[],
  { errorInStream, malformed }: TwinFault,
  wire: Wire,
): MockResponse {
  let pieces = frame(definition, chunks);
  const middle = Math.ceil(pieces.length / 2);
  if (malformed) pieces = pieces.toSpliced(middle, 0, frameText(definition, '{"id":"twin","choices":[{"ind'));
  if (errorInStream)
    pieces = [
      ...pieces.slice(0, middle),
      frameText(definition, JSON.stringify(wire.writeError({ ...errorInStream, type: "scripted" }))),
    ];
  return {
    status: 200,
    headers: { "content-type": streamType(definition), "cache-control": "no-cache" },
    pieces,
  };
}

function json({ status, body }: { status: number; body: Json }): MockResponse {
  // A documented body that is a text is sent without quotation marks.
  if (typeof body === "string") return { status, headers: { "content-type": "text/plain" }, pieces: [body] };
  return { status, headers: { "content-type": "application/json" }, pieces: [JSON.stringify(body)] };
}

/** The reply with its faults. */
export function withFault(
  reply: MockResponse,
  fault: TwinFault,
  { wire, now }: { definition: Definition; wire: Wire; now: () => number },
): MockResponse {
  const { delay, pause, cutAt, reset, hang, rateLimit } = fault;
  if (!rateLimit) return { ...reply, delay, pause, cutAt, reset, hang };
  const { as, wait } = rateLimit;
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (as === "seconds") headers["retry-after"] = String(Math.ceil(wait / 1000));
  if (as === "milliseconds") headers["retry-after-ms"] = String(wait);
  if (as === "date") headers["retry-after"] = new Date(now() + wait).toUTCString();
  const message = `Rate limit reached.${as === "text" ? ` Please try again in ${wait / 1000}s.` : ""}`;
  const body = wire.writeError({ status: 429, message, type: "rate_limit_exceeded" });
  return { status: 429, headers, pieces: [JSON.stringify(body)], delay };
}
