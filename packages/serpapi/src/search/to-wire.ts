import type { WireParameters } from "./engines.ts";
import { engines } from "./engines.ts";
import type { SearchRequest } from "./search-input.ts";

export type WireSearch = {
  readonly parameters: WireParameters;
  /** Fields of the request that the engine does not support. */
  readonly ignored: readonly string[];
};

/** Translates a request into its engine's parameters, without the key. */
export function toWire(request: SearchRequest, now: Date): WireSearch {
  const engine = engines[request.engine];
  const { language, country } = localeOf(request);
  const wanted: { readonly [field: string]: WireParameters | undefined } = {
    ...(request.page > 1 && { page: engine.page?.(request.page) }),
    // The list of any engine can be shortened afterwards, so `number` is never ignored.
    ...(request.number !== undefined && { number: engine.number?.(request.number) ?? {} }),
    ...(request.language !== undefined && { language: language ? engine.language?.(language, country) : undefined }),
    ...(request.country !== undefined && { country: country ? engine.country?.(country, language) : undefined }),
    ...(request.location !== undefined && { location: engine.location?.(request.location) }),
    ...(request.safe !== undefined && { safe: engine.safe?.[request.safe] }),
    ...(request.timeRange !== undefined && { timeRange: engine.timeRange?.(request.timeRange, request.query, now) }),
  };
  return {
    parameters: Object.assign(
      { engine: request.engine, [engine.query]: request.query },
      ...Object.values(wanted).map((parameters) => parameters ?? {}),
    ) as WireParameters,
    ignored: Object.keys(wanted).filter((field) => wanted[field] === undefined),
  };
}

/** `en-US` also names a country. `uk` is not the ISO code of the United Kingdom, but many people write it. */
function localeOf(request: SearchRequest): { language: string | undefined; country: string | undefined } {
  const language = request.language?.toLowerCase();
  const named = request.country?.toLowerCase() ?? /-([a-z]{2})$/.exec(language ?? "")?.[1];
  return { language, country: named === "uk" ? "gb" : named };
}
