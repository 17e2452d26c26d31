import { type ChatRequest, type ChatResult, type JsonObject, type ProviderOptions } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { Kit } from "./kit.ts";
import { memorySite } from "./memory-site.ts";
import type { SiteRequest } from "./site.ts";

/** What arrived at an endpoint, and what the caller got. */
export type Sent = {
  readonly request: SiteRequest;
  /** The JSON on the wire. */
  readonly body: JsonObject;
  /** The same in the names of a caller. */
  readonly asked: ChatRequest;
  readonly result: ChatResult;
};

/** Sends one request to an endpoint that answers every request well. */
export async function send(kit: Kit, request: ChatRequest, options?: ProviderOptions): Promise<Sent> {
  const site = memorySite(kit.whole(kit.answer()));
  const result = await kit.provider(site, options).chat(request);
  return { ...arrived(kit, site.requests), result };
}

export async function sendStream(kit: Kit, request: ChatRequest, options?: ProviderOptions): Promise<Sent> {
  const site = memorySite(kit.stream(kit.answer()));
  const result = await kit.provider(site, options).stream(request).result;
  return { ...arrived(kit, site.requests), result };
}

function arrived(kit: Kit, requests: readonly SiteRequest[]): Omit<Sent, "result"> {
  const [request] = requests;
  if (requests.length !== 1 || !request)
    throw new Error(`${requests.length} requests arrived at the \`fetch\` that was given, and one was due.`);
  const body = JSON.parse(request.text) as JsonObject;
  return { request, body, asked: kit.wire.readRequest(body) };
}

/** Is the call refused before anything is sent? Then the error; else undefined. */
export async function refusal(
  kit: Kit,
  request: ChatRequest,
  options?: ProviderOptions,
): Promise<{ error: unknown; requests: number } | undefined> {
  const site = memorySite(kit.whole(kit.answer()));
  try {
    await kit.provider(site, options).chat(request);
    return undefined;
  } catch (error) {
    kit.caught.push(error);
    return { error, requests: site.requests.length };
  }
}

/** What the definition's own request quirks make of a value. */
export function afterRequestQuirks({ definition }: Kit, body: JsonObject, name: string, value: unknown): unknown {
  const changed = (definition.quirks ?? []).reduce((json, quirk) => quirk.request?.(json) ?? json, {
    ...body,
    [name]: value,
  } as JsonObject);
  return readPath(changed, [name]);
}
