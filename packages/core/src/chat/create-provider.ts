import type { ChatRequest } from "./chat-request.ts";
import { createChatStream } from "./chat-stream.ts";
import { createScrubber } from "../create-scrubber.ts";
import type { Definition } from "../definition/definition.ts";
import { listModels } from "./list-models.ts";
import { openAnswer } from "../transport/open-answer.ts";
import { prepareRequest } from "../request/prepare-request.ts";
import type { Prepared, Provider, ProviderOptions } from "./provider.ts";
import { keyHeader, resolveKey } from "../transport/resolve-key.ts";
import { secretHeader, type Outgoing } from "../transport/send-request.ts";
import { resolveSettings } from "./settings.ts";

/** The client of an endpoint, by its definition alone. */
export function createProvider(definition: Definition, options: ProviderOptions): Provider {
  const settings = resolveSettings(definition, options);
  const { id, dialect, auth } = definition;
  const streamType = dialect.framing === "sse" ? "text/event-stream" : "application/x-ndjson";
  const headerSecrets = Object.entries(settings.headers).flatMap(([name, value]) =>
    secretHeader.test(name) ? [value] : [],
  );
  let scrubber = { key: "", scrub: createScrubber(headerSecrets) };

  return {
    id,
    async chat(request, { signal } = {}) {
      const prepared = prepare(request, false);
      const opening = {
        definition,
        settings,
        outgoing: await address(prepared, request.model),
        body: prepared.body,
        changes: prepared.changes,
        signal,
      };
      const answer = await openAnswer({ ...opening, isWhole: true });
      return answer.result();
    },
    stream(request, { signal } = {}) {
      return createChatStream(id, signal, async (own) => {
        const prepared = prepare(request, true);
        const opening = {
          definition,
          settings,
          outgoing: await address(prepared, request.model),
          body: prepared.body,
          changes: prepared.changes,
          signal: own,
        };
        return openAnswer({ ...opening, isWhole: false });
      });
    },
    async models({ signal } = {}) {
      const url = settings.baseURL + dialect.paths.models;
      return listModels(
        definition,
        settings,
        await address({ url, method: "GET", headers: { accept: "application/json" } }, ""),
        signal,
      );
    },
    prepare(request) {
      const prepared = prepare(request, request["stream"] === true);
      const shown = Object.entries(settings.headers).map(([name, value]) => [
        name,
        secretHeader.test(name) ? "[redacted]" : value,
      ]);
      const key = auth === "none" ? {} : keyHeader(definition, `$${auth.env}`);
      return { ...prepared, headers: { ...prepared.headers, ...key, ...Object.fromEntries(shown) } };
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

  /** Puts the key on, as late as can be: it may change between two calls. */
  async function address(
    prepared: { url: string; method: "GET" | "POST"; headers: Record<string, string>; body?: object },
    model: string,
  ): Promise<Outgoing> {
    const isOwn = auth !== "none" && Object.hasOwn(settings.headers, auth.header?.toLowerCase() ?? "authorization");
    const key = isOwn ? undefined : await resolveKey(definition, settings);
    if (key !== undefined && key !== scrubber.key) scrubber = { key, scrub: createScrubber([key, ...headerSecrets]) };
    return {
      url: prepared.url,
      method: prepared.method,
      headers: { ...prepared.headers, ...(key !== undefined && keyHeader(definition, key)), ...settings.headers },
      ...(prepared.body && { body: JSON.stringify(prepared.body) }),
      model,
      scrub: scrubber.scrub,
    };
  }
}
