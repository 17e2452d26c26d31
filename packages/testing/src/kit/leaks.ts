import { inspect } from "node:util";
import { isLoopback } from "@llm-provider/core/internal";
import type { Cassette } from "../cassette/cassette.ts";
import { responseBytes } from "../cassette/recorded-response.ts";
import { scrubInteractions } from "../cassette/scrub-interactions.ts";
import { canaryKey, labelOf } from "./create-kit.ts";
import { failure } from "./expect.ts";

/** A shorter part of a key may be an ordinary word. */
const shortest = 8;

/** The places in a value that show any form of the key, or a part of it. */
export function leaks(value: unknown, key: string): string[] {
  const texts: [place: string, text: string][] = [
    ["inspect", inspect(value, { depth: 12, showHidden: true, maxStringLength: null })],
    ["JSON", safely(() => JSON.stringify(value))],
    ["text", safely(() => String(value))],
  ];
  for (let error = value, depth = 0; error instanceof Error && depth < 6; error = error.cause, depth++) {
    const where = depth === 0 ? "" : `cause ${depth} `;
    texts.push([`${where}message`, error.message], [`${where}stack`, error.stack ?? ""]);
  }
  const forms = formsOf(key);
  return texts.filter(([, text]) => forms.some((form) => text.includes(form))).map(([place]) => place);
}

function formsOf(key: string): string[] {
  const parts = Array.from({ length: key.length - shortest + 1 }, (_, index) => key.slice(index, index + shortest));
  const encoded = [0, 1, 2].map((offset) => {
    const text = Buffer.from("x".repeat(offset) + key).toString("base64");
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + key.length) * 8) / 6));
  });
  return [...parts, encodeURIComponent(key), ...encoded];
}

function safely(print: () => string | undefined): string {
  try {
    return print() ?? "";
  } catch {
    return "";
  }
}

/** Fails if a cassette contains a key, an account or a path of a machine, or states an impossible origin. */
export function requireCleanCassettes(cassettes: Iterable<Cassette>): void {
  for (const cassette of cassettes) {
    for (const problem of cassetteProblems(cassette))
      throw failure({
        expected: "nothing that names a person or a machine",
        got: problem,
        cassette: labelOf(cassette),
      });
  }
}

const machine = /(?:\/home\/(?!\[redacted\])|\/root\/|\/Users\/|\/tmp\/|\/work\/|[A-Z]:\\)/;

/** Forbidden contents of a cassette, and false statements about its origin. */
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
  if (origin === "local" && !interactions.every(({ scope }) => isLoopback(URL.parse(scope)?.hostname ?? "")))
    problems.push('a host that is not this machine, where the origin is "local"');
  if (!["live", "documented", "local", "twin"].includes(origin))
    problems.push(`an unknown origin, "${String(origin)}"`);
  return problems;
}
