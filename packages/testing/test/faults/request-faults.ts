import type { AssistantMessage, ChatRequest, JsonObject } from "@llm-provider/core";
import type { Fault } from "./fault.ts";
import {
  rebuilt,
  withChatResult,
  withDefinition,
  withError,
  withFetch,
  withMessages,
  withOptions,
  withoutRules,
  withProvider,
  withRequest,
  withResult,
  withSent,
  withStreamResult,
} from "./wrap.ts";

function without<T extends object>(value: T, ...names: string[]): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) as T;
}

export const requestFaults: readonly Fault[] = [
  {
    id: "slash-doubled",
    does: "doubles the slash before the path",
    caughtBy: "requests-the-right-url",
    wrap: withSent(({ url }) => ({
      url: url.replace("/chat/completions", "//chat/completions").replace("/models", "//models"),
    })),
  },
  {
    id: "wrong-auth-header",
    does: "sends the key in another header",
    caughtBy: "sends-key-in-its-header",
    wrap: withSent(({ headers }) => ({
      headers: { ...without(headers, "authorization"), "x-authorization": headers["authorization"] ?? "" },
    })),
  },
  {
    id: "scheme-lost",
    does: "sends the key without its scheme",
    caughtBy: "sends-key-in-its-header",
    wrap: withSent(({ headers }) => ({
      headers: { ...headers, authorization: headers["authorization"]?.replace("Bearer ", "") ?? "" },
    })),
  },
  {
    id: "key-in-url",
    does: "puts the key into the URL as well",
    caughtBy: "sends-key-in-its-header",
    wrap: withSent(({ url, headers }) => ({
      url: url.endsWith("/models") ? `${url}?key=${headers["authorization"]?.slice(7) ?? ""}` : url,
    })),
  },
  {
    id: "content-type-lost",
    does: "sends JSON without its content type",
    caughtBy: "sends-json-headers",
    wrap: withSent(({ headers }) => ({ headers: without(headers, "content-type") })),
  },
  {
    id: "system-text-trimmed",
    does: "removes the full stop from system messages",
    caughtBy: "sends-what-was-recorded",
    wrap: withSent(({ body }) =>
      body?.["messages"]
        ? {
            body: {
              ...body,
              messages: (body["messages"] as JsonObject[]).map((turn) =>
                turn["role"] === "system" ? { ...turn, content: String(turn["content"]).replace(/\.$/, "") } : turn,
              ),
            },
          }
        : {},
    ),
  },
  {
    id: "temperature-added",
    does: "adds a temperature that the caller did not set",
    caughtBy: "adds-nothing-to-requests",
    wrap: withRequest((request) => ({
      temperature: 1,
      ...request,
      ...(request.temperature === undefined && { temperature: 1 }),
    })),
  },
  {
    id: "rejected-sent",
    does: "sends parameters that the endpoint rejects",
    caughtBy: "omits-rejected-parameters",
    wrap: withoutRules("rejected"),
  },
  {
    id: "set-forgotten",
    does: "sends the caller's value although the endpoint needs a fixed one",
    caughtBy: "sets-parameters",
    wrap: withoutRules("set"),
  },
  {
    id: "unknown-dropped",
    does: "drops unknown parameters",
    caughtBy: "passes-unknown-parameters",
    wrap: withRequest((request) => without(request as ChatRequest, "x_vendor_extra")),
  },
  {
    id: "caller-changed",
    does: "changes the caller's request",
    caughtBy: "leaves-arguments-unchanged",
    wrap: withProvider((provider) => ({
      ...provider,
      chat: (request, options) =>
        provider.chat(
          Object.assign(request, { messages: request.messages.map((one) => ({ ...one, seen: undefined })) }),
          options,
        ),
    })),
  },
  {
    id: "headers-dropped",
    does: "forgets the caller's headers",
    caughtBy: "sends-custom-headers",
    wrap: withOptions((options) => without(options, "headers")),
  },
  {
    id: "auth-overwritten-by-headers",
    does: "sends either the key or the caller's headers",
    caughtBy: "sends-custom-headers",
    wrap: (factory) =>
      withSent(({ headers }) => ({ headers: "x-trace" in headers ? without(headers, "authorization") : headers }))(
        factory,
      ),
  },
  {
    id: "missing-key-sent",
    does: "sends a made-up key if none is set",
    caughtBy: "requires-a-key",
    wrap: withOptions((options) => ({ ...options, apiKey: options.apiKey ?? process.env["ACME_API_KEY"] ?? "none" })),
  },
  {
    id: "key-function-called-once",
    does: "calls a key function only once",
    caughtBy: "finds-the-key",
    wrap: withOptions((options) => {
      const { apiKey } = options;
      let known: string | undefined;
      return typeof apiKey === "function" ? { ...options, apiKey: async () => (known ??= await apiKey()) } : options;
    }),
  },
  {
    id: "environment-first",
    does: "prefers the environment's key to the option",
    caughtBy: "finds-the-key",
    wrap: withOptions((options) => ({ ...options, apiKey: process.env["ACME_API_KEY"] ?? options.apiKey })),
  },
  {
    id: "rename-left-out",
    does: "sends a parameter under its old name",
    caughtBy: "renames-parameters",
    wrap: withoutRules("renamed"),
  },
  {
    id: "system-message-dropped",
    does: "drops system messages",
    caughtBy: "sends-every-message",
    wrap: withMessages((messages) => messages.filter(({ role }) => role !== "system")),
  },
  {
    id: "user-messages-merged",
    does: "sends only the last user message's first part",
    caughtBy: "sends-every-message",
    wrap: withMessages(
      (messages) =>
        messages.map((message) =>
          Array.isArray(message.content)
            ? { ...message, content: message.content.filter((part, index) => index === 0 || part["type"] !== "text") }
            : message,
        ) as never,
    ),
  },
  {
    id: "system-message-last",
    does: "puts the system message after the others",
    caughtBy: "sends-every-message",
    wrap: withMessages((messages) =>
      [
        ...messages.filter(({ role }) => role !== "system"),
        ...messages.filter(({ role }, index) => role === "system" && messages.length > 3 && index === 0),
      ]
        .concat(messages.length > 3 ? [] : messages.filter(({ role }) => role === "system"))
        .sort((a, b) => (messages.length > 3 ? 0 : messages.indexOf(a) - messages.indexOf(b))),
    ),
  },
  {
    id: "image-dropped",
    does: "drops pictures",
    caughtBy: "sends-images",
    wrap: withMessages(
      (messages) =>
        messages.map((message) =>
          Array.isArray(message.content)
            ? { ...message, content: message.content.filter((part) => part["type"] !== "image_url") }
            : message,
        ) as never,
    ),
  },
  {
    id: "ids-not-mapped",
    does: "sends foreign tool call ids as they are",
    caughtBy: "follows-message-rules",
    wrap: withDefinition((definition) => ({
      ...definition,
      messages: { ...definition.messages!, toolCallId: undefined },
    })),
  },
  {
    id: "bridge-left-out",
    does: "sends a user message right after a tool message",
    caughtBy: "follows-message-rules",
    wrap: withDefinition((definition) => ({
      ...definition,
      messages: { ...definition.messages!, afterTool: undefined },
    })),
  },
  {
    id: "neighbours-sent",
    does: "sends two messages of one role in a row",
    caughtBy: "follows-message-rules",
    in: "cove",
    wrap: withDefinition(({ messages, ...rest }) => ({ ...rest, messages: { ...messages!, alternate: undefined } })),
  },
  {
    id: "system-in-between",
    does: "leaves system messages in the caller's place",
    caughtBy: "follows-message-rules",
    in: "cove",
    wrap: withDefinition(({ messages, ...rest }) => ({
      ...rest,
      messages: { ...messages!, oneSystemFirst: undefined },
    })),
  },
  {
    id: "silent-call-as-written",
    does: "sends the content of a turn that only calls tools as the caller wrote it",
    caughtBy: "follows-message-rules",
    in: "cove",
    wrap: withDefinition(({ messages, ...rest }) => ({
      ...rest,
      messages: { ...messages!, toolCallContent: undefined },
    })),
  },
  {
    id: "fields-sent",
    does: "sends message fields that the endpoint refuses",
    caughtBy: "follows-message-rules",
    wrap: withDefinition((definition) => ({ ...definition, messages: { ...definition.messages!, fields: undefined } })),
  },
  {
    id: "parameter-lost",
    does: "loses top_p",
    caughtBy: "passes-parameters-unchanged",
    wrap: withRequest((request) => without(request as ChatRequest, "top_p")),
  },
  {
    id: "stop-turned-to-text",
    does: "joins stop sequences into one text",
    caughtBy: "passes-parameters-unchanged",
    wrap: withSent(({ body }) =>
      Array.isArray(body?.["stop"]) && body["stop"].length > 1
        ? { body: { ...body, stop: body["stop"].join(",") } }
        : {},
    ),
  },
  { id: "range-not-kept", does: "sends numbers out of range", caughtBy: "clamps-numbers", wrap: withoutRules("range") },
  {
    id: "values-not-mapped",
    does: "sends values under the names of others",
    caughtBy: "maps-values",
    wrap: withoutRules("values"),
  },
  {
    id: "rivals-both-sent",
    does: "sends two parameters that exclude each other",
    caughtBy: "resolves-conflicts",
    wrap: withoutRules("conflictsWith"),
  },
  {
    id: "ignored-dropped",
    does: "drops a parameter that has no effect",
    caughtBy: "sends-ignored-parameters",
    wrap: withRequest((request) => without(request as ChatRequest, "presence_penalty")),
  },
  {
    id: "changes-lost",
    does: "does not report what it changed",
    caughtBy: "reports-changes",
    wrap: withResult((result) => ({ ...result, changes: [] })),
  },
  {
    id: "changes-without-source",
    does: "reports a change without its page",
    caughtBy: "reports-changes",
    wrap: withResult((result) => ({ ...result, changes: result.changes.map((change) => ({ ...change, source: "" })) })),
  },
  {
    id: "changes-without-from",
    does: "reports a change without what it was before",
    caughtBy: "reports-changes",
    wrap: withResult((result) => ({
      ...result,
      changes: result.changes.map((change) => ({ ...change, from: undefined })),
    })),
  },
  {
    id: "clamp-called-dropped",
    does: "calls a clamped parameter dropped",
    caughtBy: "reports-changes",
    wrap: withResult((result) => ({
      ...result,
      changes: result.changes.map((change) =>
        change.action === "clamped" ? { ...change, action: "dropped" as const } : change,
      ),
    })),
  },
  {
    id: "strictness-ignored",
    does: "drops a parameter although it was told to refuse",
    caughtBy: "refuses-instead-of-dropping",
    wrap: withOptions((options) => ({ ...options, onUnsupported: "drop" })),
  },
  {
    id: "prepare-lies",
    does: "shows a different body than it sends",
    caughtBy: "prepares-what-it-sends",
    wrap: withProvider((provider) => ({
      ...provider,
      prepare: (request) => ({
        ...provider.prepare(request),
        body: { ...provider.prepare(request).body, user: undefined },
      }),
    })),
  },
  {
    id: "prepare-shows-key",
    does: "shows the key in `prepare`",
    caughtBy: "prepares-what-it-sends",
    wrap: withProvider((provider, { apiKey }) => ({
      ...provider,
      prepare: (request) => ({
        ...provider.prepare(request),
        headers: { authorization: `Bearer ${typeof apiKey === "function" ? String(apiKey()) : apiKey}` },
      }),
    })),
  },
  {
    id: "stream-not-asked",
    does: "requests a whole answer instead of a stream",
    caughtBy: "asks-for-streams-and-usage",
    wrap: withSent(({ body }) => (body ? { body: { ...body, stream: false } } : {})),
  },
  {
    id: "usage-not-asked",
    does: "does not request token counts in streams",
    caughtBy: "asks-for-streams-and-usage",
    wrap: withSent(({ body }) => (body ? { body: without(body, "stream_options") } : {})),
  },
  {
    id: "reasoning-not-replayed",
    does: "does not send reasoning back",
    caughtBy: "sends-back-assistant-turns",
    wrap: withMessages(
      (messages) => messages.map((message) => without(message as AssistantMessage, "reasoning")) as never,
    ),
  },
  {
    id: "reasoning-always-replayed",
    does: "sends reasoning back in a field of another endpoint",
    caughtBy: "sends-back-assistant-turns",
    wrap: withDefinition((definition) => ({
      ...definition,
      messages: {
        ...definition.messages!,
        fields: { ...definition.messages!.fields, assistant: ["content", "tool_calls", "prefix"] },
      },
    })),
  },
  {
    id: "author-sent",
    does: "sends a message with the name of its provider",
    caughtBy: "omits-the-author-of-messages",
    wrap: withSent(({ body }) =>
      body?.["messages"]
        ? {
            body: {
              ...body,
              messages: (body["messages"] as JsonObject[]).map((turn) =>
                turn["role"] === "assistant" && turn["content"] === "A1" && (body["messages"] as unknown[]).length === 3
                  ? { ...turn, provider: "elsewhere" }
                  : turn,
              ),
            },
          }
        : {},
    ),
  },
  {
    id: "key-trimmed",
    does: "sends a key with a line break",
    caughtBy: "rejects-unsendable-keys",
    wrap: withOptions((options) => ({
      ...options,
      apiKey: typeof options.apiKey === "string" ? options.apiKey.replace(/[^\x21-\x7e]/g, "") : options.apiKey,
    })),
  },
  {
    id: "base-url-cleaned",
    does: "removes a password from the base URL and continues",
    caughtBy: "rejects-unsafe-base-urls",
    wrap: withOptions((options) => ({ ...options, baseURL: options.baseURL?.replace(/\/\/[^/]*@/, "//") })),
  },
  {
    id: "retired-replaced",
    does: "silently asks the successor of a retired model",
    caughtBy: "names-successors-of-retired-models",
    wrap: withRequest((request) => (request.model === "acme-old" ? { ...request, model: "acme-small" } : request)),
  },
  {
    id: "retired-unnamed",
    does: "does not report that a model was retired",
    caughtBy: "names-successors-of-retired-models",
    wrap: withError((error) => (error.code === "model-retired" ? rebuilt(error, { code: "not-found" }) : error)),
  },
  {
    id: "url-object",
    does: "calls fetch with a URL object",
    caughtBy: "calls-fetch-with-plain-values",
    wrap: withFetch((fetch) => (url, init) => fetch(new URL(url) as never, init)),
  },
  {
    id: "lost-message-content",
    does: "puts no text into `result.message`",
    caughtBy: "returns-an-appendable-message",
    wrap: withChatResult((result) => ({ ...result, message: { ...result.message, content: "" } })),
  },
  {
    id: "falsy-lost",
    does: "drops parameters that are 0 or false",
    caughtBy: "passes-parameters-unchanged",
    wrap: withRequest(
      (request) =>
        Object.fromEntries(
          Object.entries(request).filter(([, value]) => value !== 0 && value !== false),
        ) as ChatRequest,
    ),
  },
  {
    id: "long-history-cut",
    does: "sends the last twenty messages",
    caughtBy: "sends-every-message",
    wrap: withMessages((messages) => messages.slice(-20)),
  },
  {
    id: "text-trimmed",
    does: "trims the text of messages",
    caughtBy: "sends-every-message",
    wrap: withMessages(
      (messages) =>
        messages.map((message) =>
          typeof message.content === "string" ? { ...message, content: message.content.trim() } : message,
        ) as never,
    ),
  },
  {
    id: "changes-differ-in-streams",
    does: "reports no changes for streams",
    caughtBy: "reports-the-same-changes-everywhere",
    wrap: withStreamResult((result) => ({ ...result, changes: [] })),
  },
  {
    id: "changes-twice",
    does: "reports each change twice",
    caughtBy: "reports-the-same-changes-everywhere",
    wrap: withResult((result) => ({ ...result, changes: [...result.changes, ...result.changes] })),
  },
  {
    id: "empty-request-sent",
    does: "sends a request without a model",
    caughtBy: "requires-a-model",
    wrap: withRequest((request) => ({ ...request, model: request.model || "any" })),
  },
  {
    id: "answers-cached",
    does: "answers the same request from memory",
    caughtBy: "sends-every-call",
    wrap: withProvider((provider) => {
      const known = new Map<string, ReturnType<typeof provider.chat>>();
      return {
        ...provider,
        chat(request, options) {
          if (options?.signal) return provider.chat(request, options);
          const key = JSON.stringify(request);
          const found = known.get(key) ?? provider.chat(request, options);
          known.set(key, found);
          found.catch(() => known.delete(key));
          return found;
        },
      };
    }),
  },
  {
    id: "key-of-another",
    does: "uses the key of the first provider for all",
    caughtBy: "finds-the-key",
    wrap: (() => {
      let first: string | undefined;
      return withOptions((options) =>
        typeof options.apiKey === "string" && options.apiKey.length > 20
          ? { ...options, apiKey: (first ??= options.apiKey) }
          : options,
      );
    })(),
  },
];
