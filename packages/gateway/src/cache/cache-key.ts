import { createHash } from "node:crypto";

/** Fields that do not affect the answer. Every other field does, even an unknown one. */
const isLeftOut: ReadonlySet<string> = new Set(["stream", "stream_options", "user", "metadata"]);

/** A hash of the caller, the possible targets and the body. An absent parameter differs from every value. */
export function cacheKey(
  scope: {
    readonly client: string | undefined;
    readonly targets: readonly string[];
    readonly headers: readonly string[];
  },
  body: { readonly [parameter: string]: unknown },
): string {
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !isLeftOut.has(name)));
  return createHash("sha256")
    .update(canonicalJson([scope.client ?? null, scope.targets, scope.headers, rest]))
    .digest("hex");
}

/** JSON with sorted fields, so that equal values give the same text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
