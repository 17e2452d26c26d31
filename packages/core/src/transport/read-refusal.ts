import type { Definition, WireContext } from "../definition/definition.ts";
import { classifyError } from "../errors/classify-error.ts";
import { ProviderError } from "../errors/provider-error.ts";
import type { Scrub } from "../scrubber.ts";
import { isRedirect } from "./is-redirect.ts";
import { parseLoosely } from "./parse-loosely.ts";
import type { OpenBody } from "./open-body.ts";
import { readText } from "./read-text.ts";
import { redirectError } from "./redirect-error.ts";
import { longestTimer } from "./watch-request.ts";

/** Characters of an error body that are kept. */
const longestErrorBody = 256 * 1024;

/** The error for a response with a status other than 2xx. */
export async function readRefusal(
  definition: Definition,
  context: WireContext,
  outgoing: { readonly url: string; readonly model: string; readonly scrub: Scrub },
  response: Response,
  body: OpenBody,
  timeout: number,
): Promise<ProviderError> {
  if (isRedirect(response)) return redirectError(definition.id, outgoing, response);
  const text = await readErrorBody(body, timeout);
  return classifyError(definition, parseLoosely(text), context, outgoing.scrub);
}

/** The status says enough: if the body breaks off or falls silent, the part that came is used. */
async function readErrorBody(body: OpenBody, timeout: number): Promise<string> {
  const into = { text: "" };
  // A dripping body is never silent for long, so the whole body has one limit.
  const timer = setTimeout(body.cancel, Math.min(timeout, longestTimer));
  try {
    return await readText(body, longestErrorBody, into);
  } catch (error) {
    if (ProviderError.is(error) && error.code === "aborted") throw error;
    return into.text;
  } finally {
    clearTimeout(timer);
  }
}
