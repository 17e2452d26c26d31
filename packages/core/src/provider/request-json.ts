import type { Attempt } from "./provider.ts";
import { classifyError } from "../errors/classify-error.ts";
import type { Definition } from "../definition/definition.ts";
import type { Json } from "../json.ts";
import { parseLoosely } from "../transport/parse-loosely.ts";
import type { OpenResponse, Outgoing } from "../transport/send-request.ts";
import type { ProviderError } from "../errors/provider-error.ts";
import { scrubbedError } from "../errors/scrubbed-error.ts";
import { readText } from "../transport/read-text.ts";
import type { Settings } from "./settings.ts";
import { tryRequest } from "./try-request.ts";

/** The name of an answer in errors, and how to read it. `read` throws if the body is something else. */
interface Reading<Value> {
  readonly what: string;
  /** The most characters that the answer may have. */
  readonly longest: number;
  read(body: Json, opened: OpenResponse): Value;
}

/** One request whose answer is a JSON document instead of a chat. Any other 200 is an error in the endpoint's words. */
export function requestJson<Value>(
  definition: Definition,
  settings: Settings,
  outgoing: Outgoing,
  body: Attempt["body"],
  { what, longest, read }: Reading<Value>,
): Promise<Value> {
  return tryRequest(definition, settings, outgoing, body, async (opened) => {
    try {
      const text = await readText(opened.body, longest);
      settings.onChunk?.(outgoing.scrub(text));
      const answer = text.length < longest ? parseLoosely(text) : undefined;
      try {
        if (answer === undefined) throw new Error(`It is longer than ${longest} characters.`);
        return read(answer, opened);
      } catch (error) {
        throw toError(definition, outgoing, opened, answer, what, error);
      }
    } finally {
      opened.watch.done();
    }
  });
}

/** Characters of a text that came instead of JSON: enough to recognize it. */
const longestWords = 1000;

function toError(
  definition: Definition,
  { url, model, scrub }: Outgoing,
  { status, headers }: OpenResponse,
  answer: Json | undefined,
  what: string,
  error: unknown,
): ProviderError {
  const words = typeof answer === "string" ? scrub(answer).slice(0, longestWords) : answer;
  const isTold =
    typeof words === "string" || (words !== undefined && definition.dialect.errorText(words).message !== undefined);
  const told = isTold ? classifyError(definition, words, { model, status, headers }, scrub) : undefined;
  // A rule of the definition is more exact than our text.
  if (told && told.code !== "invalid-response") return told;
  const why = told?.message ?? (error instanceof Error ? error.message : String(error));
  return scrubbedError(scrub, `The ${what} of ${definition.name} cannot be read: ${why}`, {
    code: "invalid-response",
    provider: definition.id,
    model: model || undefined,
    status,
    hint: `Check the base URL: the ${what} is expected at ${url}`,
    ...(told?.body !== undefined && { body: told.body }),
  });
}
