import type { Definition } from "@llm-provider/core";
import { guidePath, layout } from "./docs-layout.ts";
import type { Draft } from "./draft.ts";
import { readEndpointBlock } from "./endpoint-block.ts";

/**
 * The page of a provider: the one of its id, or one whose only endpoint has the same host, so that `together` does not get
 * a second page beside `togetherai`. Absent: there is none.
 */
export function findPage(draft: Draft, { id, baseURL }: Definition): string | undefined {
  if (draft.read(guidePath(id)) !== undefined) return id;
  const ids = draft.list(layout.guides).flatMap((file) => /^([\w-]+)\.mdx$/.exec(file)?.[1] ?? []);
  const { host } = new URL(baseURL);
  const same = ids.filter((other) => hostsOf(draft.read(guidePath(other)) ?? "").has(host));
  return same.length === 1 ? same[0] : undefined;
}

function hostsOf(page: string): Set<string> {
  const blocks = [...page.matchAll(/^```yaml\b[^\n]*\n([^]*?)\n```$/gm)];
  const urls = blocks.flatMap(([, text]) => readEndpointBlock(text!)?.baseURL ?? []);
  return new Set(urls.flatMap((url) => (URL.canParse(String(url)) ? [new URL(String(url)).host] : [])));
}
