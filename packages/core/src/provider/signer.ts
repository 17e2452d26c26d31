import { checkBaseURL } from "../transport/check-base-url.ts";
import { createScrubber, type Scrub } from "../scrubber.ts";
import type { Definition } from "../definition/definition.ts";
import { keyHeader } from "../transport/key-header.ts";
import type { Outgoing } from "../transport/send-request.ts";
import { resolveKey } from "../transport/resolve-key.ts";
import { secretsIn } from "../transport/redact-headers.ts";
import type { Settings } from "./settings.ts";

/** Adds key and headers to the requests of one provider, and knows the secrets to scrub from every result. */
export class Signer {
  readonly #definition: Definition;
  /** Making a scrubber costs more than a short request is worth, and most calls have the same secrets. */
  #cached: { readonly secrets: readonly string[]; readonly scrub: Scrub } = {
    secrets: [],
    scrub: createScrubber([]),
  };

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  /** Reads the key as late as possible, since it may change between two calls. */
  async sign(
    settings: Settings,
    { url, method, headers }: Pick<Outgoing, "url" | "method" | "headers">,
    model: string,
  ): Promise<Outgoing> {
    const definition = this.#definition;
    const [keyName] = keyHeader(definition, "");
    const isGiven = definition.auth !== "none" && Object.hasOwn(settings.headers, keyName);
    const key = isGiven ? undefined : await resolveKey(definition, settings.apiKey);
    const secrets = [...(key === undefined ? [] : [key]), ...secretsOf(definition, settings)];
    if (secrets.length > 0) checkBaseURL(definition, settings.baseURL, { sendsSecret: true });
    const own = key === undefined ? {} : { [keyName]: keyHeader(definition, key)[1] };
    return {
      url,
      method,
      headers: { ...headers, ...own, ...settings.headers },
      model,
      scrub: this.#scrubberOf(secrets),
    };
  }

  /** A scrubber for a call that reads no key: it knows the key only if it was given as text. */
  scrubberWithoutKey(settings: Settings): Scrub {
    const { apiKey } = settings;
    return createScrubber([...(typeof apiKey === "string" ? [apiKey] : []), ...secretsOf(this.#definition, settings)]);
  }

  #scrubberOf(secrets: readonly string[]): Scrub {
    const known = this.#cached.secrets;
    if (known.length !== secrets.length || known.some((secret, index) => secret !== secrets[index]))
      this.#cached = { secrets, scrub: createScrubber(secrets) };
    return this.#cached.scrub;
  }
}

function secretsOf(definition: Definition, { headers, baseURL }: Settings): string[] {
  return secretsIn(definition, headers, baseURL);
}
