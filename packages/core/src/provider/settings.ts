import type { Attempt, CallOptions, ProviderOptions } from "./provider.ts";
import { isHeaderValue } from "../transport/is-header-value.ts";
import { checkBaseURL } from "../transport/check-base-url.ts";
import type { Definition } from "../definition/definition.ts";
import { ProviderError } from "../errors/provider-error.ts";
import { quiet } from "./quiet.ts";

type Fetch = NonNullable<ProviderOptions["fetch"]>;

/** The option of a call that puts something between core and its `fetch`: the inspector looks at the wire there. */
export const watchFetch: unique symbol = Symbol("watchFetch");

/** The options of a call, and what programs of this repository add to them. */
export interface WatchedCall extends CallOptions {
  [watchFetch]?: (fetch: Fetch) => Fetch;
}

/** The options of a provider with their defaults; for one call, also the call's own. */
export interface Settings extends Required<Omit<ProviderOptions, "apiKey" | "onAttempt">> {
  readonly apiKey: ProviderOptions["apiKey"];
  /** The observers of the requests: the provider's and the call's. */
  readonly onAttempt: readonly ((attempt: Attempt) => void)[];
  readonly onChunk: ((data: string) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

export function resolveSettings(definition: Definition, options: ProviderOptions): Settings {
  return {
    apiKey: options.apiKey,
    onAttempt: options.onAttempt ? [quiet(options.onAttempt)] : [],
    onChunk: undefined,
    signal: undefined,
    baseURL: checkBaseURL(definition, options.baseURL ?? definition.baseURL, {
      sendsSecret: definition.auth !== "none",
    }),
    headers: toHeaders(definition, options.headers ?? {}),
    // Looked up at each call, so that a test or a tracer may replace the global one.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    timeout: options.timeout ?? 60_000,
    idleTimeout: options.idleTimeout ?? 120_000,
    maxRetries: options.maxRetries ?? 2,
    maxWait: options.maxWait ?? 60_000,
    onUnsupported: options.onUnsupported ?? "drop",
  };
}

/** The settings of one call: its own where it has some. Headers are merged, and both observers are called. */
export function settingsOfCall(definition: Definition, settings: Settings, call: WatchedCall): Settings {
  return {
    ...settings,
    fetch: call[watchFetch]?.(settings.fetch) ?? settings.fetch,
    headers: { ...settings.headers, ...toHeaders(definition, call.headers ?? {}) },
    timeout: call.timeout ?? settings.timeout,
    idleTimeout: call.idleTimeout ?? settings.idleTimeout,
    maxRetries: call.maxRetries ?? settings.maxRetries,
    onAttempt: call.onAttempt ? [...settings.onAttempt, quiet(call.onAttempt)] : settings.onAttempt,
    onChunk: call.onChunk && quiet(call.onChunk),
    signal: call.signal,
  };
}

/** Headers with names in lower case. An invalid one is reported by its position: its name may be a key in the wrong field. */
function toHeaders(definition: Definition, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value], index) => {
      if (value === undefined || value === null) return [];
      if (/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name) && isHeaderValue(String(value)))
        return [[name.toLowerCase(), String(value)]];
      throw new ProviderError(
        `Entry ${index + 1} of \`headers\` cannot be sent: its name or value has characters that HTTP headers do not allow.`,
        {
          code: "invalid-request",
          provider: definition.id,
          hint: "Look for line breaks and for letters outside Latin-1.",
        },
      );
    }),
  );
}
