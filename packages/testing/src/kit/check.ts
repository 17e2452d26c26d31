import type { Definition } from "@llm-provider/core";
import { within } from "./clock.ts";
import { guardNetwork } from "./guard-network.ts";
import type { Kit } from "./kit.ts";
import { explain } from "./expect.ts";

/**
 * MUST: without it a caller would get something wrong, lose something or leak something.
 * SHOULD: without it a caller would be served worse.
 * Both fail the suite; `expectedFailures` is the only exception.
 */
export type Level = "MUST" | "SHOULD";

/** One property that the suite proves of a provider or a tool. Each check looks at one property, so that a fault fails few checks, and the right ones. */
export interface Check<OwnKit = Kit> {
  /** Kebab-case and stable: test names and `expectedFailures` use it. */
  readonly name: string;
  /** @default "MUST" */
  readonly level?: Level;
  /** A sentence about a provider or tool without faults. */
  readonly title: string;
  /** The evidence: recorded answers, answers made for the check, or the request alone. */
  readonly by: "cassettes" | "faults" | "requests";
  /** Undefined: every definition. */
  readonly applies?: (definition: Definition) => boolean;
  readonly run: (kit: OwnKit) => Promise<void> | void;
}

export function levelOf({ level = "MUST" }: { readonly level?: Level }): Level {
  return level;
}

/** Milliseconds for one check, so that a provider that never answers does not use up the runner's own limit. */
const patience = 8000;

/** The fields of every kit. */
export interface CheckedKit {
  readonly definition: object;
}

/** Runs one check. Resolves to undefined, or to the text of its failure. */
export async function runCheck<OwnKit extends CheckedKit>(
  check: Check<OwnKit>,
  kit: OwnKit,
): Promise<string | undefined> {
  const release = guardNetwork();
  try {
    await within(Promise.resolve(check.run(kit)), "an end", { at: "the whole check" }, patience);
    return undefined;
  } catch (error) {
    return [
      `${check.name} (${levelOf(check)}) ${check.title}`,
      ...explain(error, kit.definition).map((line) => `  ${line}`),
    ].join("\n");
  } finally {
    release();
  }
}

/** A check that is known to fail. One that passes, or whose day is past, fails the suite. */
export interface ExpectedFailure {
  /** The name of the check. */
  readonly name: string;
  /** Why it fails and where it is followed up, in a sentence. */
  readonly reason: string;
  /**
   * YYYY-MM-DD; after that day it counts as a failure again.
   * @default no end
   */
  readonly until?: string;
}

/** Mistakes in the list itself. */
export function checkExpectedFailures(expected: readonly ExpectedFailure[], names: ReadonlySet<string>): string[] {
  return expected.flatMap(({ name, reason, until }) => {
    if (!names.has(name)) return [`expectedFailures names ${name}, but this definition has no check of that name.`];
    if (reason.trim().length < 10) return [`expectedFailures gives no reason for ${name}: say why, in a sentence.`];
    if (until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(until))
      return [`expectedFailures for ${name}: write \`until\` as YYYY-MM-DD.`];
    return [];
  });
}

/** The failure of a check that may be expected to fail; undefined if the outcome is as expected. */
export function compareWithExpected(
  text: string | undefined,
  expected: ExpectedFailure | undefined,
  today: string,
): string | undefined {
  if (!expected) return text;
  const { name, reason, until } = expected;
  if (text === undefined) return `${name} passes now. Remove it from expectedFailures (${reason}).`;
  if (until !== undefined && until < today)
    return `${text}\n  It was expected to fail until ${until}; that day is past (${reason}).`;
  return undefined;
}
