import {
  type ChatEvent,
  type ChatRequest,
  type ChatResult,
  type ChatStream,
  type Decoder,
  defineProvider,
  type Definition,
  type JsonObject,
  type Provider,
  ProviderError,
  type ProviderFactory,
  type ProviderOptions,
} from "@llm-provider/core";

export type Wrap = (factory: ProviderFactory) => ProviderFactory;
type Fetch = NonNullable<ProviderOptions["fetch"]>;
type Mode = "chat" | "stream";

/** Changes the caller's options. */
export function withOptions(change: (options: ProviderOptions) => ProviderOptions): Wrap {
  return (factory) =>
    Object.assign((options: ProviderOptions = {}) => factory(change(options)), { definition: factory.definition });
}

/** Works with another definition than it shows. */
export function withDefinition(change: (definition: Definition) => Definition): Wrap {
  return ({ definition }) => Object.assign(defineProvider(change(definition) as never), { definition });
}

/** Wraps the correct provider in another one. */
export function withProvider(change: (provider: Provider, options: ProviderOptions) => Provider): Wrap {
  return (factory) =>
    Object.assign((options: ProviderOptions = {}) => change(factory(options), options), {
      definition: factory.definition,
    });
}

export function withFetch(change: (fetch: Fetch) => Fetch): Wrap {
  return withOptions((options) => ({
    ...options,
    fetch: change(options.fetch ?? ((url, init) => globalThis.fetch(url, init))),
  }));
}

/** Changes the outgoing request, headers and body. */
export function withSent(
  change: (sent: { url: string; headers: Record<string, string>; body: JsonObject | undefined }) => {
    url?: string;
    headers?: Record<string, string>;
    body?: JsonObject;
  },
): Wrap {
  return withFetch((fetch) => (url, init) => {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as JsonObject) : undefined;
    const changed = change({ url, headers: { ...(init.headers as Record<string, string>) }, body });
    return fetch(changed.url ?? url, {
      ...init,
      headers: changed.headers ?? init.headers,
      ...(changed.body && { body: JSON.stringify(changed.body) }),
    });
  });
}

/** Changes the caller's request. */
export function withRequest(change: (request: ChatRequest) => ChatRequest): Wrap {
  return withProvider((provider) => ({
    ...provider,
    chat: (request, options) => provider.chat(change(request), options),
    stream: (request, options) => provider.stream(change(request), options),
    prepare: (request) => provider.prepare(change(request)),
  }));
}

export function withMessages(change: (messages: ChatRequest["messages"]) => ChatRequest["messages"]): Wrap {
  return withRequest((request) => ({ ...request, messages: change(request.messages) }));
}

/** A stream with other events and another result. Lazy, like the correct one. */
function changedStream(
  stream: ChatStream,
  events: (events: AsyncIterable<ChatEvent>) => AsyncIterable<ChatEvent>,
  change: (result: ChatResult) => ChatResult,
  failing: (error: unknown) => unknown = (error) => error,
): ChatStream {
  let result: Promise<ChatResult> | undefined;
  return {
    get result() {
      if (!result) {
        result = stream.result.then(change, (error: unknown) => Promise.reject(failing(error) as Error));
        result.catch(() => {});
      }
      return result;
    },
    async *[Symbol.asyncIterator]() {
      try {
        yield* events(stream);
      } catch (error) {
        throw failing(error);
      }
    },
  };
}

export function withResult(change: (result: ChatResult, mode: Mode) => ChatResult): Wrap {
  return withProvider((provider) => ({
    ...provider,
    chat: async (request, options) => change(await provider.chat(request, options), "chat"),
    stream: (request, options) =>
      changedStream(
        provider.stream(request, options),
        (events) => events,
        (result) => change(result, "stream"),
      ),
  }));
}

export function withChatResult(change: (result: ChatResult) => ChatResult): Wrap {
  return withResult((result, mode) => (mode === "chat" ? change(result) : result));
}

export function withStreamResult(change: (result: ChatResult) => ChatResult): Wrap {
  return withResult((result, mode) => (mode === "stream" ? change(result) : result));
}

export function withEvents(change: (events: AsyncIterable<ChatEvent>) => AsyncIterable<ChatEvent>): Wrap {
  return withProvider((provider) => ({
    ...provider,
    stream: (request, options) => changedStream(provider.stream(request, options), change, (result) => result),
  }));
}

/** Replaces each event by none, itself, or several. */
export function withEachEvent(change: (event: ChatEvent) => readonly ChatEvent[]): Wrap {
  return withEvents(async function* (events) {
    for await (const event of events) yield* change(event);
  });
}

