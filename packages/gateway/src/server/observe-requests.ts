import { maskKeys } from "@llm-provider/core/internal";
import type { EndedRequest, RequestLog } from "../log/request-log.ts";
import { Metrics } from "../metrics/metrics.ts";
import { loadTracing } from "../telemetry/trace-request.ts";
import type { GatewayState } from "./gateway-state.ts";

/** Counts, traces and logs every finished request. Returns a function for the metrics, which are loaded on first use. */
export function observeRequests(
  log: RequestLog,
  current: () => GatewayState,
  writeLine: ((line: string) => void) | undefined,
): () => Promise<Metrics> {
  let loaded: Promise<[Metrics, Awaited<ReturnType<typeof loadTracing>>]> | undefined;
  const load = (): NonNullable<typeof loaded> =>
    (loaded ??= Promise.all([Metrics.load((name) => current().models.has(name)), loadTracing()]));
  const observe = async (ended: EndedRequest): Promise<void> => {
    const [metrics, trace] = await load();
    metrics.note(ended.record);
    trace?.(ended);
  };
  log.listen((ended) => {
    if (writeLine && current().config.log !== "none") writeLine(toLogLine(ended));
    // A failure to count must not affect the request.
    observe(ended).catch(() => {});
  });
  return async () => (await load())[0];
}

/** A request as one line of JSON. Text that looks like a key is masked, since users paste keys into messages. */
function toLogLine({ record, content }: EndedRequest): string {
  return `${maskKeys(JSON.stringify({ ...record, ...content }))}\n`;
}
