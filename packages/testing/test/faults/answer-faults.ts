import type { ChatEvent, Json, JsonObject, ToolCall, Usage } from "@llm-provider/core";
import type { Fault } from "./fault.ts";
import {
  withBody,
  withChatResult,
  withDecoder,
  withEachEvent,
  withEvents,
  withFetch,
  withProvider,
  withReads,
  withRequest,
  withResult,
  withStreamResult,
} from "./wrap.ts";

const swap = (calls: ToolCall[]): ToolCall[] =>
  calls.length < 2
    ? calls
    : calls.map((call, index) => ({ ...call, arguments: calls[calls.length - 1 - index]!.arguments }));

function usageWithout(name: keyof Usage): (usage: Usage | undefined) => Usage | undefined {
  return (usage) => usage && ({ ...usage, [name]: undefined } as Usage);
}

export const answerFaults: readonly Fault[] = [
  {
    id: "model-list-cut",
    does: "loses the last model of the list",
    caughtBy: "lists-every-model",
    wrap: withProvider((provider) => ({
      ...provider,
      models: async (options) => {
        const all = await provider.models(options);
        return all.length === 3 ? all.slice(0, -1) : all;
      },
    })),
  },
  {
    id: "unknown-models-hidden",
    does: "lists only models of its catalogue",
    caughtBy: "keeps-model-fields",
    wrap: withProvider((provider) => ({
      ...provider,
      models: async (options) => (await provider.models(options)).filter(({ id }) => id !== "of-tomorrow"),
    })),
  },
  {
    id: "model-fields-lost",
    does: "lists ids and nothing else",
    caughtBy: "keeps-model-fields",
    wrap: withProvider((provider) => ({
      ...provider,
      models: async (options) => (await provider.models(options)).map(({ id }) => ({ id })),
    })),
  },
  {
    id: "list-error-swallowed",
    does: "gives an empty list if the endpoint refused",
    caughtBy: "rejects-bad-model-lists",
    wrap: withProvider((provider) => ({
      ...provider,
      models: (options) =>
        provider.models(options).catch((error: { status?: number }) => {
          if (error.status) return [];
          throw error;
        }),
    })),
  },
  {
    id: "empty-list-refused",
    does: "throws when there are no models",
    caughtBy: "accepts-an-empty-model-list",
    wrap: withProvider((provider) => ({
      ...provider,
      models: async (options) => {
        const all = await provider.models(options);
        if (all.length === 0) throw new Error("no models");
        return all;
      },
    })),
  },
  {
    id: "length-is-an-error",
    does: "throws when an answer was cut by max_tokens",
    caughtBy: "replays-every-scenario",
    wrap: withChatResult((result) => {
      if (result.finishReason === "length") throw new Error("too long");
      return result;
    }),
  },
  {
    id: "whole-text-altered",
    does: "loses umlauts of whole answers",
    caughtBy: "reads-all-text",
    wrap: withChatResult((result) => ({ ...result, text: result.text.replaceAll("ü", "u") })),
  },
  {
    id: "unknown-finish-is-stop",
    does: "treats an unknown finish reason as a stop",
    caughtBy: "maps-finish-reasons",
    wrap: withResult((result) => (result.finishReason === "other" ? { ...result, finishReason: "stop" } : result)),
  },
  {
    id: "raw-finish-lost",
    does: "loses the endpoint's own finish reason",
    caughtBy: "maps-finish-reasons",
    wrap: withChatResult((result) => ({ ...result, rawFinishReason: undefined })),
  },
  {
    id: "filter-is-stop",
    does: "treats a filtered answer as finished",
    caughtBy: "maps-finish-reasons",
    wrap: withResult((result) =>
      result.finishReason === "content-filter" ? { ...result, finishReason: "stop" } : result,
    ),
  },
  {
    id: "cached-tokens-lost",
    does: "loses the count of cached tokens",
    caughtBy: "reads-token-counts",
    wrap: withChatResult((result) => ({ ...result, usage: usageWithout("cachedInputTokens")(result.usage) })),
  },
  {
    id: "input-without-cached",
    does: "subtracts cached tokens from the input",
    caughtBy: "reads-token-counts",
    wrap: withChatResult((result) => ({
      ...result,
      usage: result.usage && {
        ...result.usage,
        inputTokens: result.usage.inputTokens - (result.usage.cachedInputTokens ?? 0),
      },
    })),
  },
  {
    id: "request-id-lost",
    does: "loses the request id",
    caughtBy: "reads-response-details",
    wrap: withResult((result) => ({ ...result, response: { ...result.response, requestId: undefined } })),
  },
  {
    id: "headers-lost",
    does: "passes on no headers",
    caughtBy: "reads-response-details",
    wrap: withResult((result) => ({ ...result, response: { ...result.response, headers: {} } })),
  },
  {
    id: "asked-model-told",
    does: "reports the requested model as the one that answered",
    caughtBy: "reads-response-details",
    wrap: withChatResult((result) => ({ ...result, id: undefined })),
  },
  {
    id: "empty-text-null",
    does: "gives null for an empty text",
    caughtBy: "reads-empty-text",
    wrap: withChatResult((result) => ({ ...result, text: (result.text || null) as string })),
  },
  {
    id: "metadata-lost",
    does: "passes on no metadata",
    caughtBy: "keeps-metadata",
    wrap: withResult((result) => ({ ...result, metadata: {} })),
  },
  {
    id: "metadata-as-text",
    does: "turns metadata into text",
    caughtBy: "keeps-metadata",
    wrap: withResult((result) => ({
      ...result,
      metadata: Object.fromEntries(Object.entries(result.metadata).map(([name, value]) => [name, String(value)])),
    })),
  },
  {
    id: "length-told-as-stop",
    does: "treats a cut answer as finished",
    caughtBy: "ends-as-recorded",
    wrap: withChatResult((result) => (result.finishReason === "length" ? { ...result, finishReason: "stop" } : result)),
  },
  {
    id: "reset-in-seconds",
    does: "gives resets in seconds",
    caughtBy: "reads-rate-limits",
    wrap: withResult((result) => {
      const { limits } = result.response;
      return limits?.requests?.reset
        ? {
            ...result,
            response: {
              ...result.response,
              limits: { ...limits, requests: { ...limits.requests, reset: limits.requests.reset / 1000 } },
            },
          }
        : result;
    }),
  },
  {
    id: "limits-mixed-up",
    does: "gives the remaining requests as the limit",
    caughtBy: "reads-rate-limits",
    wrap: withResult((result) => {
      const { limits } = result.response;
      return limits?.requests
        ? {
            ...result,
            response: {
              ...result.response,
              limits: { ...limits, requests: { remaining: limits.requests.limit, limit: limits.requests.remaining } },
            },
          }
        : result;
    }),
  },
  {
    id: "idle-quirk",
    does: "declares a quirk without evidence",
    caughtBy: "shows-every-quirk",
    wrap: (factory) =>
      Object.assign((options = {}) => factory(options), {
        definition: {
          ...factory.definition,
          quirks: [
            ...(factory.definition.quirks ?? []),
            { name: "It never happens.", source: "chat", chunk: (chunk: JsonObject) => chunk },
          ],
        },
      }),
  },
  {
    id: "cost-ignores-cache",
    does: "counts cached tokens at the full price",
    caughtBy: "computes-cost",
    wrap: withResult((result) =>
      result.usage?.cost && result.usage.cachedInputTokens
        ? { ...result, usage: { ...result.usage, cost: result.usage.cost * 1.5 } }
        : result,
    ),
  },
  {
    id: "cost-guessed",
    does: "gives a cost although the price is uncertain",
    caughtBy: "computes-cost",
    wrap: withResult((result) =>
      result.usage && result.usage.cost === undefined ? { ...result, usage: { ...result.usage, cost: 0.001 } } : result,
    ),
  },
  {
    id: "author-lost",
    does: "leaves the provider out of `result.message`",
    caughtBy: "returns-an-appendable-message",
    wrap: withResult((result) => ({ ...result, message: { ...result.message, provider: undefined } })),
  },
  {
    id: "message-calls-lost",
    does: "leaves the calls out of `result.message`",
    caughtBy: "returns-an-appendable-message",
    wrap: withResult((result) => ({ ...result, message: { ...result.message, tool_calls: undefined } })),
  },
  {
    id: "usage-made-up",
    does: "reports missing token counts as zero",
    caughtBy: "invents-no-token-counts",
    wrap: withChatResult((result) => ({
      ...result,
      usage: result.usage ?? { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    })),
  },
  {
    id: "total-always-summed",
    does: "computes the total itself",
    caughtBy: "invents-no-token-counts",
    wrap: withResult((result) => ({
      ...result,
      usage: result.usage && { ...result.usage, totalTokens: result.usage.inputTokens + result.usage.outputTokens },
    })),
  },
  {
    id: "last-choice-read",
    does: "reads the last of several choices",
    caughtBy: "reads-the-first-choice",
    wrap: withBody((text, asked) =>
      asked?.["stream"] === false && text.startsWith("{")
        ? JSON.stringify(lastChoice(JSON.parse(text) as JsonObject))
        : text,
    ),
  },
  {
    id: "blank-lines-refused",
    does: "cannot read JSON after blank lines",
    caughtBy: "tolerates-space-before-json",
    wrap: withBody((text) => (/^\s+\{/.test(text) ? "" : text)),
  },
  {
    id: "empty-is-an-answer",
    does: "treats an empty object as an empty answer",
    caughtBy: "rejects-what-is-not-a-completion",
    wrap: withBody((text) =>
      text === "{}" ? '{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}' : text,
    ),
  },
  {
    id: "text-of-answers-trimmed",
    does: "trims the text of answers",
    caughtBy: "keeps-text-verbatim",
    wrap: withResult((result) => ({ ...result, text: result.text.trim() })),
  },
  {
    id: "think-tags-cut",
    does: "cuts the text between thinking tags out of the answer",
    caughtBy: "keeps-text-verbatim",
    wrap: withResult((result) => ({ ...result, text: result.text.replace(/<think>[^]*<\/think>\s*/, "") })),
  },
  {
    id: "whole-reasoning-lost",
    does: "loses the reasoning of whole answers",
    caughtBy: "reads-all-reasoning",
    wrap: withChatResult((result) => ({ ...result, reasoning: "" })),
  },
  {
    id: "characters-broken",
    does: "decodes each read separately",
    caughtBy: "streams-alike-however-cut",
    wrap: withReads((bytes) => new TextEncoder().encode(new TextDecoder().decode(bytes))),
  },
  {
    id: "last-delta-lost",
    does: "loses the last piece of text",
    caughtBy: "streams-all-text",
    wrap: withEvents(async function* (events) {
      let held: ChatEvent | undefined;
      for await (const event of events) {
        if (event.type === "text") {
          if (held) yield held;
          held = event;
          continue;
        }
        if (event.type !== "finish" && held) {
          yield held;
          held = undefined;
        }
        yield event;
      }
    }),
  },
  {
    id: "first-delta-twice",
    does: "gives the first piece of text twice",
    caughtBy: "streams-all-text",
    wrap: withEvents(async function* (events) {
      let isFirst = true;
      for await (const event of events) {
        yield event;
        if (event.type === "text" && isFirst) {
          isFirst = false;
          yield event;
        }
      }
    }),
  },
  {
    id: "two-starts",
    does: "starts twice",
    caughtBy: "starts-and-finishes-once",
    wrap: withEachEvent((event) => (event.type === "start" ? [event, event] : [event])),
  },
  {
    id: "no-start",
    does: "does not say that it starts",
    caughtBy: "starts-and-finishes-once",
    wrap: withEachEvent((event) => (event.type === "start" ? [] : [event])),
  },
  {
    id: "finish-without-usage",
    does: "finishes without token counts",
    caughtBy: "finishes-with-reason-and-usage",
    wrap: withEachEvent((event) => (event.type === "finish" ? [{ ...event, usage: undefined }] : [event])),
  },
  {
    id: "empty-text-events",
    does: "makes events from empty pieces",
    caughtBy: "ignores-empty-chunks",
    wrap: withEachEvent((event) => (event.type === "start" ? [event, { type: "text", text: "" }] : [event])),
  },
  {
    id: "reasoning-events-lost",
    does: "loses the pieces of reasoning",
    caughtBy: "streams-all-reasoning",
    wrap: withEachEvent((event) => (event.type === "reasoning" ? [] : [event])),
  },
  {
    id: "repeated-message-read",
    does: "reads a message that repeats the deltas",
    caughtBy: "ignores-repeated-messages",
    wrap: withDecoder((decoder) => ({
      ...decoder,
      push(chunk, out) {
        const [choice] = (chunk["choices"] ?? []) as JsonObject[];
        const said = choice?.["delta"] ? (choice["message"] as JsonObject | undefined)?.["content"] : undefined;
        decoder.push(chunk, out);
        if (typeof said === "string" && said !== "") out.push({ type: "text", text: said });
      },
    })),
  },
  {
    id: "end-mark-wanted",
    does: "treats a stream without an end mark as broken",
    caughtBy: "needs-no-end-mark",
    wrap: withDecoder((decoder) => {
      let isStream = false;
      return {
        ...decoder,
        push(chunk, out) {
          isStream ||= Boolean(((chunk["choices"] ?? []) as JsonObject[])[0]?.["delta"]);
          decoder.push(chunk, out);
        },
        end(terminated, out) {
          if (isStream && !terminated) throw new Error("no end mark");
          decoder.end(terminated, out);
        },
      };
    }),
  },
  {
    id: "slow-reader-loses",
    does: "drops events that a slow reader did not fetch in time",
    caughtBy: "loses-nothing-for-slow-readers",
    wrap: withEvents(async function* (events) {
      for await (const event of events) {
        let isLate = false;
        const timer = setTimeout(() => (isLate = true), 0);
        yield event;
        clearTimeout(timer);
        if (isLate && event.type === "text") yield { type: "text", text: "" };
        if (isLate)
          for await (const next of events) {
            if (next.type !== "text") yield next;
          }
      }
    }),
  },
  {
    id: "stream-held-back",
    does: "passes on nothing before the end",
    caughtBy: "streams-at-once",
    wrap: withEvents(async function* (events) {
      const all: ChatEvent[] = [];
      for await (const event of events) all.push(event);
      yield* all;
    }),
  },
  {
    id: "result-differs",
    does: "gives a result without the last piece of text",
    caughtBy: "result-equals-events",
    wrap: withStreamResult((result) => ({
      ...result,
      text: result.text.replace(/Say hello in one short sentence\.$/, ""),
    })),
  },
  {
    id: "second-loop-empty",
    does: "lets a second loop find nothing",
    caughtBy: "result-needs-no-loop",
    wrap: withProvider((provider) => ({
      ...provider,
      stream(request, options) {
        const stream = provider.stream(request, options);
        let hasLoop = false;
        return {
          get result() {
            return stream.result;
          },
          [Symbol.asyncIterator]() {
            if (hasLoop) return [][Symbol.iterator]() as never;
            hasLoop = true;
            return stream[Symbol.asyncIterator]();
          },
        };
      },
    })),
  },
  {
    id: "leaving-changes-nothing",
    does: "keeps reading after the loop was left",
    caughtBy: "leaving-the-loop-ends-the-request",
    wrap: withProvider((provider) => ({
      ...provider,
      stream(request, options) {
        const stream = provider.stream(request, options);
        return {
          get result() {
            return stream.result;
          },
          [Symbol.asyncIterator]() {
            const inner = stream[Symbol.asyncIterator]();
            return { next: () => inner.next() };
          },
        };
      },
    })),
  },
  {
    id: "paced",
    does: "passes on a piece of text every 25 ms",
    caughtBy: "adds-no-delay",
    wrap: withEvents(async function* (events) {
      for await (const event of events) {
        if (event.type === "text") await new Promise((done) => setTimeout(done, 25));
        yield event;
      }
    }),
  },
  {
    id: "loop-ends-quietly",
    does: "ends the loop of a failed stream without an error",
    caughtBy: "loop-and-result-fail-alike",
    wrap: withEvents(async function* (events) {
      let count = 0;
      try {
        for await (const event of events) {
          count++;
          yield event;
        }
      } catch (error) {
        if (count > 0 && (error as { code?: string }).code === "invalid-response") return;
        throw error;
      }
    }),
  },
  {
    id: "sent-at-once",
    does: "sends a stream's request before anyone reads it",
    caughtBy: "sends-only-when-read",
    wrap: withProvider((provider) => ({
      ...provider,
      stream(request, options) {
        const stream = provider.stream(request, options);
        void stream.result;
        return stream;
      },
    })),
  },
  {
    id: "null-takes-usage-back",
    does: "forgets the token counts when a null follows",
    caughtBy: "finds-token-counts-in-any-chunk",
    wrap: withDecoder((decoder) => {
      let last: Json | undefined;
      return {
        ...decoder,
        push(chunk, out) {
          if (chunk["usage"] !== undefined) last = chunk["usage"];
          decoder.push(chunk, out);
        },
        end(terminated, out) {
          decoder.end(terminated, out);
          const finish = out.at(-1);
          if (last === null && finish?.type === "finish") delete finish.usage;
        },
      };
    }),
  },
  {
    id: "first-usage-counts",
    does: "treats the first token counts as the last",
    caughtBy: "finds-token-counts-in-any-chunk",
    wrap: withDecoder((decoder) => {
      let hasUsage = false;
      return {
        ...decoder,
        push(chunk, out) {
          const seen = hasUsage;
          hasUsage ||= typeof chunk["usage"] === "object" && chunk["usage"] !== null;
          decoder.push(seen ? { ...chunk, usage: null } : chunk, out);
        },
      };
    }),
  },
  {
    id: "unheard-rejection",
    does: "crashes when a failed result is not awaited",
    caughtBy: "unused-result-is-harmless",
    wrap: withProvider((provider) => ({
      ...provider,
      stream(request, options) {
        const stream = provider.stream(request, options);
        return {
          get result() {
            const result = stream.result;
            void result.then(() => {});
            return result;
          },
          [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
        };
      },
    })),
  },
  {
    id: "whole-for-stream-refused",
    does: "cannot read one JSON answer in place of a stream",
    caughtBy: "reads-json-and-streams-alike",
    wrap: withFetch((fetch) => async (url, init) => {
      const response = await fetch(url, init);
      const wantsStream = String(init.body).includes('"stream":true');
      return response.ok && wantsStream && response.headers.get("content-type") === "application/json"
        ? new Response("", response)
        : response;
    }),
  },
  {
    id: "streamed-message-poorer",
    does: "leaves the reasoning out of a streamed `result.message`",
    caughtBy: "streams-what-chat-returns",
    wrap: withStreamResult((result) => ({ ...result, message: { ...result.message, reasoning: undefined } })),
  },
  {
    id: "lost-tool-call",
    does: "loses the last of several tool calls",
    caughtBy: "reads-tool-calls",
    wrap: withChatResult((result) => ({
      ...result,
      toolCalls: result.toolCalls.length > 1 ? result.toolCalls.slice(0, -1) : result.toolCalls,
    })),
  },
  {
    id: "arguments-mixed-up",
    does: "gives each of two calls the other's arguments",
    caughtBy: "streams-tool-calls",
    wrap: withStreamResult((result) => ({ ...result, toolCalls: swap(result.toolCalls) })),
  },
  {
    id: "empty-name-overwrites",
    does: "lets an empty name overwrite the name",
    caughtBy: "assembles-tool-calls",
    wrap: withDecoder((decoder) => {
      const emptied = new Set<number>();
      return {
        ...decoder,
        push(chunk, out) {
          const before = out.length;
          for (const call of callsIn(chunk))
            if ((call["function"] as JsonObject | undefined)?.["name"] === "") emptied.add(Number(call["index"]));
          decoder.push(chunk, out);
          blank(out, before);
        },
        end(terminated, out) {
          const before = out.length;
          decoder.end(terminated, out);
          blank(out, before);
        },
      };
      function blank(out: ChatEvent[], from: number): void {
        for (const event of out.slice(from))
          if (event.type === "tool-call" && emptied.has(event.index)) event.toolCall.name = "";
      }
    }),
  },
  {
    id: "index-from-wire",
    does: "uses the wire's index as its own",
    caughtBy: "assembles-tool-calls",
    wrap: withDecoder((decoder) => {
      let first = 0;
      return {
        ...decoder,
        push(chunk, out) {
          const before = out.length;
          for (const call of callsIn(chunk))
            if (call["index"] === 1 && first === 0) first = 1;
            else if (call["index"] === 0) first = -1;
          decoder.push(chunk, out);
          if (first === 1) for (const event of out.slice(before)) if ("index" in event) event.index += 1;
        },
      };
    }),
  },
  {
    id: "results-reversed",
    does: "sends the results of calls in reverse",
    caughtBy: "sends-tool-results",
    wrap: withRequest((request) => ({ ...request, messages: reversedResults(request.messages as never) as never })),
  },
  {
    id: "tool-choice-lost",
    does: "drops tool_choice none",
    caughtBy: "sends-tool-choice",
    wrap: withRequest((request) =>
      request["tool_choice"] === "none" ? { ...request, tool_choice: undefined } : request,
    ),
  },
  {
    id: "broken-arguments-emptied",
    does: "gives {} for arguments that are invalid JSON",
    caughtBy: "keeps-arguments-verbatim",
    wrap: withResult((result) => ({
      ...result,
      toolCalls: result.toolCalls.map((call) => ({
        ...call,
        arguments: isJson(call.arguments) ? call.arguments : "{}",
      })),
    })),
  },
  {
    id: "arguments-printed-again",
    does: "parses and reprints arguments",
    caughtBy: "keeps-arguments-verbatim",
    wrap: withResult((result) => ({
      ...result,
      toolCalls: result.toolCalls.map((call) => ({
        ...call,
        arguments: isJson(call.arguments) ? JSON.stringify(JSON.parse(call.arguments)) : call.arguments,
      })),
    })),
  },
  {
    id: "tool-deltas-lost",
    does: "gives no pieces of arguments",
    caughtBy: "streams-tool-call-events",
    wrap: withEachEvent((event) => (event.type === "tool-call-delta" ? [] : [event])),
  },
  {
    id: "tool-start-renamed",
    does: "opens a call under another id than it closes it",
    caughtBy: "streams-tool-call-events",
    wrap: withEachEvent((event) => (event.type === "tool-call-start" ? [{ ...event, id: `${event.id}x` }] : [event])),
  },
  {
    id: "tools-dropped",
    does: "drops tools if the endpoint has none",
    caughtBy: "refuses-unsupported-tools",
    in: "bolt",
    wrap: withRequest((request) => ({ ...request, tools: undefined, tool_choice: undefined })),
  },
  {
    id: "json-mode-lost",
    does: "does not ask for JSON",
    caughtBy: "requests-json",
    wrap: withRequest((request) =>
      request["response_format"]?.type === "json_object" ? { ...request, response_format: undefined } : request,
    ),
  },
  {
    id: "strictness-lost",
    does: "asks for a schema without its strictness",
    caughtBy: "requests-a-schema",
    wrap: withRequest((request) => {
      const format = request["response_format"] as { type: string; json_schema?: object } | undefined;
      return format?.json_schema
        ? { ...request, response_format: { ...format, json_schema: { ...format.json_schema, strict: false } } }
        : request;
    }),
  },
  {
    id: "schema-dropped",
    does: "drops a schema if the endpoint has none",
    caughtBy: "refuses-unsupported-formats",
    in: "bolt",
    wrap: withRequest((request) => ({ ...request, response_format: undefined })),
  },
  {
    id: "streamed-json-fenced",
    does: "puts a fence around streamed JSON",
    caughtBy: "streams-json",
    wrap: withStreamResult((result) => ({ ...result, text: result.text.replace(/^\{/, "```json\n{") })),
  },
];

function lastChoice(body: JsonObject): JsonObject {
  const { choices } = body;
  return Array.isArray(choices) ? { ...body, choices: [{ ...(choices.at(-1) as JsonObject), index: 0 }] } : body;
}

function callsIn(chunk: JsonObject): JsonObject[] {
  const [choice] = (chunk["choices"] ?? []) as JsonObject[];
  return ((choice?.["delta"] as JsonObject | undefined)?.["tool_calls"] ?? []) as JsonObject[];
}

function reversedResults(messages: readonly { role: string; content: unknown }[]): unknown[] {
  const results = messages.filter(({ role }) => role === "tool").toReversed();
  return messages.map((message) => (message.role === "tool" ? results.shift() : message));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
