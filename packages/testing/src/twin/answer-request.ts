import type { Definition, Json, JsonObject } from "@llm-provider/core";
import { modelInfo } from "@llm-provider/core/internal";
import { checkMessages } from "./check-messages.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkShape } from "./check-shape.ts";
import { composeAnswer } from "./compose-answer.ts";
import { frame } from "./frame.ts";
import { isAuthorized } from "./is-authorized.ts";
import type { Refusal } from "./refusal.ts";
import type { Reply } from "./reply.ts";
import type { TwinOptions } from "./twin-options.ts";
import type { TwinRequest } from "./twin-request.ts";
import type { TwinFault, TwinScenario } from "./twin-scenario.ts";
import type { Wire } from "./wire.ts";
import { withFault } from "./with-fault.ts";
import { writeRefusal } from "./write-refusal.ts";

type Setting = TwinOptions & { readonly definition: Definition; readonly wire: Wire; readonly now: () => number };
type Queued = { readonly scenario: TwinScenario; left: number };

/** One request, one answer. */
export function answerRequest(
  setting: Setting,
  received: TwinRequest,
  isTooLong: boolean,
  queue: readonly Queued[],
): Reply {
  const { definition, wire, apiKey } = setting;
  const { paths } = definition.dialect;
  const refuse = (refusal: Refusal): Reply => json(writeRefusal(definition, wire, refusal));
  const path = received.path.split("?")[0] ?? "/";
  const isModels = path.endsWith(paths.models) && received.method === "GET";
  const isChat = path.endsWith(paths.chat) && received.method === "POST";
  if (!isAuthorized(definition, received.headers, apiKey)) {
    return refuse({ code: "invalid-key", message: "The key that was sent is not the key of this twin.", status: 401 });
  }
  if (isModels) {
    const ids = Object.entries(definition.models)
      .filter(([, info]) => !info.retired)
      .map(([id]) => id);
    return json({ status: 200, body: wire.writeModels(ids) });
  }
  if (!isChat) {
    return refuse({
      code: "not-found",
      status: 404,
      message: `There is no ${received.method} ${path} here: POST ${paths.chat} and GET ${paths.models} are what this twin knows.`,
    });
  }
  if (isTooLong)
    return refuse({ code: "context-overflow", status: 413, message: "The body of the request is longer than 16 MiB." });
  return answerChat(setting, received.body as JsonObject, queue, refuse);
}

function answerChat(
  setting: Setting,
  body: JsonObject,
  queue: readonly Queued[],
  refuse: (refusal: Refusal) => Reply,
): Reply {
  const { definition, wire } = setting;
  const unreadable = typeof body === "object" && body !== null ? undefined : checkShape(body);
  if (unreadable) return refuse(unreadable);
  const request = wire.readRequest(body);
  const refusal =
    checkShape(request) ??
    checkModel(setting, request.model) ??
    checkParameters(definition, request) ??
    checkMessages(definition, request);
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

function checkModel({ definition, strictModels }: Setting, model: string): Refusal | undefined {
  if (!strictModels) return undefined;
  const info = modelInfo(definition, model);
  if (info && !info.retired) return undefined;
  return {
    code: info?.retired ? "model-retired" : "not-found",
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
): Reply {
  let pieces = frame(definition, chunks);
  const middle = Math.ceil(pieces.length / 2);
  const isSse = definition.dialect.framing === "sse";
  const line = (text: string): string => (isSse ? `data: ${text}\n\n` : `${text}\n`);
  if (malformed) pieces = pieces.toSpliced(middle, 0, line('{"id":"twin","choices":[{"ind'));
  if (errorInStream)
    pieces = [
      ...pieces.slice(0, middle),
      line(JSON.stringify(wire.writeError({ ...errorInStream, type: "scripted" }))),
    ];
  return {
    status: 200,
    headers: { "content-type": isSse ? "text/event-stream" : "application/x-ndjson", "cache-control": "no-cache" },
    pieces,
  };
}

function json({ status, body }: { status: number; body: Json }): Reply {
  return { status, headers: { "content-type": "application/json" }, pieces: [JSON.stringify(body)] };
}
