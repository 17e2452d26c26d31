import type * as Prometheus from "prom-client";
import type { RequestRecord } from "../log/request-record.ts";

/** Current values, collected each time Prometheus reads the metrics. */
export interface Gauges {
  readonly targets: readonly { readonly target: string; readonly isUp: boolean }[];
  /** Budgets per client. Budgets per user are left out, because the number of users is unbounded. */
  readonly budgets: readonly { readonly client: string; readonly counts: string; readonly left: number }[];
  /** Undefined if the store is in memory. */
  readonly isShared: boolean | undefined;
}

/** Histogram buckets in seconds. First content takes a few seconds, a whole answer up to minutes. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160];
const prefix = "llm_provider_";
/** Replaces model names that are not in the configuration, because a label must have few values. */
const several = "several";

/** The gateway's metrics for Prometheus. No label contains text from a caller. */
export class Metrics {
  readonly #registry: Prometheus.Registry;
  readonly #isModel: (name: string) => boolean;
  readonly #requests: Prometheus.Counter;
  readonly #errors: Prometheus.Counter;
  readonly #fallbacks: Prometheus.Counter;
  readonly #cache: Prometheus.Counter;
  readonly #firstContent: Prometheus.Histogram;
  readonly #duration: Prometheus.Histogram;
  readonly #tokens: Prometheus.Counter;
  readonly #cost: Prometheus.Counter;
  readonly #up: Prometheus.Gauge;
  readonly #left: Prometheus.Gauge;
  readonly #shared: Prometheus.Gauge;

  /** Loads prom-client. The gateway calls this after the first request, or at the first read of the metrics. */
  static async load(isModel: (name: string) => boolean): Promise<Metrics> {
    return new Metrics(await import("prom-client"), isModel);
  }

  private constructor({ Counter, Gauge, Histogram, Registry }: typeof Prometheus, isModel: (name: string) => boolean) {
    const registry = new Registry();
    const as = <Names extends string>(name: string, help: string, ...labelNames: Names[]) => ({
      name: prefix + name,
      help,
      labelNames,
      registers: [registry],
    });
    this.#registry = registry;
    this.#isModel = isModel;
    this.#requests = new Counter(
      as("requests_total", "Requests, by the status of their answer.", "client", "model", "target", "status"),
    );
    this.#errors = new Counter(as("errors_total", "Requests that failed or broke off.", "client", "model", "code"));
    this.#fallbacks = new Counter(
      as("fallbacks_total", "Targets that failed and were left for the next one.", "model", "target", "code"),
    );
    this.#cache = new Counter(as("cache_total", "Requests that asked the cache.", "client", "result"));
    this.#firstContent = new Histogram({
      ...as("first_content_seconds", "Seconds to the first content of a stream.", "model", "target"),
      buckets,
    });
    this.#duration = new Histogram({
      ...as("duration_seconds", "Seconds until an answer had ended.", "model", "target"),
      buckets,
    });
    this.#tokens = new Counter(
      as("tokens_total", "Tokens, as the targets count them.", "client", "model", "target", "kind"),
    );
    this.#cost = new Counter(
      as("cost_usd_total", "US dollars; an estimate if a target does not report it.", "client", "model", "target"),
    );
    this.#up = new Gauge(as("target_up", "Whether a target gets requests: 1, or 0 while it is left alone.", "target"));
    this.#left = new Gauge(
      as("budget_left", "What is left of a budget in this window: US dollars or tokens.", "client", "counts"),
    );
    this.#shared = new Gauge(as("store_up", "Whether the instances share their counters: 0 while Redis is away."));
  }

  /** Counts a request that has ended. */
  note(record: RequestRecord): void {
    const { client = "", target = "", attempts, status = 0, error, usage, cost, cache, firstContent, total } = record;
    const model = record.model === "" || this.#isModel(record.model) ? record.model : several;
    this.#requests.inc({ client, model, target, status: String(status) });
    const code = error?.code ?? (status === 499 ? "aborted" : undefined);
    if (code) this.#errors.inc({ client, model, code });
    for (const [index, attempt] of attempts.entries())
      if (attempt.code && index < attempts.length - 1)
        this.#fallbacks.inc({ model, target: attempt.target, code: attempt.code });
    if (cache) this.#cache.inc({ client, result: cache });
    if (firstContent !== undefined) this.#firstContent.observe({ model, target }, firstContent / 1000);
    if (total !== undefined && status === 200) this.#duration.observe({ model, target }, total / 1000);
    if (cost) this.#cost.inc({ client, model, target }, cost);
    // The tokens of a cached answer were counted when a target wrote it.
    if (!usage || cache === "hit") return;
    const { inputTokens, outputTokens, cachedInputTokens = 0, reasoningTokens = 0 } = usage;
    const counts = {
      input: inputTokens,
      output: outputTokens,
      cached_input: cachedInputTokens,
      reasoning: reasoningTokens,
    };
    for (const [kind, count] of Object.entries(counts))
      if (count > 0) this.#tokens.inc({ client, model, target, kind }, count);
  }

  /** Returns the text that Prometheus reads, and its content type. */
  async read({ targets, budgets, isShared }: Gauges): Promise<{ text: string; type: string }> {
    for (const gauge of [this.#up, this.#left, this.#shared]) gauge.reset();
    for (const { target, isUp } of targets) this.#up.set({ target }, isUp ? 1 : 0);
    for (const { client, counts, left } of budgets) this.#left.set({ client, counts }, left);
    this.#shared.set(isShared === false ? 0 : 1);
    return { text: await this.#registry.metrics(), type: this.#registry.contentType };
  }
}
