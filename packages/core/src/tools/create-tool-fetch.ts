import { connectionError } from "../transport/connection-error.ts";
import { loadPart } from "../errors/load-part.ts";
import { isRedirect } from "../transport/is-redirect.ts";
import type { Scrub } from "../scrubber.ts";
import type { Watch } from "../transport/watch-request.ts";
import { isNetworkFailure } from "./is-network-failure.ts";
import type { ToolContext } from "./tool.ts";

interface ToolRun {
  readonly id: string;
  readonly hasKey: boolean;
  /** Receives the origin of each URL that the tool requests. */
  readonly origins: Set<string>;
  readonly watch: Watch;
  readonly scrub: Scrub;
}

/** Makes the `fetch` of one call's context: it always listens to the call's signal, and keeps a key from being redirected. */
export function createToolFetch(
  send: (url: string, init?: RequestInit) => Promise<Response>,
  { id, hasKey, origins, watch, scrub }: ToolRun,
): ToolContext["fetch"] {
  return async (url, init = {}) => {
    if (watch.reason) throw watch.reason;
    if (!URL.canParse(url))
      throw new TypeError(scrub(`${url} is not an absolute URL. Begin the URL with \`context.baseURL\`.`));
    origins.add(new URL(url).origin);
    const signal = init.signal ? either(watch.signal, init.signal) : watch.signal;
    let response: Response;
    try {
      response = await send(url, { ...init, signal, ...(hasKey && { redirect: "manual" }) });
    } catch (error) {
      if (watch.reason) throw watch.reason;
      // The tool's own signal ended it, or `init` was wrong: the tool must handle this.
      if (init.signal?.aborted || (error instanceof TypeError && !isNetworkFailure(error))) throw error;
      throw await connectionError(id, "", url, error, scrub);
    }
    // A 304 answers a conditional request and is not a redirect.
    if (!hasKey || response.status === 304 || !isRedirect(response)) return response;
    void response.body?.cancel().catch(() => {});
    const { redirectError } = await loadPart(id, () => import("../transport/redirect-error.ts"));
    throw redirectError(id, { url, model: "", scrub }, response);
  };
}

/** A signal that aborts with the first of two. Not every runtime has `AbortSignal.any`. */
function either(first: AbortSignal, second: AbortSignal): AbortSignal {
  if (typeof AbortSignal.any === "function") return AbortSignal.any([first, second]);
  const controller = new AbortController();
  for (const signal of [first, second]) {
    const abort = (): void => controller.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true, signal: controller.signal });
  }
  return controller.signal;
}
