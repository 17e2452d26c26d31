import type { Definition } from "@llm-provider/core";

const always =
  /^(content-type|date|retry-after(-ms)?|x-should-retry|x-?ratelimit-.*|(x-)?request-id|location|set-cookie)$/;

/**
 * The response headers that a cassette keeps: an allow-list, because headers name accounts, projects and machines. Cookies
 * keep their place and lose their value. Name, value, name, value; a header that came twice stands twice.
 */
export function keptHeaders(headers: Headers, definition: Definition | undefined): string[] {
  const { limits, metadata = [] } = definition ?? {};
  const named = [
    limits?.requestId,
    ...Object.keys(limits?.headers ?? {}),
    ...metadata.filter((name) => name.startsWith("header:")).map((name) => name.slice(7)),
  ];
  const own = new Set(named.map((name) => name?.toLowerCase()));
  const kept: string[] = [];
  for (const [name, value] of headers) {
    if (!always.test(name) && !own.has(name)) continue;
    kept.push(name, name === "set-cookie" ? value.replace(/=[^;]*/, "=[scrubbed]") : value);
  }
  return kept;
}
