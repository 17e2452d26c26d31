import type { Interaction } from "../cassette/cassette.ts";

/** The recorded headers as an object; a header that stands twice keeps both values. Bodies are stored decoded: no encoding. */
export function replayHeaders({ rawHeaders }: Interaction): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    if (/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name)) continue;
    (headers[name] ??= []).push(rawHeaders[index + 1]!);
  }
  return headers;
}
