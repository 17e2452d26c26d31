import { createScrubber } from "@llm-provider/core/internal";
import type { Interaction } from "./cassette.ts";

/** What must not lie in a repository, whoever's it is. */
const patterns: readonly { readonly id: string; readonly pattern: RegExp; readonly by: string }[] = [
  { id: "bearer", pattern: /\bBearer\s+[\w.~+/=-]{8,}/g, by: "Bearer [redacted]" },
  { id: "key-shape", pattern: /\b(?:sk|gsk|pk|fw|rk|xai)[-_][A-Za-z0-9_-]{16,}/g, by: "[redacted]" },
  { id: "organization", pattern: /\b(?:org|proj|user)[-_][A-Za-z0-9]{12,}\b/g, by: "[redacted]" },
  { id: "email", pattern: /\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b/gi, by: "[redacted]" },
  { id: "home", pattern: /(?:\/home\/|\/Users\/|[A-Z]:\\\\Users\\\\)[\w.-]+/g, by: "/home/[redacted]" },
];

/** Takes out the secrets that are known and whatever looks like one; says which rules had something to do. */
export function scrubInteractions(
  interactions: readonly Interaction[],
  secrets: readonly string[],
): { interactions: Interaction[]; scrubbed: string[] } {
  const scrubSecrets = createScrubber(secrets);
  const fired = new Set<string>();
  const scrubText = (text: string): string => {
    let out = scrubSecrets(text);
    if (out !== text) fired.add("key");
    for (const { id, pattern, by } of patterns) {
      const next = out.replace(pattern, by);
      if (next !== out) fired.add(id);
      out = next;
    }
    return out;
  };
  const scrub = <T>(value: T): T => {
    if (typeof value === "string") return scrubText(value) as T;
    if (Array.isArray(value)) return value.map(scrub) as T;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scrub(inner)])) as T;
  };
  const clean = interactions.map((interaction): Interaction => {
    const { path, body, rawHeaders, response, responseIsBinary } = interaction;
    const text = responseIsBinary ? Buffer.from(response, "hex").toString("latin1") : response;
    const cleanText = scrubText(text);
    const stored = responseIsBinary ? Buffer.from(cleanText, "latin1").toString("hex") : cleanText;
    return { ...interaction, path: scrub(path), body: scrub(body), rawHeaders: scrub(rawHeaders), response: stored };
  });
  return { interactions: clean, scrubbed: [...fired].sort() };
}
