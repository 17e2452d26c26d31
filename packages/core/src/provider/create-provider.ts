import type { ChatRequest } from "../chat/chat-request.ts";
import { answerFacts } from "../answer/answer-facts.ts";
import { createChatStream } from "./chat-stream.ts";
import type { Definition } from "../definition/definition.ts";
import { endpointURL } from "../transport/endpoint-url.ts";
import { keyHeader } from "../transport/key-header.ts";
import { loadPart } from "../errors/load-part.ts";
import { openAnswer, type Opening } from "./open-answer.ts";
import { prepareRequest } from "../request/prepare-request.ts";
import type { CallOptions, Prepared, Provider, ProviderOptions } from "./provider.ts";
import { redactHeaders } from "../transport/redact-headers.ts";
import { resolveSettings, settingsOfCall, type Settings } from "./settings.ts";
import { Signer } from "./signer.ts";
import { toBodyText } from "../request/to-body-text.ts";

/** Makes the client of an endpoint from its definition alone. */
export function createProvider(definition: Definition, options: ProviderOptions): Provider {
  const settings = resolveSettings(definition, options);
  const { id, dialect, auth } = definition;
  const facts = answerFacts(definition);
  const signer = new Signer(definition);
  const streamType = dialect.framing === "sse" ? "text/event-stream" : "application/x-ndjson";

  return {
    id,
    definition,
    async chat(request, call = {}) {
      const answer = await openAnswer({ ...(await toOpening(request, false, call)), isWhole: true }, []);
      return answer.result();
    },
    stream(request, call = {}) {
      return createChatStream(id, call.signal, async (signal, out) =>
        openAnswer({ ...(await toOpening(request, true, { ...call, signal })), isWhole: false }, out),
      );
    },
    async embed(request, call = {}) {
      const { embedTexts } = await loadPart(id, () => import("./embed-texts.ts"));
      return embedTexts(definition, settingsOfCall(definition, settings, call), signer, request);
    },
    async models(call = {}) {
      const own = settingsOfCall(definition, settings, call);
      const url = endpointURL(settings.baseURL, dialect.paths.models);
      const outgoing = await signer.sign(own, { url, method: "GET", headers: { accept: "application/json" } }, "");
      const { listModels } = await loadPart(id, () => import("./list-models.ts"));
      return listModels(definition, own, outgoing);
    },
    prepare(request, call = {}) {
      const own = settingsOfCall(definition, settings, call);
      const prepared = prepare(request, request?.["stream"] === true);
      const scrub = signer.scrubberWithoutKey(own);
      const sent = toBodyText(definition, prepared.body, scrub);
      const key = auth === "none" ? {} : { [keyHeader(definition, "")[0]]: keyHeader(definition, `$${auth.env}`)[1] };
      return {
        ...prepared,
        url: scrub(prepared.url),
        body: scrub(prepared.body),
        headers: { ...prepared.headers, ...key, ...scrub(redactHeaders(definition, own.headers)) },
        changes: scrub([...prepared.changes, ...sent.changes]),
        ...(sent.changes.length > 0 && { body: scrub(JSON.parse(sent.text) as Prepared["body"]) }),
      };
    },
  };

  function prepare(request: ChatRequest, stream: boolean): Prepared {
    const { body, changes } = prepareRequest(definition, request, stream, settings.onUnsupported);
    return {
      url: endpointURL(settings.baseURL, dialect.paths.chat),
      method: "POST",
      headers: { "content-type": "application/json", accept: stream ? streamType : "application/json" },
      body: body as Prepared["body"],
      changes,
    };
  }

  async function toOpening(
    request: ChatRequest,
    stream: boolean,
    call: CallOptions,
  ): Promise<Omit<Opening, "isWhole">> {
    const own: Settings = settingsOfCall(definition, settings, call);
    const prepared = prepare(request, stream);
    const signed = await signer.sign(own, prepared, request.model);
    const { text, changes } = toBodyText(definition, prepared.body, signed.scrub);
    return {
      facts,
      settings: own,
      outgoing: { ...signed, body: text },
      body: prepared.body,
      changes: [...prepared.changes, ...changes],
    };
  }
}
