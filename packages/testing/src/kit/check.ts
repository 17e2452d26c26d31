import type { Definition } from "@llm-provider/core";
import type { Kit } from "./kit.ts";

/**
 * MUST: a caller would get something wrong, lose something or leak something without it.
 * SHOULD: a caller would be served worse.
 * Both fail the suite; `expectedFailures` is the only way out.
 */
export type Level = "MUST" | "SHOULD";

/** One thing that the suite proves. It looks at that one thing, so that a fault fails few checks and the right ones. */
export type Check = {
  /** Kebab-case and stable: test names and `expectedFailures` use it. */
  readonly name: string;
  readonly level: Level;
  /** A sentence about a right provider. */
  readonly title: string;
  /** What it is proven with: recorded answers, answers made for it, or the request alone. */
  readonly by: "cassettes" | "faults" | "requests";
  /** Undefined: every definition. */
  readonly applies?: (definition: Definition) => boolean;
  readonly run: (kit: Kit) => Promise<void> | void;
};
