import type { ChatRequest } from "../chat/chat-request.ts";
import { answerFacts } from "../answer/answer-facts.ts";
import { createChatStream } from "./chat-stream.ts";
import { createScrubber } from "../scrubber.ts";
import type { Definition } from "../definition/definition.ts";
import { keyHeader } from "../transport/key-header.ts";
import { listModels } from "./list-models.ts";
import { openAnswer, type Opening } from "./open-answer.ts";
import { prepareRequest } from "../request/prepare-request.ts";
import type { Prepared, Provider, ProviderOptions } from "./provider.ts";
import { isSecretHeader, redactHeaders } from "../transport/redact-headers.ts";
import { resolveKey } from "../transport/resolve-key.ts";
import type { Outgoing } from "../transport/send-request.ts";
import { resolveSettings } from "./settings.ts";
import { toBodyText } from "../request/to-body-text.ts";

/** The client of an endpoint, by its definition alone. */
export function createProvider(definition: Definition, options: ProviderOptions): Provider {
  const settings = resolveSettings(definition, options);
  const { id, dialect, auth } = definition;
  const facts = answerFacts(definition);
  const [keyName] = keyHeader(definition, "");
  const streamType = dialect.framing === "sse" ? "text/event-stream" : "application/x-ndjson";
  // Of `Bearer key` the key alone is a secret too.
  const headerSecrets = Object.entries(settings.headers).flatMap(([name, value]) =>
    isSecretHeader(definition, name) ? [value, ...value.split(" ").slice(1)] : [],
  );
  let scrubber = { key: "", scrub: createScrubber(headerSecrets) };

  return {
    id,
    definition,
    async chat(request, { signal } = {}) {
      const answer = await openAnswer({ ...(await toOpening(request, false)), signal, isWhole: true }, []);
      return answer.result();
    },
    stream(request, { signal } = {}) {
      return createChatStream(id, signal, async (own, out) =>
        openAnswer({ ...(await toOpening(request, true)), signal: own, isWhole: false }, out),
      );
    },
    async models({ signal } = {}) {
      const url = settings.baseURL + dialect.paths.models;
      const outgoing = await address({ url, method: "GET", headers: { accept: "application/json" } }, "");
      return listModels(definition, settings, outgoing, signal);
    },
    prepare(request) {
      const prepared = prepare(request, request?.["stream"] === true);
      const key = auth === "none" ? {} : { [keyName]: keyHeader(definition, `$${auth.env}`)[1] };
      const headers = { ...prepared.headers, ...key, ...redactHeaders(definition, settings.headers) };
      return { ...prepared, headers };
    },
  };

  function prepare(request: ChatRequest, stream: boolean): Prepared {
    const { body, changes } = prepareRequest(definition, request, stream, settings.onUnsupported);
    const headers = { "content-type": "application/json", accept: stream ? streamType : "application/json" };
    return {
      url: settings.baseURL + dialect.paths.chat,
      method: "POST",
      headers,
      body: body as Prepared["body"],
      changes,
    };
  }

  async function toOpening(request: ChatRequest, stream: boolean): Promise<Omit<Opening, "signal" | "isWhole">> {
    const prepared = prepare(request, stream);
    const outgoing = await address({ ...prepared, body: toBodyText(definition, prepared.body) }, request.model);
    return { facts, settings, outgoing, body: prepared.body, changes: prepared.changes };
  }

  /** Puts the key on, as late as can be: it may change between two calls. */
  async function address(
    { url, method, headers, body }: Pick<Outgoing, "url" | "method" | "headers" | "body">,
    model: string,
  ): Promise<Outgoing> {
    const isGiven = auth !== "none" && Object.hasOwn(settings.headers, keyName);
    const key = isGiven ? undefined : await resolveKey(definition, settings.apiKey);
    if (key !== undefined && key !== scrubber.key) scrubber = { key, scrub: createScrubber([key, ...headerSecrets]) };
    const own = key === undefined ? {} : { [keyName]: keyHeader(definition, key)[1] };
    return { url, method, headers: { ...headers, ...own, ...settings.headers }, body, model, scrub: scrubber.scrub };
  }
}
