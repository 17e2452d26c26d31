import { isHeaderValue } from "../transport/is-header-value.ts";
import { checkBaseURL } from "../transport/check-base-url.ts";
import type { Definition } from "../definition/definition.ts";
import type { ProviderOptions } from "./provider.ts";
import { ProviderError } from "../errors/provider-error.ts";

/** The options of a provider with their defaults. */
export type Settings = Required<Omit<ProviderOptions, "apiKey" | "onAttempt">> &
  Pick<ProviderOptions, "apiKey" | "onAttempt">;

export function resolveSettings(definition: Definition, options: ProviderOptions): Settings {
  return {
    apiKey: options.apiKey,
    onAttempt: options.onAttempt,
    baseURL: checkBaseURL(definition, options.baseURL ?? definition.baseURL),
    headers: lowerCase(definition, options.headers ?? {}),
    // Looked up at each call, so that a test or a tracer may replace the global one.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    timeout: options.timeout ?? 60_000,
    idleTimeout: options.idleTimeout ?? 120_000,
    maxRetries: options.maxRetries ?? 2,
    maxWait: options.maxWait ?? 60_000,
    onUnsupported: options.onUnsupported ?? "drop",
  };
}

function lowerCase(definition: Definition, headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined || value === null) return [];
      if (/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name) && isHeaderValue(String(value)))
        return [[name.toLowerCase(), String(value)]];
      throw new ProviderError(
        `The header ${JSON.stringify(name)} cannot be sent: its name or value holds characters that no header may hold.`,
        {
          code: "invalid-request",
          provider: definition.id,
          hint: "Look for line breaks and for letters outside Latin-1.",
        },
      );
    }),
  );
}
