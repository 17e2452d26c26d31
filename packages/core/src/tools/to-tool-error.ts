import { ProviderError } from "../errors/provider-error.ts";
import { connectionError } from "../transport/connection-error.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import type { Scrub } from "../scrubber.ts";
import { isNetworkFailure } from "./is-network-failure.ts";

interface FailedRun {
  readonly id: string;
  /** The origins to which the tool sent requests. */
  readonly origins: ReadonlySet<string>;
  readonly baseURL: string;
  readonly scrub: Scrub;
}

/** How many levels of causes are copied. */
const deepestCause = 5;

/** Turns whatever a tool threw into a ProviderError of that tool, without the key in any field. */
export async function toToolError(error: unknown, { id, origins, baseURL, scrub }: FailedRun): Promise<ProviderError> {
  if (ProviderError.is(error)) {
    const { code, status, requestId, retryable, retryAfter, hint, body, metadata, limits, cause } = error;
    return scrubbedError(scrub, error.message, {
      code,
      provider: id,
      status,
      requestId,
      retryable,
      retryAfter,
      limits,
      hint,
      body,
      metadata,
      cause: cleanCause(cause, scrub),
    });
  }
  if (isNetworkFailure(error)) {
    // A body broke off, and the error does not name its origin: it is named only if there was a single one.
    const asked = origins.size > 0 ? [...origins] : baseURL === "" ? [] : [baseURL];
    return connectionError(id, "", asked.length === 1 ? asked[0] : undefined, error, scrub);
  }
  return scrubbedError(scrub, textOf(error) || `The tool ${id} failed.`, {
    code: "tool-failed",
    provider: id,
    hint: "The tool's own code threw this. Look at `cause` for where, and correct the tool.",
    cause: cleanCause(error, scrub),
  });
}

/**
 * A copy of the error with its texts scrubbed. Other fields are left out: a client's error may contain the request and its
 * headers.
 */
function cleanCause(error: unknown, scrub: Scrub, depth = 0): unknown {
  if (error === undefined || depth === deepestCause) return undefined;
  if (!(error instanceof Error)) return scrub(textOf(error));
  const below = cleanCause(error.cause, scrub, depth + 1);
  const copy = new Error(scrub(error.message), below === undefined ? undefined : { cause: below });
  const texts: { [field: string]: unknown } = { name: error.name, stack: error.stack };
  if ("code" in error) texts["code"] = error.code;
  for (const [field, text] of Object.entries(texts))
    if (typeof text === "string")
      Object.defineProperty(copy, field, { value: scrub(text), enumerable: field === "code" });
  return copy;
}

function textOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  try {
    return typeof thrown === "object" ? JSON.stringify(thrown) : String(thrown);
  } catch {
    return "";
  }
}
