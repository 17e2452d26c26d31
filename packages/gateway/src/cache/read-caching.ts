import type { CacheConfig } from "../config/config.ts";

/** How a request uses the cache. */
export interface Caching {
  /** The maximum age of an answer in milliseconds. Infinity for any age. */
  readonly maxAge: number;
  /** Whether only a kept answer may be used (`only-if-cached`). */
  readonly isOnly: boolean;
}

/** Reads how a request uses the cache. Undefined if it does not, since only requests for repeatable answers do. */
export function readCaching(
  cache: CacheConfig | undefined,
  body: { readonly [parameter: string]: unknown },
  header: (name: string) => string | undefined,
): Caching | undefined {
  const isSteady = body["temperature"] === 0 || typeof body["seed"] === "number";
  const isForced = header("x-cache")?.trim().toLowerCase() === "force";
  const directives = (header("cache-control") ?? "")
    .toLowerCase()
    .split(",")
    .map((one) => one.trim());
  if (!cache || !(isSteady || isForced) || directives.includes("no-store")) return undefined;
  const seconds = directives.flatMap((one) => /^max-age="?(\d+)"?$/.exec(one)?.[1] ?? [])[0];
  const maxAge = seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1000;
  return { maxAge: directives.includes("no-cache") ? 0 : maxAge, isOnly: directives.includes("only-if-cached") };
}
