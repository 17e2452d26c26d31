import { isLoopback } from "@llm-provider/core/internal";
import type { Cassette } from "../cassette/cassette.ts";
import { responseBytes } from "../cassette/response-bytes.ts";
import { scrubInteractions } from "../cassette/scrub-interactions.ts";
import { canaryKey } from "./create-kit.ts";
import { leaks } from "./leaks.ts";

const machine = /(?:\/home\/(?!\[redacted\])|\/root\/|\/Users\/|\/tmp\/|\/work\/|[A-Z]:\\)/;

/** What a cassette should not hold, and what it says of its origin that cannot be. */
export function cassetteProblems({ meta, interactions }: Cassette): string[] {
  const problems: string[] = [];
  const { scrubbed } = scrubInteractions(interactions, []);
  problems.push(...scrubbed.map((rule) => `something that the rule "${rule}" takes out`));
  const text =
    JSON.stringify({ meta, interactions }) + interactions.map((one) => responseBytes(one).toString("latin1")).join("");
  if (leaks(text, canaryKey).length > 0) problems.push("the key of the suite");
  const path = machine.exec(text)?.[0];
  if (path !== undefined) problems.push(`a path of a machine, ${path}…`);

  const { origin, source } = meta;
  if (origin === "documented" && !(source && /^https?:/.test(source[0]) && /^\d{4}-\d{2}-\d{2}$/.test(source[1])))
    problems.push('no page, where the origin is "documented"');
  if (origin === "live") {
    const isRemote = interactions.every(
      ({ scope }) => scope.startsWith("https:") && !isLoopback(new URL(scope).hostname),
    );
    const isDated = interactions.every(({ rawHeaders }) => rawHeaders.includes("date"));
    if (!isRemote || !isDated) problems.push('a host on this machine or no date, where the origin is "live"');
  }
  if (!["live", "documented", "twin"].includes(origin)) problems.push(`an unknown origin, "${String(origin)}"`);
  return problems;
}
