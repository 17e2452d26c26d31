import type { Definition } from "@llm-provider/core";
import { createScrubber, redactHeaders, secretsIn } from "@llm-provider/core/internal";
import type { TwinRequest } from "./twin-options.ts";

const mostRequests = 1000;
const mostCharacters = 64 * 1024 * 1024;

/** The memory of a twin. */
export interface KeptRequests {
  readonly requests: readonly TwinRequest[];
  /** Adds a copy without its secrets, and returns it. The oldest ones are dropped if there are too many. */
  add(request: TwinRequest): TwinRequest;
}

/** Keeps the newest requests of a twin, without their keys. */
export function keepRequests(definition: Definition): KeptRequests {
  const requests: TwinRequest[] = [];
  let characters = 0;
  return {
    requests,
    add({ headers, ...rest }) {
      const texts = Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
      );
      const scrub = createScrubber(secretsIn(definition, texts, addressOf(rest.path)));
      const request: TwinRequest = { ...scrub(rest), headers: redactHeaders(definition, texts) };
      requests.push(request);
      characters += request.text.length;
      while (requests.length > mostRequests || (characters > mostCharacters && requests.length > 1))
        characters -= requests.shift()!.text.length;
      return request;
    },
  };
}

/** A path that is not part of a valid URL has no query to search. */
function addressOf(path: string): string {
  return URL.parse(path, "http://localhost")?.href ?? "http://localhost";
}
