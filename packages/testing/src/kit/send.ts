import type {
  ChatEvent,
  ChatRequest,
  ChatResult,
  ChatStream,
  ErrorCode,
  JsonObject,
  ProviderOptions,
} from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer, type ReceivedRequest } from "../server/mock-server.ts";
import type { Kit } from "./kit.ts";
import { type About, codeOf, same } from "./expect.ts";

/** The request that arrived at the endpoint, and the caller's result. */
export interface Sent {
  readonly request: ReceivedRequest;
  /** The JSON on the wire. */
  readonly body: JsonObject;
  /** The same in the caller's form. */
  readonly asked: ChatRequest;
  readonly result: ChatResult;
}

/** Sends one request to an endpoint that answers it. */
export async function send(kit: Kit, request: ChatRequest, options?: ProviderOptions): Promise<Sent> {
  const server = mockServer(kit.whole(kit.answer()));
  const result = await kit.provider(server, options).chat(request);
  return { ...arrived(kit, server.requests), result };
}

export async function sendStream(kit: Kit, request: ChatRequest, options?: ProviderOptions): Promise<Sent> {
  const server = mockServer(kit.stream(kit.answer()));
  const result = await kit.provider(server, options).stream(request).result;
  return { ...arrived(kit, server.requests), result };
}

function arrived(kit: Kit, requests: readonly ReceivedRequest[]): Omit<Sent, "result"> {
  const [request] = requests;
  if (requests.length !== 1 || !request)
    throw new Error(`${requests.length} requests arrived at the \`fetch\` of the options instead of one.`);
  const body = JSON.parse(request.text) as JsonObject;
  return { request, body, asked: kit.wire.readRequest(body) };
}

/** The error of a refused call, and how many requests were sent; undefined if it succeeds. */
export async function refusal(
  kit: Kit,
  request: ChatRequest,
  options?: ProviderOptions,
): Promise<{ error: unknown; requests: number } | undefined> {
  const server = mockServer(kit.whole(kit.answer()));
  try {
    await kit.provider(server, options).chat(request);
    return undefined;
  } catch (error) {
    kit.caught.push(error);
    return { error, requests: server.requests.length };
  }
}

/** Is a call refused with this code before any request? */
export async function sameRefusal(
  kit: Kit,
  request: ChatRequest,
  code: ErrorCode,
  about: About,
  options?: ProviderOptions,
): Promise<void> {
  const found = await refusal(kit, request, options);
  same([found && codeOf(found.error), found?.requests], [code, 0], about);
}

/** A value after the definition's own request quirks. */
export function afterRequestQuirks({ definition }: Kit, body: JsonObject, name: string, value: unknown): unknown {
  const changed = (definition.quirks ?? []).reduce((json, quirk) => quirk.request?.(json) ?? json, {
    ...body,
    [name]: value,
  } as JsonObject);
  return readPath(changed, [name]);
}

/** The result of a whole answer. */
export function chatFrom(kit: Kit, reply: MockResponse, extra: object = {}): Promise<ChatResult> {
  return kit.provider(mockServer(reply)).chat(kit.request(extra));
}

/** The result of a stream. */
export function streamFrom(kit: Kit, reply: MockResponse, extra: object = {}): Promise<ChatResult> {
  return kit.provider(mockServer(reply)).stream(kit.request(extra)).result;
}

/** An arrived message in the caller's form. */
export type Turn = JsonObject & { readonly role: string };

/** Sends a request and returns the messages that arrived. */
export async function arrivedMessages(kit: Kit, request: ChatRequest): Promise<Turn[]> {
  const { asked } = await send(kit, request);
  return asked.messages as unknown as Turn[];
}

/** The visible text of a message's content, whether it is a text or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content)
    ? content.map((part: JsonObject) => (part["type"] === "text" ? String(part["text"]) : "")).join("")
    : "";
}

/** The error of a call that gets this response. Fails if the call succeeds. */
export function errorFrom(
  kit: Kit,
  reply: MockResponse,
  at: string,
  mode: "chat" | "stream" = "chat",
): Promise<unknown> {
  const provider = kit.provider(mockServer(reply));
  return kit.rejection(mode === "chat" ? provider.chat(kit.request()) : provider.stream(kit.request()).result, at);
}

/** Loops over a stream and keeps the events before an error. */
export async function collectEvents(stream: ChatStream): Promise<{ events: ChatEvent[]; error?: unknown }> {
  const events: ChatEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events };
  } catch (error) {
    return { events, error };
  }
}

/** A stream that sends its first half, and the rest when the gate opens. */
export function heldStream(kit: Kit, gate: Promise<void>): MockResponse {
  const { pieces, ...head } = kit.stream(kit.answer({ text: "one two three four five six seven eight" }));
  const all = [...(pieces as string[])];
  const half = Math.ceil(all.length / 2);
  async function* writing(): AsyncGenerator<string> {
    yield* all.slice(0, half);
    await gate;
    yield* all.slice(half);
  }
  return { ...head, pieces: writing() };
}
