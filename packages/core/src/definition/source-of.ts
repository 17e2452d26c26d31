/** A key of `definition.sources`, or a page with the day it was read (YYYY-MM-DD, or `unread`). */
export type Source = string | readonly [url: string, asOf: string];

/** The page behind a source, and the day it was read if that is known. Without a source: the vendor's documentation. */
export function sourceOf(
  {
    docs,
    sources,
  }: {
    readonly docs?: string;
    readonly sources?: { readonly [key: string]: readonly [url: string, asOf: string] };
  },
  source: Source | undefined,
): { url: string; asOf?: string } {
  if (source === undefined) return { url: docs ?? "" };
  if (typeof source !== "string") return { url: source[0], asOf: source[1] };
  const page = sources && Object.hasOwn(sources, source) ? sources[source] : undefined;
  return page ? { url: page[0], asOf: page[1] } : { url: source };
}
