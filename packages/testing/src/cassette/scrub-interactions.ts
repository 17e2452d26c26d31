import { createScrubber, maskKeys } from "@llm-provider/core/internal";
import type { Interaction } from "./cassette.ts";
import { scrubSplit } from "./scrub-split.ts";

/** Patterns that name a person, an account or a machine: these must not be in a repository either. */
const patterns: readonly { readonly id: string; readonly pattern: RegExp; readonly by: string }[] = [
  { id: "organization", pattern: /\b(?:org|proj|user)[-_][A-Za-z0-9]{12,}\b/g, by: "[redacted]" },
  { id: "email", pattern: /\b[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}\b/gi, by: "[redacted]" },
  { id: "home", pattern: /(?:\/home\/|\/Users\/|[A-Z]:\\\\Users\\\\)[\w.-]+/g, by: "/home/[redacted]" },
];

/** Removes the known secrets and everything that looks like one; returns the rules that applied. */
export function scrubInteractions(
  interactions: readonly Interaction[],
  secrets: readonly string[],
): { interactions: Interaction[]; scrubbed: string[] } {
  const scrubSecrets = createScrubber(secrets);
  const fired = new Set<string>();
  const scrubKnown = (text: string): string => {
    const known = scrubSecrets(text);
    if (known !== text) fired.add("key");
    return known;
  };
  const scrubText = (text: string, name?: string): string => {
    const known = scrubKnown(text);
    let out = maskKeys(known, { ...(name !== undefined && { name }), label: () => "[redacted]" });
    if (out !== known) fired.add("key-shape");
    for (const { id, pattern, by } of patterns) {
      const next = out.replace(pattern, by);
      if (next !== out) fired.add(id);
      out = next;
    }
    return out;
  };
  const scrub = <T>(value: T, name?: string): T => {
    if (typeof value === "string") return scrubText(value, name) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => scrub(item, name)) as T;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [scrubText(key), scrub(inner, key)])) as T;
  };
  const clean = interactions.map((interaction): Interaction => {
    const { scope, path, body, asked, requestHeaders, rawHeaders, response, responseIsBinary } = interaction;
    const text = responseIsBinary ? Buffer.from(response, "hex").toString("latin1") : response;
    const cleanText = scrubText(scrubSplit(text, scrubKnown));
    const stored = responseIsBinary ? Buffer.from(cleanText, "latin1").toString("hex") : cleanText;
    const headers = rawHeaders.map((header, at) => scrubText(header, at % 2 === 1 ? rawHeaders[at - 1] : undefined));
    return {
      ...interaction,
      scope: scrub(scope),
      path: scrub(path),
      body: scrub(body),
      ...(asked && { asked: scrub(asked) }),
      ...(requestHeaders && { requestHeaders: scrub(requestHeaders) }),
      rawHeaders: headers,
      response: stored,
    };
  });
  return { interactions: clean, scrubbed: [...fired].sort() };
}
