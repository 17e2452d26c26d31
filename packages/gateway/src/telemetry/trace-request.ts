import type * as OpenTelemetry from "@opentelemetry/api";
import type { EndedRequest } from "../log/request-log.ts";
import type { RequestRecord } from "../log/request-record.ts";

type Api = typeof OpenTelemetry;

/**
 * Returns the attributes of OpenTelemetry's conventions for generative AI. The conventions are still in development and
 * have renamed attributes before (`gen_ai.system` became `gen_ai.provider.name`), so only this file contains the names.
 */
function attributesOf({
  path,
  model,
  target,
  usage,
  finishReason,
  status,
  error,
}: RequestRecord): Record<string, string | number | string[]> {
  const [provider, answering] = splitTarget(target);
  return {
    "gen_ai.operation.name": operationOf(path),
    "gen_ai.request.model": model,
    ...(provider !== undefined && { "gen_ai.provider.name": provider }),
    ...(answering !== undefined && { "gen_ai.response.model": answering }),
    ...(finishReason !== undefined && { "gen_ai.response.finish_reasons": [finishReason] }),
    ...(usage && {
      "gen_ai.usage.input_tokens": usage.inputTokens,
      "gen_ai.usage.output_tokens": usage.outputTokens,
    }),
    ...(status !== undefined && { "http.response.status_code": status }),
    ...(error && { "error.type": error.code }),
  };
}

/** Returns our own attributes, for which the conventions have no names. */
function factsOf({ id, client, attempts, cost, cache }: RequestRecord): Record<string, string | number> {
  return {
    "llm_provider.request.id": id,
    "llm_provider.attempts": attempts.length,
    ...(client !== undefined && { "llm_provider.client": client }),
    ...(cost !== undefined && { "llm_provider.cost_usd": cost }),
    ...(cache !== undefined && { "llm_provider.cache": cache }),
  };
}

/** Loads OpenTelemetry if it is installed. Returns a function that writes a span for a finished request. */
export async function loadTracing(): Promise<((ended: EndedRequest) => void) | undefined> {
  const api = await import("@opentelemetry/api").catch(() => undefined);
  return api && ((ended) => trace(api, ended));
}

function trace(api: Api, { record, header }: EndedRequest): void {
  const tracer = api.trace.getTracer("@llm-provider/gateway");
  const carrier = { traceparent: header("traceparent"), tracestate: header("tracestate") };
  const parent = api.propagation.extract(api.context.active(), carrier);
  const begin = Date.parse(record.time);
  const name = `${operationOf(record.path)} ${record.model}`.trim();
  const attributes = { ...attributesOf(record), ...factsOf(record) };
  const span = tracer.startSpan(name, { kind: api.SpanKind.SERVER, startTime: begin, attributes }, parent);
  for (const attempt of record.attempts) traceAttempt(api, span, attempt, begin);
  if (record.error) span.setStatus({ code: api.SpanStatusCode.ERROR, message: record.error.message });
  span.end(begin + (record.total ?? 0));
}

function traceAttempt(
  api: Api,
  parent: OpenTelemetry.Span,
  attempt: RequestRecord["attempts"][number],
  begin: number,
): void {
  const { target, at, ms, status, code, message } = attempt;
  const [provider, model] = splitTarget(target);
  const span = api.trace.getTracer("@llm-provider/gateway").startSpan(
    `attempt ${target}`,
    {
      kind: api.SpanKind.CLIENT,
      startTime: begin + at,
      attributes: {
        ...(provider !== undefined && { "gen_ai.provider.name": provider }),
        ...(model !== undefined && { "gen_ai.request.model": model }),
        ...(status !== undefined && { "http.response.status_code": status }),
        ...(code !== undefined && { "error.type": code }),
      },
    },
    api.trace.setSpan(api.context.active(), parent),
  );
  if (code !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, ...(message !== undefined && { message }) });
  span.end(begin + at + ms);
}

function operationOf(path: string): string {
  return path.endsWith("/embeddings") ? "embeddings" : "chat";
}

function splitTarget(target: string | undefined): readonly [provider?: string, model?: string] {
  if (target === undefined) return [];
  const colon = target.indexOf(":");
  return colon === -1 ? [target] : [target.slice(0, colon), target.slice(colon + 1)];
}
