import { randomUUID } from "node:crypto";
import type { Change, ChatEvent, ChatResult, ProviderError } from "@llm-provider/core";
import type { AimedTarget, FallbackHooks } from "@llm-provider/core/internal";
import { statusOf } from "../answer/to-error.ts";
import { Ledger, type Asked } from "../budget/ledger.ts";
import type { Lease } from "../health/target-health.ts";
import type { AttemptRecord, RequestRecord } from "../log/request-record.ts";
import type { Recording } from "../recording/recording.ts";
import type { GatewayTarget } from "../target/target.ts";
import type { Caller } from "../target/wrap-provider.ts";
import type { GatewayState } from "./gateway-state.ts";
import { pauseBefore } from "./pause-before.ts";
import { refuseAll } from "./refuse-all.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Without a status, these codes mean that nothing was sent. */
const unsent: ReadonlySet<string> = new Set(["missing-key", "invalid-request", "unsupported-parameter"]);

/** How many characters of an error message are kept in the log, which holds 200 requests. */
const longestMessage = 1000;

/** How many dropped parameters are listed, and the most characters of each entry. */
const mostDropped = 50;
const longestDropped = 2000;

/** Creates the id of a request, which appears in the response headers and in the log. */
export function newRequestId(): string {
  return `req_${randomUUID().replaceAll("-", "")}`;
}

/** Starts recording a request for the inspector, if anybody may inspect. */
export function beginRecording(
  { ring }: GatewayState,
  record: RequestRecord,
  { sent = "", header }: Caller,
): Recording | undefined {
  if (!ring) return undefined;
  const shown = [header("authorization")?.replace(/^\S+\s+/, ""), header("x-api-key"), header("cookie")];
  return ring.begin(
    record,
    sent,
    shown.filter((secret) => secret !== undefined),
  );
}

/** One request over all its attempts: checks the health of targets, reserves the budget, and writes the log record. */
export class Call {
  readonly id: string = newRequestId();
  readonly record: Writable<RequestRecord>;
  readonly attempts: AttemptRecord[] = [];
  /** The target that answers. */
  target: GatewayTarget | undefined;
  readonly #state: GatewayState;
  readonly #chain: readonly GatewayTarget[];
  readonly #began = performance.now();
  readonly #leases = new Map<number, { lease: Lease; at: number }>();
  readonly #caller: Caller;
  readonly #ledger: Ledger;
  /** The cooldown of the first target, looked up along with the reservation. */
  #firstLook: Promise<number[]> | undefined;
  #ended: Promise<void> | undefined;

  constructor(
    state: GatewayState,
    chain: readonly GatewayTarget[],
    asked: Asked & { caller: Caller; path: string; model: string; isStream: boolean },
  ) {
    const { caller, path, model, isStream } = asked;
    this.#caller = caller;
    this.#ledger = new Ledger(asked, state.config.log === "content");
    this.#state = state;
    this.#chain = chain;
    this.record = {
      id: this.id,
      time: new Date().toISOString(),
      ...(caller.client !== undefined && { client: caller.client }),
      path,
      model,
      isStream,
      attempts: this.attempts,
      ...(caller.replay && { replayOf: caller.replay.of }),
    };
    state.log.add(this.record);
    caller.recording = beginRecording(state, this.record, caller);
  }

