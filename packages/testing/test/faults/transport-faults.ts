import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { ProviderError } from "@llm-provider/core";
import type { Cassettes } from "../../src/cassette/cassette-folder.ts";
import type { Cassette } from "../../src/cassette/cassette.ts";
import type { Fault } from "./fault.ts";
import {
  rebuilt,
  withBody,
  withDefinition,
  withEnding,
  withError,
  withFetch,
  withOptions,
  withProvider,
  withReads,
} from "./wrap.ts";

const finish = `\n\ndata: ${JSON.stringify({ id: "x", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`;

/** Faults in the fields of errors. */
const told: readonly Fault[] = [
  {
    id: "quota-called-invalid",
    does: "reports an empty account as an invalid request",
    caughtBy: "maps-errors-to-codes",
    wrap: withError((error) => (error.code === "quota" ? rebuilt(error, { code: "invalid-request" }) : error)),
  },
  {
    id: "overflow-not-known",
    does: "does not recognise a conversation that is too long",
    caughtBy: "maps-errors-to-codes",
    wrap: withError((error) =>
      error.code === "context-overflow" ? rebuilt(error, { code: "invalid-request" }) : error,
    ),
  },
  {
    id: "page-as-message",
    does: "gives a whole HTML page as the message",
    caughtBy: "survives-odd-error-bodies",
    wrap: withError((error) =>
      String(error.body).startsWith("<html><head>") ? rebuilt(error, {}, String(error.body)) : error,
    ),
  },
  {
    id: "model-not-named",
    does: "does not name the model in errors",
    caughtBy: "throws-complete-errors",
    wrap: withError((error) => rebuilt(error, { model: undefined })),
  },
  {
    id: "body-lost",
    does: "loses the body of an error",
    caughtBy: "throws-complete-errors",
    wrap: withError((error) => rebuilt(error, { body: undefined })),
  },
  {
    id: "plain-error",
    does: "throws plain errors with the same fields",
    caughtBy: "throws-complete-errors",
    wrap: withError((error) =>
      Object.assign(new Error(error.message), {
        ...error,
        code: error.code,
        provider: error.provider,
        retryable: error.retryable,
      }),
    ),
  },
  {
    id: "limits-lost-in-errors",
    does: "loses the rate limits of a refusal",
    caughtBy: "keeps-error-details",
    wrap: withError((error) => rebuilt(error, { limits: undefined })),
  },
  {
    id: "request-id-lost-in-errors",
    does: "loses the request id of a refusal",
    caughtBy: "keeps-error-details",
    wrap: withError((error) => rebuilt(error, { requestId: undefined })),
  },
  {
    id: "metadata-lost-in-errors",
    does: "loses the metadata of a refusal",
    caughtBy: "keeps-error-details",
    wrap: withError((error) => rebuilt(error, { metadata: undefined })),
  },
  {
    id: "wait-in-seconds",
    does: "gives the wait of a refusal in seconds",
    caughtBy: "keeps-error-details",
    wrap: withError((error) => rebuilt(error, { retryAfter: error.retryAfter && error.retryAfter / 1000 })),
  },
  {
    id: "own-words",
    does: "puts its own words before the endpoint's",
    caughtBy: "keeps-the-endpoints-message",
    wrap: withError((error) =>
      error.body === undefined ? error : rebuilt(error, {}, `Request failed: ${error.message}`),
    ),
  },
  {
    id: "hint-lost",
    does: "gives no advice",
    caughtBy: "gives-a-hint",
    wrap: withError((error) => {
      if (error.body === undefined) return error;
      // The constructor would add the hint of the code.
      const { hint: _, ...rest } = Object.getOwnPropertyDescriptors(error);
      return Object.create(Object.getPrototypeOf(error) as object, rest) as ProviderError;
    }),
  },
  {
    id: "nothing-retryable",
    does: "marks every refusal as final",
    caughtBy: "tells-what-is-retryable",
    wrap: withError((error) => (error.status ? rebuilt(error, { retryable: false }) : error)),
  },
  {
    id: "error-in-stream-overlooked",
    does: "overlooks an error in the middle of a stream",
    caughtBy: "finds-errors-inside-a-200",
    wrap: withBody((text, asked) =>
      asked?.["stream"] && text.includes("data:")
        ? text.replaceAll(/(event: error\n)?data: \{"error".*\n\n/g, "")
        : text,
    ),
  },
  {
    id: "event-error-overlooked",
    does: "overlooks an error in an event of that name",
    caughtBy: "reports-invalid-tool-calls",
    wrap: withBody((text) => text.replaceAll(/event: error\ndata: .*\n\n/g, finish)),
  },
  {
    id: "server-called-network",
    does: "reports a reset connection as a server error",
    caughtBy: "reset-is-a-network-error",
    wrap: withError((error) => (error.code === "network" ? rebuilt(error, { code: "server" }) : error)),
  },
  {
    id: "partial-lost",
    does: "loses the text that arrived before an answer broke",
    caughtBy: "keeps-partial-answers",
    wrap: withError((error) => rebuilt(error, { partial: undefined })),
  },
  {
    id: "partial-without-reasoning",
    does: "loses the reasoning that arrived before an answer broke",
    caughtBy: "keeps-partial-answers",
    wrap: withError((error) => rebuilt(error, { partial: error.partial && { ...error.partial, reasoning: "" } })),
  },
  {
    id: "partial-without-calls",
    does: "loses the tool calls that had begun before an answer broke",
    caughtBy: "keeps-partial-answers",
    wrap: withError((error) => rebuilt(error, { partial: error.partial && { ...error.partial, toolCalls: [] } })),
  },
];

/** Faults in retries. */
const retried: readonly Fault[] = [
  {
    id: "refusals-repeated",
    does: "retries a final refusal",
    caughtBy: "never-retries-final-errors",
    wrap: withProvider((provider, { maxRetries }) => ({
      ...provider,
      chat: (request, options) =>
        provider
          .chat(request, options)
          .catch((error: unknown) =>
            maxRetries && ProviderError.is(error) && error.status && error.status < 429
              ? provider.chat(request, options)
              : Promise.reject(error as Error),
          ),
    })),
  },
  {
    id: "ignored-429",
    does: "does not retry after 429",
    caughtBy: "retries-as-often-as-asked",
    wrap: withDefinition((definition) => ({
      ...definition,
      errors: definition.errors!.map((rule) => (rule.status === 429 ? { ...rule, retry: false } : rule)),
    })),
  },
  {
    id: "one-try-too-many",
    does: "retries once more than configured",
    caughtBy: "retries-as-often-as-asked",
    wrap: withOptions((options) => (options.maxRetries ? { ...options, maxRetries: options.maxRetries + 1 } : options)),
  },
  {
    id: "retry-after-ignored",
    does: "does not wait as long as the endpoint asks",
    caughtBy: "waits-as-long-as-asked",
    wrap: withFetch((fetch) => async (url, init) => {
      const response = await fetch(url, init);
      const headers = new Headers(response.headers);
      if ((headers.get("retry-after") ?? "").length > 3) headers.delete("retry-after");
      return new Response(response.body, { status: response.status, headers });
    }),
  },
  {
    id: "seconds-as-milliseconds",
    does: "treats the seconds of Retry-After as milliseconds",
    caughtBy: "waits-as-long-as-asked",
    wrap: withFetch((fetch) => async (url, init) => {
      const response = await fetch(url, init);
      const after = response.headers.get("retry-after") ?? "";
      const headers = new Headers(response.headers);
      if (/^\d$/.test(after) && options(after)) headers.set("retry-after-ms", after);
      return new Response(response.body, { status: response.status, headers });
      function options(text: string): boolean {
        return text === "2";
      }
    }),
  },
  {
    id: "long-wait-slept",
    does: "waits as long as the endpoint asks, without a limit",
    caughtBy: "throws-instead-of-long-waits",
    wrap: withOptions((options) => ({ ...options, maxWait: Number.POSITIVE_INFINITY })),
  },
  {
    id: "retry-after-first-event",
    does: "starts a broken stream again",
    caughtBy: "never-retries-after-an-event",
    wrap: withProvider((provider, { maxRetries }) => ({
      ...provider,
      stream(request, options) {
        const first = provider.stream(request, options);
        if (!maxRetries) return first;
        return {
          get result() {
            return first.result;
          },
          async *[Symbol.asyncIterator]() {
            try {
              yield* first;
            } catch {
              yield* provider.stream(request, options);
            }
          },
        };
      },
    })),
  },
  {
    id: "attempts-not-told",
    does: "reports no attempt",
    caughtBy: "reports-attempts",
    wrap: withOptions((options) => ({ ...options, onAttempt: undefined })),
  },
  {
    id: "attempt-without-error",
    does: "does not say why an attempt failed",
    caughtBy: "reports-attempts",
    wrap: withOptions(({ onAttempt, ...options }) => ({
      ...options,
      onAttempt: (attempt) => onAttempt?.({ ...attempt, error: undefined }),
    })),
  },
  {
    id: "no-backoff",
    does: "retries without a pause",
    caughtBy: "varies-its-waits",
    wrap: withFetch((fetch) => async (url, init) => {
      const response = await fetch(url, init);
      const headers = new Headers(response.headers);
      if (response.status >= 400 && !headers.has("retry-after-ms") && !headers.has("retry-after"))
        headers.set("retry-after-ms", "0");
      return new Response(response.body, { status: response.status, headers });
    }),
  },
  {
    id: "wait-goes-on",
    does: "finishes the wait after an abort",
    caughtBy: "abort-ends-a-wait",
    wrap: withProvider((provider) => ({
      ...provider,
      async chat(request, { signal } = {}) {
        if (!signal || signal.aborted) return provider.chat(request, { signal });
        const inner = new AbortController();
        let isUnderWay = true;
        setTimeout(() => (isUnderWay = false), 8);
        signal.addEventListener("abort", () => isUnderWay && inner.abort());
        return provider.chat(request, { signal: inner.signal });
      },
    })),
  },
  {
    id: "three-retries",
    does: "retries three times by default",
    caughtBy: "keeps-documented-defaults",
    wrap: withOptions((options) => ({ ...options, maxRetries: options.maxRetries ?? 3 })),
  },
  {
    id: "impatient",
    does: "waits ten seconds for headers by default",
    caughtBy: "keeps-documented-defaults",
    wrap: withOptions((options) => ({ ...options, timeout: options.timeout ?? 10_000 })),
  },
  {
    id: "reset-is-final",
    does: "does not retry after a reset connection",
    caughtBy: "retries-broken-connections",
    wrap: withFetch((fetch) => async (url, init) => {
      try {
        return await fetch(url, init);
      } catch (error) {
        if (init.signal?.aborted) throw error;
        return new Response('{"error":{"message":"lost"}}', { status: 400 });
      }
    }),
  },
];

/** Faults with sockets, aborts and timeouts. */
const moved: readonly Fault[] = [
  {
    id: "cut-ends-cleanly",
    does: "treats a cut stream as finished",
    caughtBy: "cut-stream-is-an-error",
    wrap: withEnding((isBroken) => (isBroken ? finish : "")),
  },
  {
    id: "unfinished-is-whole",
    does: "treats an end without a finish reason as complete",
    caughtBy: "unfinished-stream-is-an-error",
    wrap: withEnding((isBroken) => (isBroken ? "" : "\n\ndata: [DONE]\n\n")),
  },
  {
    id: "timeout-ignored",
    does: "waits for headers forever",
    caughtBy: "times-out-on-headers",
    wrap: withOptions((options) => ({ ...options, timeout: undefined })),
  },
  {
    id: "idle-ignored",
    does: "waits for bytes forever",
    caughtBy: "times-out-on-silence",
    wrap: withOptions((options) => ({ ...options, idleTimeout: undefined })),
  },
  {
    id: "timeout-bounds-all",
    does: "cuts answers that take longer than the header timeout",
    caughtBy: "allows-long-answers",
    wrap: withProvider((provider, { timeout }) => ({
      ...provider,
      stream(request, options) {
        const inner = new AbortController();
        if (timeout) setTimeout(() => inner.abort(), timeout);
        options?.signal?.addEventListener("abort", () => inner.abort());
        return provider.stream(request, options?.signal?.aborted ? options : { signal: inner.signal });
      },
    })),
  },
  {
    id: "slow-reader-is-silence",
    does: "treats a slow reader as a silent endpoint",
    caughtBy: "slow-reader-is-not-silence",
    wrap: withProvider((provider, { idleTimeout }) => ({
      ...provider,
      stream(request, options) {
        const inner = new AbortController();
        if (options?.signal?.aborted) return provider.stream(request, options);
        options?.signal?.addEventListener("abort", () => inner.abort());
        const stream = provider.stream(request, { signal: inner.signal });
        return {
          get result() {
            return stream.result;
          },
          async *[Symbol.asyncIterator]() {
            for await (const event of stream) {
              const timer = setTimeout(() => inner.abort(), idleTimeout ?? 120_000);
              yield event;
              clearTimeout(timer);
            }
          },
        };
      },
    })),
  },
  {
    id: "comments-are-silence",
    does: "counts comments as silence",
    caughtBy: "allows-long-answers",
    wrap: withReads((bytes) => (new TextDecoder().decode(bytes).startsWith(": still") ? new Uint8Array() : bytes)),
  },
  {
    id: "sent-though-aborted",
    does: "sends a request that was already aborted",
    caughtBy: "aborted-calls-send-nothing",
    wrap: withProvider((provider) => ({
      ...provider,
      chat: (request, options) => provider.chat(request, options?.signal?.aborted ? {} : options),
    })),
  },
  {
    id: "abort-not-heard",
    does: "ignores an abort of a whole answer",
    caughtBy: "aborts-while-waiting",
    wrap: withProvider((provider) => ({ ...provider, chat: (request) => provider.chat(request) })),
  },
  {
    id: "abort-leaves-socket",
    does: "leaves the connection open after an abort",
    caughtBy: "aborts-while-waiting",
    wrap: withFetch(
      (fetch) => (url, init) => fetch(url, { ...init, signal: init.signal?.aborted ? init.signal : undefined }),
    ),
  },
  {
    id: "stream-abort-not-heard",
    does: "ignores an abort of a stream",
    caughtBy: "aborts-while-streaming",
    wrap: withProvider((provider) => ({
      ...provider,
      stream: (request, options) => provider.stream(request, options?.signal?.aborted ? options : {}),
    })),
  },
  {
    id: "late-abort-heard",
    does: "treats an abort after the end as an abort",
    caughtBy: "ignores-late-aborts",
    wrap: withProvider((provider) => ({
      ...provider,
      stream(request, options) {
        const stream = provider.stream(request, options);
        return {
          get result() {
            const result = stream.result.then((value) => {
              if (options?.signal?.aborted) throw new Error("aborted");
              return value;
            });
            result.catch(() => {});
            return result;
          },
          [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
        };
      },
    })),
  },
  {
    id: "redirect-followed",
    does: "follows redirects with the key",
    caughtBy: "follows-no-redirects",
    wrap: withFetch((fetch) => (url, init) => fetch(url, { ...init, redirect: "follow" })),
  },
  {
    id: "gzip-unread",
    does: "cannot read a compressed answer",
    caughtBy: "reads-compressed-answers",
    wrap: withFetch((fetch) => async (url, init) => {
      const response = await fetch(url, init);
      return response.headers.has("content-encoding") ? new Response("\u001f\u008b", response) : response;
    }),
  },
  {
    id: "early-hints-final",
    does: "treats an informational response as the answer",
    caughtBy: "survives-odd-http",
    wrap: withFetch(
      (fetch) => (url, init) => (url.startsWith("http://127.0.0.1") ? bareFetch(url, init) : fetch(url, init)),
    ),
  },
  {
    id: "answers-mixed-up",
    does: "mixes up the answers of concurrent calls",
    caughtBy: "keeps-concurrent-calls-apart",
    wrap: withProvider((provider) => {
      let last = "";
      return {
        ...provider,
        async chat(request, options) {
          const result = await provider.chat(request, options);
          last = result.text;
          await new Promise((done) => setImmediate(done));
          return { ...result, text: last };
        },
      };
    }),
  },
];

/** Faults in reading lines. */
const framed: readonly Fault[] = [
  {
    id: "cr-ends-no-line",
    does: "does not accept CR as a line end",
    caughtBy: "accepts-any-line-ending",
    wrap: withBody((text) => text.replaceAll(/\r(?!\n)/g, " ")),
  },
  {
    id: "cr-lf-split",
    does: "fails on a CRLF split between two reads",
    caughtBy: "joins-split-line-endings",
    wrap: (() => {
      let isOpen = false;
      return withReads((bytes) => {
        const text = Buffer.from(bytes).toString("latin1");
        const out = (isOpen && text.startsWith("\n") ? text.slice(1) : text).replace(/\r$/, "");
        isOpen = text.endsWith("\r") && text.length > 1;
        return Buffer.from(isOpen || out !== text ? out : text, "latin1");
      });
    })(),
  },
  {
    id: "bom-not-stripped",
    does: "treats a byte order mark as part of the first line",
    caughtBy: "skips-byte-order-mark",
    wrap: withBody((text, asked) => (asked?.["stream"] ? text.replace(/^\uFEFF(: [^\n]*\n\n)?/, "x") : text)),
  },
  {
    id: "comment-ends-event",
    does: "drops an event that contains a comment",
    caughtBy: "ignores-comments",
    wrap: withBody((text) => text.replaceAll(/data: [^\n]*\n: [^\n]*\n\n?/g, "")),
  },
  {
    id: "last-data-line-counts",
    does: "reads only one data line of an event",
    caughtBy: "joins-data-lines",
    wrap: withBody((text) => text.replaceAll(/data: [^\n]*,\ndata: /g, "data: ")),
  },
  {
    id: "bytes-decoded-alone",
    does: "decodes each read separately, except for two-byte characters",
    caughtBy: "joins-split-characters",
    wrap: withReads((bytes) => (bytes.length === 1 && bytes[0]! >= 0xc0 ? new Uint8Array([0x3f]) : bytes)),
  },
  {
    id: "separator-ends-line",
    does: "ends a line at U+2028",
    caughtBy: "unicode-separators-end-no-line",
    wrap: withBody((text) => text.replaceAll("\u2028", "\n")),
  },
  {
    id: "long-line-refused",
    does: "cannot read a line of a megabyte",
    caughtBy: "reads-long-lines",
    wrap: withBody((text) => (text.length > 500_000 ? text.slice(0, 500_000) : text)),
  },
  {
    id: "named-events-dropped",
    does: "drops events that have a name",
    caughtBy: "ignores-other-fields",
    wrap: withBody((text) =>
      text
        .split("\n\n")
        .filter((event) => !event.includes("event: message"))
        .join("\n\n"),
    ),
  },
  {
    id: "broken-chunk-skipped",
    does: "skips a chunk that is invalid JSON",
    caughtBy: "broken-chunk-is-an-error",
    wrap: withBody((text) => text.replaceAll(/data: \{"choices":\[\{"ind\n\n/g, "")),
  },
  {
    id: "last-event-lost",
    does: "loses an event that no blank line follows",
    caughtBy: "reads-the-last-event",
    wrap: withBody((text) =>
      text.includes("data:") && !/[\r\n]$/.test(text) ? text.slice(0, text.lastIndexOf("\n\n") + 2) : text,
    ),
  },
  {
    id: "space-wanted",
    does: "requires a space after the colon",
    caughtBy: "space-after-colon-is-optional",
    wrap: withBody((text) => text.replaceAll(/^data:(?! ).*$/gm, "")),
  },
];

/** Faults with keys and recordings. */
const kept: readonly Fault[] = [
  {
    id: "key-in-cause",
    does: "keeps the headers in the cause of an error",
    caughtBy: "errors-hide-the-key",
    wrap: withProvider((provider, { apiKey }) => ({
      ...provider,
      chat: (request, options) =>
        provider.chat(request, options).catch((error: Error) => {
          throw Object.assign(error, { cause: { headers: { authorization: `Bearer ${String(apiKey)}` } } });
        }),
    })),
  },
  {
    id: "key-in-message",
    does: "repeats the key in an error's text",
    caughtBy: "errors-hide-the-key",
    wrap: withProvider((provider, { apiKey }) => ({
      ...provider,
      stream: (request, options) => {
        const stream = provider.stream(request, options);
        return {
          get result() {
            const result = stream.result.catch((error: Error) => {
              throw Object.assign(error, { note: Buffer.from(String(apiKey)).toString("base64") });
            });
            result.catch(() => {});
            return result;
          },
          [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
        };
      },
    })),
  },
  {
    id: "key-in-attempts",
    does: "passes the key to `onAttempt`",
    caughtBy: "reports-hide-the-key",
    wrap: withOptions(({ onAttempt, ...options }) => ({
      ...options,
      ...(onAttempt && {
        onAttempt: (attempt) => onAttempt({ ...attempt, body: { ...attempt.body, key: options.apiKey } }),
      }),
    })),
  },
  {
    id: "key-on-provider",
    does: "keeps the key in a property that printing shows",
    caughtBy: "reports-hide-the-key",
    wrap: withProvider((provider, { apiKey }) => Object.assign({ ...provider }, { options: { apiKey } })),
  },
  {
    id: "key-in-cassette",
    does: "records an account",
    caughtBy: "cassettes-hold-no-secrets",
    cassettes: (all) =>
      withCassette(all, "text", (cassette) => ({
        ...cassette,
        interactions: cassette.interactions.map((one) => ({
          ...one,
          response: one.response.replace("grüße", "jane.doe@acme.test"),
        })),
      })),
  },
  {
    id: "path-in-cassette",
    does: "records a path of a machine",
    caughtBy: "cassettes-hold-no-secrets",
    cassettes: (all) =>
      withCassette(all, "models", (cassette) => ({
        ...cassette,
        interactions: cassette.interactions.map((one) => ({
          ...one,
          rawHeaders: [...one.rawHeaders, "x-file", "/root/secret.txt"],
        })),
      })),
  },
  {
    id: "false-origin",
    does: "calls a twin's answer live",
    caughtBy: "cassettes-hold-no-secrets",
    cassettes: (all) =>
      withCassette(all, "text", (cassette) => ({
        ...cassette,
        meta: { ...cassette.meta, origin: "live" },
        interactions: cassette.interactions.map((one) => ({ ...one, scope: one.scope, rawHeaders: [] })),
      })),
  },
  {
    id: "cassette-missing",
    does: "has lost a cassette",
    caughtBy: "cassettes-are-complete",
    cassettes: (all) => ({ ...all, byScenario: new Map([...all.byScenario].filter(([name]) => name !== "length")) }),
  },
  {
    id: "cassette-changed",
    does: "has a cassette that was edited",
    caughtBy: "cassettes-are-complete",
    cassettes: (all) => ({ ...all, problems: ["text.json was changed after it was written: record it again."] }),
  },
];

export const transportFaults: readonly Fault[] = [...told, ...retried, ...moved, ...framed, ...kept];

function withCassette(all: Cassettes, name: string, change: (cassette: Cassette) => Cassette): Cassettes {
  return {
    ...all,
    byScenario: new Map(
      [...all.byScenario].map(([scenario, cassette]) => [scenario, scenario === name ? change(cassette) : cassette]),
    ),
  };
}

/** A separate client that takes the first answer as final. */
function bareFetch(url: string, init: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, {
      method: init.method,
      headers: init.headers as Record<string, string>,
      signal: init.signal ?? undefined,
    });
    sent.on("information", () => resolve(new Response("", { status: 200 })));
    sent.on("response", (response) =>
      resolve(
        new Response(Readable.toWeb(response) as ReadableStream, {
          status: response.statusCode,
          headers: response.headers as Record<string, string>,
        }),
      ),
    );
    sent.on("error", reject);
    sent.end(init.body as string);
  });
}
