import {
  chatCompletions,
  type ChatRequest,
  defineProvider,
  type Definition,
  type Json,
  type JsonObject,
  type Provider,
  ProviderError,
  type ProviderErrorFields,
} from "@llm-provider/core";
import { createScrubber, isLoopback, readKeyVariable, withRetries } from "@llm-provider/core/internal";
import {
  createRecorder,
  type Interaction,
  ourServer,
  readPayloads,
  responseBytes,
} from "@llm-provider/testing/internal";
import type { Answer, Ask } from "../answer.ts";

/** The address and key of an endpoint. */
export interface EndpointOptions {
  readonly baseURL: string;
  /** The environment variable of the key; undefined: no key is sent. */
  readonly keyEnv: string | undefined;
  /** Milliseconds until an answer must begin. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Replaces the global `fetch`, for tests. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** A request of an earlier run, with its answer. */
export interface Logged {
  readonly sent: JsonObject;
  readonly answer: Answer;
}

/** An endpoint. Every request goes through core's transport. */
export interface Endpoint {
  readonly definition: Definition;
  /** All exchanges, from which a later run can continue, without the key. */
  readonly log: readonly Logged[];
  readonly ask: Ask;
  /** The ids of the list of models; without ids, the answer says why. */
  models(): Promise<{ ids: string[]; answer: Answer }>;
  /** A key that does not exist anywhere. */
  askWithWrongKey(body: JsonObject): Promise<Answer>;
  /** Tries beyond the first, after a wait. */
  readonly retries: number;
  /** `live`: another machine; `local`: this one; `twin`: one of our servers. */
  readonly origin: "live" | "local" | "twin";
}

/** The most characters of an endpoint's message that are read. */
const longestWords = 8192;
/** The longest Retry-After in milliseconds that is observed, once. */
const longestWait = 60_000;
const wrongKey = "no-such-key-7f3a9c";
/** Codes that are not about the request: the key, the money, the path, the size, the rate. */
const noRefusal: ReadonlySet<number> = new Set([
  401, 402, 403, 404, 405, 407, 408, 410, 411, 413, 414, 421, 423, 425, 426, 428, 429, 431, 451,
]);

export async function openEndpoint(options: EndpointOptions, earlier: readonly Logged[] = []): Promise<Endpoint> {
  const { baseURL, keyEnv, timeout, signal } = options;
  refusePlainHTTP(baseURL);
  const definition = transportDefinition(baseURL, keyEnv);
  const key = keyEnv === undefined ? undefined : await readKeyVariable(definition, keyEnv);
  const scrub = createScrubber(key ? [key] : []);
  const log: Logged[] = [];
  const replay = [...earlier];
  let hasWaited = false;
  let retries = 0;
  let isTwin = false;

  /** One exchange: core's result, and its bytes. */
  async function exchange(
    run: (provider: Provider) => Promise<{ headers: Record<string, string> }>,
    apiKey = key,
  ): Promise<Answer> {
    const recorder = createRecorder({ definition, keepsServer: true, ...(options.fetch && { fetch: options.fetch }) });
    const provider = defineProvider({ ...definition, models: {}, smallModel: "" as never })({
      ...(apiKey !== undefined && { apiKey }),
      fetch: recorder.fetch,
      maxRetries: 0,
      timeout,
    });
    let error: ProviderError | undefined;
    let headers: Record<string, string> = {};
    try {
      ({ headers } = await run(provider));
    } catch (thrown) {
      if (!ProviderError.is(thrown) || thrown.code === "aborted" || thrown.code === "missing-key") throw thrown;
      error = thrown;
    }
    const [interaction] = await recorder.interactions();
    // No request was sent: the base URL or the key cannot be used at all.
    if (!interaction) throw error;
    isTwin ||= headerOf(interaction, "server").startsWith(`${ourServer}-twin`);
    return scrub(toAnswer(interaction, error, headers)) as Answer;
  }

  /** A 429 with a wait is retried after it, once in a probe, by core's own loop. */
  async function patiently(run: () => Promise<Answer>): Promise<Answer> {
    let answer!: Answer;
    let tries = 0;
    const policy = { provider: definition.id, maxRetries: hasWaited ? 0 : 1, maxWait: longestWait, signal };
    try {
      await withRetries(policy, async () => {
        tries++;
        answer = await run();
        const wait = answer.retryAfter;
        if (answer.status !== 429 || wait === undefined) return;
        const fields: ProviderErrorFields = { code: "rate-limit", provider: definition.id, retryable: true };
        throw new ProviderError(answer.words, { ...fields, retryAfter: wait });
      });
    } catch (error) {
      if (!ProviderError.is(error) || error.code !== "rate-limit") throw error;
    }
    hasWaited ||= tries > 1;
    retries += tries - 1;
    return answer;
  }

  return {
    definition,
    log,
    get retries() {
      return retries;
    },
    get origin() {
      return isTwin ? "twin" : isLoopback(new URL(baseURL).hostname) ? "local" : "live";
    },
    async ask(body) {
      const known = replay.shift();
      if (known && JSON.stringify(known.sent) === JSON.stringify(body)) {
        log.push(known);
        return known.answer;
      }
      // Exchanges after the first difference belong to another run.
      replay.length = 0;
      const answer = await patiently(() => exchange((provider) => send(provider, body, signal)));
      log.push({ sent: body, answer });
      return answer;
    },
    askWithWrongKey: (body) => exchange((provider) => send(provider, body, signal), wrongKey),
    async models() {
      let ids: string[] = [];
      const answer = await patiently(() =>
        exchange(async (provider) => {
          const found = await provider.models({ signal });
          ids = [...new Set(found.map(({ id }) => id))];
          return { headers: {} };
        }),
      );
      return { ids: scrub(ids), answer };
    },
  };
}

/** Core allows http to any host if no secret is sent. A probe records the answers, so nobody on the way may change them. */
function refusePlainHTTP(baseURL: string): void {
  const url = URL.parse(baseURL);
  if (url?.protocol !== "http:" || isLoopback(url.hostname)) return;
  throw new ProviderError("The base URL is http on another host.", {
    code: "invalid-request",
    provider: "probe",
    hint: "Use https, or http on this machine.",
  });
}

async function send(
  provider: Provider,
  body: JsonObject,
  signal: AbortSignal | undefined,
): Promise<{ headers: Record<string, string> }> {
  const request = body as unknown as ChatRequest;
  const result =
    body["stream"] === true
      ? await provider.stream(request, { signal }).result
      : await provider.chat(request, { signal });
  return result.response;
}

/** Core's client for an unknown endpoint: every request is sent as it is. */
function transportDefinition(baseURL: string, keyEnv: string | undefined): Definition {
  const host = URL.parse(baseURL)?.host ?? "the endpoint";
  return {
    id: "probe",
    name: host,
    docs: baseURL,
    baseURL,
    auth: keyEnv === undefined ? "none" : { env: keyEnv, page: baseURL },
    dialect: { ...chatCompletions(), encode: (request) => request as unknown as JsonObject },
    models: {},
    smallModel: "",
  };
}

function toAnswer(interaction: Interaction, error: ProviderError | undefined, headers: Record<string, string>): Answer {
  const { status } = interaction;
  if (!error) {
    const { objects, hasEndMark } = readPayloads(interaction);
    const text = responseBytes(interaction).toString("utf8");
    const comment = /^:[ ]?(.*)$/m.exec(text)?.[1];
    return {
      outcome: "accepted",
      status,
      words: "",
      payloads: objects as readonly JsonObject[],
      done: hasEndMark,
      headers,
      ...(comment !== undefined && { comments: comment.slice(0, 80) }),
    };
  }
  const body = (error.body ?? "") as Json;
  const told = typeof body === "string" ? body.trim() : wordsOf(body, error);
  const isPage = typeof body === "string" && body.trimStart().startsWith("<");
  const stops =
    [401, 402, 403, 429].includes(status) || (status < 500 && ["invalid-key", "quota"].includes(error.code));
  const isRefused = status >= 400 && status < 500 && !noRefusal.has(status) && !isPage;
  return {
    outcome: stops ? "stopped" : isRefused ? "refused" : "unclear",
    status,
    // Already scrubbed by core; patterns are tried on it.
    words: (isRefused && !stops ? told : error.message).slice(0, longestWords),
    body,
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  };
}

/** The message in a body; core's sentence about a body without one is not the endpoint's. */
function wordsOf(body: Json, error: ProviderError): string {
  const { message } = chatCompletions().errorText(body);
  return message === undefined ? JSON.stringify(body) : error.message;
}

function headerOf({ rawHeaders }: Interaction, name: string): string {
  const at = rawHeaders.findIndex((one, index) => index % 2 === 0 && one.toLowerCase() === name);
  return at < 0 ? "" : rawHeaders[at + 1]!;
}
