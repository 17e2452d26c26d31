import { createHash } from "node:crypto";

/** What says nothing about the answer. Everything else of a request does, also what nobody here knows. */
const isLeftOut: ReadonlySet<string> = new Set(["stream", "stream_options", "user", "metadata"]);

/** A digest of a request: of who asks, of the targets that may answer, and of its whole body. An absent parameter is not one of any value. */
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

/** The same text for the same value, in whatever order its fields were written. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