  /** The callbacks for core's fallback provider. */
  hooks(): FallbackHooks {
    const { timeouts, rounds } = this.#state.config;
    return {
      firstContent: timeouts.firstContent,
      rounds,
      movesOn: ({ code }) => !staysPut.has(code),
      admit: (aimed) => (this.#state.store.isShared === undefined ? this.#admit(aimed) : this.#admitShared(aimed)),
      settle: (aimed, error) => this.#settle(aimed, error),
      pause: (again) => pauseBefore(again.map(({ target, error }) => ({ target: this.#chain[target.index]!, error }))),
      refuse: () => refuseAll(this.record.model, this.#chain),
    };
  }

  /**
   * Reserves the maximum cost of the request.
   * @throws ProviderError if a budget or a rate of the client is used up.
   */
  reserve(): Promise<void> {
    const { config, store } = this.#state;
    // Sent along with the reservation to save a round trip.
    if (store.isShared !== undefined) this.#firstLook = store.cooldowns([this.#chain[0]!.id]);
    return this.#ledger.reserve(store, config, { id: this.id, caller: this.#caller, chain: this.#chain });
  }

  /** Milliseconds since the request arrived. */
  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** How often a request was sent to a target. */
  get sent(): number {
    return this.attempts.filter(({ isSent }) => isSent).length;
  }

  /** Also looks up the cooldowns that other instances have set. */
  async #admitShared(aimed: AimedTarget): Promise<boolean> {
    const { id, health } = this.#chain[aimed.index]!;
    const look = aimed.index === 0 ? this.#firstLook : undefined;
    this.#firstLook = undefined;
    const [milliseconds = 0] = await (look ?? this.#state.store.cooldowns([id]));
    if (milliseconds > 0) health.cool(milliseconds);
    return this.#admit(aimed);
  }

  #admit({ index }: AimedTarget): boolean {
    const lease = this.#chain[index]!.health.admit();
    if (lease) this.#leases.set(index, { lease, at: this.elapsed });
    return lease !== undefined;
  }

  #settle({ index }: AimedTarget, error: ProviderError | undefined): void {
    const target = this.#chain[index]!;
    const { lease, at } = this.#leases.get(index)!;
    this.record.target = target.name;
    const ms = this.elapsed - at;
    if (target.health.settle(lease, error))
      this.#state.warn(`${target.name} is out until the configuration changes: ${error!.message} ${error!.hint ?? ""}`);
    const wait = error && target.health.wait();
    if (wait?.isRateLimit) void this.#state.store.cool(target.id, wait.milliseconds);
    if (!error) this.target = target;
    else this.#ledger.chargeFailure(target, error);
    this.attempts.push({
      target: target.name,
      at,
      ms,
      isSent: !error || error.status !== undefined || !unsent.has(error.code),
      ...(error && {
        code: error.code,
        message: error.message.slice(0, longestMessage),
        ...(error.status !== undefined && { status: error.status }),
        ...(error.hint !== undefined && { hint: error.hint }),
        ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
      }),
    });
    this.#caller.recording?.settle(this.attempts.at(-1)!);
  }

  /** The target that answers, as the configuration names it. */
  get author(): string {
    return this.target?.name ?? "";
  }

  /** For an answer that may continue for others after its own caller has left. The cost is known when the promise settles. */
  waitFor(ended: Promise<void>): void {
    this.#ended = ended;
  }

  /** Records the changes to the request for the target that answers. */
  noteChanges(changes: readonly Change[], dropped: readonly string[] = []): void {
    this.record.changes = changes.length;
    this.record.dropped = [...dropped, ...droppedIn(changes)];
    this.#caller.recording?.touch();
  }

  /** Counts events that the caller got. A shared answer is counted by its `Flight` instead. */
  note(events: readonly ChatEvent[]): void {
    if (!this.#ended) this.count(events);
  }

  count(events: readonly ChatEvent[]): void {
    this.#ledger.count(events);
  }

  /** Records usage and finish reason of the whole answer. */
  noteResult(result: ChatResult): void {
    const { usage, finishReason } = result;
    if (usage) this.record.usage = usage;
    this.record.finishReason = finishReason;
    if (this.#caller.recording) this.#caller.recording.result = result;
    this.#ledger.countResult(result);
  }

  /** Ends the request, with a whole answer or with an error. */
  end(status: number, error?: ProviderError): void {
    if (this.record.total !== undefined) return;
    this.record.status = status;
    this.record.total = this.elapsed;
    if (error) {
      const { code, hint } = error;
      const message = error.message.slice(0, longestMessage);
      this.record.error = { code, message, ...(hint !== undefined && { hint }) };
    }
    if (this.#ended) void this.#ended.then(() => this.#close());
    else this.#close();
  }

  /** Settles the cost, which may be an estimate, and writes the log record. */
  #close(): void {
    const { record, target } = this;
    const settled = this.#ledger.settle(target, record.usage);
    const isFree = record.cache === "hit" && record.status === 200;
    const cost = isFree ? 0 : settled?.cost;
    if (cost !== undefined) record.cost = cost;
    if (settled?.isEstimated) record.isEstimated = true;
    const { config, log } = this.#state;
    const content = config.log === "content" ? { content: this.#ledger.content() } : {};
    log.end({ record, header: this.#caller.header, ...content });
    this.#caller.recording?.end();
  }

  /** Ends the request after its stream broke off, when the status was already sent. */
  breakOff(error: ProviderError): void {
    this.target?.health.breakOff(error);
    this.end(error.code === "aborted" ? 499 : statusOf(error), error);
  }
}

/** The parameters that were dropped, each with the reason. */
function droppedIn(changes: readonly Change[]): string[] {
  const dropped = changes.filter(({ action }) => action === "dropped");
  return dropped
    .slice(0, mostDropped)
    .map(({ parameter, reason }) => `${parameter}=${reason}`.slice(0, longestDropped));
}

/** Errors that the next target would return too. */
const staysPut: ReadonlySet<ProviderError["code"]> = new Set([
  "aborted",
  "invalid-request",
  "unsupported-parameter",
  "context-overflow",
  "content-filter",
  "tool-failed",
]);