export function withError(change: (error: ProviderError) => unknown): Wrap {
  const failing = (error: unknown): unknown => (ProviderError.is(error) ? change(error) : error);
  const rethrow = (error: unknown): never => {
    throw failing(error);
  };
  return withProvider((provider) => ({
    ...provider,
    chat: (request, options) => provider.chat(request, options).catch(rethrow),
    models: (options) => provider.models(options).catch(rethrow),
    stream: (request, options) =>
      changedStream(
        provider.stream(request, options),
        (events) => events,
        (result) => result,
        failing,
      ),
  }));
}

/** Rebuilds an error with other fields. */
export function rebuilt(
  error: ProviderError,
  fields: Partial<ProviderError>,
  message: string = error.message,
): ProviderError {
  return new ProviderError(message, {
    ...error,
    code: error.code,
    provider: error.provider,
    retryable: error.retryable,
    ...fields,
  });
}

/** Changes the whole body of every answer as text before anything is read. Status and headers stay. */
export function withBody(change: (text: string, asked: JsonObject | undefined) => string): Wrap {
  return withFetch((fetch) => async (url, init) => {
    const response = await fetch(url, init);
    if (response.body === null || !response.ok) return response;
    const asked = typeof init.body === "string" ? (JSON.parse(init.body) as JsonObject) : undefined;
    return new Response(
      gathered(response.body, (text) => change(text, asked)),
      response,
    );
  });
}

/** Collects the available bytes and changes them as a whole, without waiting for bytes that the endpoint holds back. */
function gathered(body: ReadableStream<Uint8Array>, change: (text: string) => string): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let pending: ReturnType<typeof reader.read> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const pieces: Uint8Array[] = [];
        for (;;) {
          pending ??= reader.read();
          const read = await (pieces.length === 0 ? pending : Promise.race([pending, stalled()])).catch(
            (error: unknown) => ({ error }),
          );
          if (read !== undefined && !("error" in read)) pending = undefined;
          if (read !== undefined && "value" in read && read.value) {
            pieces.push(read.value.slice());
            continue;
          }
          const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(pieces));
          const out = new TextEncoder().encode(pieces.length > 0 ? change(text) : "");
          if (out.length > 0) controller.enqueue(out);
          if (read !== undefined && "done" in read && read.done) return controller.close();
          if (read !== undefined && "error" in read && out.length === 0) return controller.error(read.error);
          if (out.length > 0) return undefined;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

async function stalled(): Promise<undefined> {
  for (let turn = 0; turn < 4; turn++) await new Promise((done) => setImmediate(done));
  return undefined;
}

/** Changes each read of the body separately. */
export function withReads(change: (bytes: Uint8Array) => Uint8Array): Wrap {
  return withFetch((fetch) => async (url, init) => {
    const response = await fetch(url, init);
    if (response.body === null || !response.ok) return response;
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          for (;;) {
            const { done, value } = await reader.read();
            if (done) return controller.close();
            const out = change(value);
            if (out.length > 0) return controller.enqueue(out);
          }
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(body, response);
  });
}

/** Ends a broken event stream as if nothing had happened, with these bytes at its end. */
export function withEnding(ending: (isBroken: boolean) => string): Wrap {
  return withFetch((fetch) => async (url, init) => {
    const response = await fetch(url, init);
    if (response.body === null || response.headers.get("content-type") !== "text/event-stream") return response;
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const read = await reader.read().catch((error: unknown) => {
            if (init.signal?.aborted) throw error;
            return undefined;
          });
          if (read && !read.done) return controller.enqueue(read.value);
          const text = ending(read === undefined);
          if (text !== "") controller.enqueue(new TextEncoder().encode(text));
          return controller.close();
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(body, response);
  });
}

/** Wraps the correct decoder. */
export function withDecoder(change: (decoder: Decoder) => Decoder): Wrap {
  return withDefinition((definition) => ({
    ...definition,
    dialect: { ...definition.dialect, decoder: () => change(definition.dialect.decoder()) },
  }));
}

/** Removes the parameter rules of one kind. */
export function withoutRules(kind: string): Wrap {
  return withDefinition((definition) => ({
    ...definition,
    parameters: Object.fromEntries(
      Object.entries(definition.parameters ?? {}).map(([name, rules]) => [
        name,
        [rules].flat().filter((rule) => !(kind in rule)),
      ]),
    ) as Definition["parameters"],
  }));
}
