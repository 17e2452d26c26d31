import type { RequestRecord } from "../log/request-record.ts";
import { Recording, type RecordingListener } from "./recording.ts";
import { cleanOf, seal, type SealedRequest } from "./seal.ts";

/** How many requests are kept. */
const most = 200;
/** The most bytes of all finished requests. */
const heaviest = 96 * 1024 * 1024;
/** A finished request with more bytes is sealed at once. */
const heavy = 4 * 1024 * 1024;
/** Milliseconds without requests before finished ones are sealed, since sealing under load would delay answers. */
const quiet = 1000;
/** Milliseconds between two updates of a running request. */
const pace = 1000;

interface Entry {
  /** Undefined once it is sealed. */
  recording: Recording | undefined;
  sealed: SealedRequest | undefined;
  /** Bytes. 0 while it runs. */
  weight: number;
  toldAt: number;
}

/** The last requests with their bodies, the newest last. */
export class Ring {
  readonly #entries = new Map<string, Entry>();
  readonly #secrets: () => readonly string[];
  readonly #listeners = new Set<(id: string) => void>();
  readonly #endListeners = new Set<(id: string) => void>();
  #weight = 0;
  /** When a request last arrived or ended. */
  #lastAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listener: RecordingListener = {
    onNews: ({ record }, isStep) => this.#tell(record.id, isStep ? 0 : pace),
    onEnd: (recording) => this.#end(recording),
  };

  /** `secrets` is called for each sealing. */
  constructor(secrets: () => readonly string[]) {
    this.#secrets = secrets;
  }

  /** Begins to record a request. */
  begin(record: RequestRecord, sent: string, shown: readonly string[]): Recording {
    const recording = new Recording(record, sent, shown, this.#listener);
    this.#entries.set(record.id, { recording, sealed: undefined, weight: 0, toldAt: 0 });
    this.#lastAt = performance.now();
    if (this.#entries.size > most) this.#drop(this.#entries.keys().next().value!);
    this.#tell(record.id);
    return recording;
  }

  /** The ids of all kept requests, the oldest first. */
  get ids(): string[] {
    return [...this.#entries.keys()];
  }

  /** The record of a request, without keys. */
  record(id: string): RequestRecord | undefined {
    const entry = this.#entries.get(id);
    return entry && (entry.sealed?.record ?? cleanOf(this.#secrets())(entry.recording!.record));
  }

  /** A request without keys. It may still be running. */
  find(id: string): SealedRequest | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    if (entry.recording?.hasEnded) this.#seal(entry);
    return entry.sealed ?? seal(entry.recording!, this.#secrets());
  }

  /** Calls the listener with the id of each changed request. Returns a function that stops it. */
  listen(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The same for each finished request. */
  onEnd(listener: (id: string) => void): () => void {
    this.#endListeners.add(listener);
    return () => void this.#endListeners.delete(listener);
  }

  /** Approximate bytes in memory. */
  get weight(): number {
    return this.#weight;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#listeners.clear();
    this.#endListeners.clear();
  }

  #end({ record, weight }: Recording): void {
    const entry = this.#entries.get(record.id);
    if (!entry) return;
    this.#weigh(entry, weight);
    if (weight > heavy) this.#seal(entry);
    for (const [id, { weight: some }] of this.#entries) {
      if (this.#weight <= heaviest) break;
      if (some > 0) this.#drop(id);
    }
    for (const listener of this.#endListeners) listener(record.id);
    this.#tell(record.id);
    this.#lastAt = performance.now();
    this.#timer ??= setTimeout(() => this.#sealNext(), quiet).unref();
  }

  /** Seals one at a time, so that a new request waits for at most one. */
  #sealNext(): void {
    this.#timer = undefined;
    const left = this.#lastAt + quiet - performance.now();
    if (left > 0) {
      this.#timer = setTimeout(() => this.#sealNext(), left).unref();
      return;
    }
    for (const entry of this.#entries.values()) {
      if (!entry.recording?.hasEnded) continue;
      this.#seal(entry);
      this.#timer = setTimeout(() => this.#sealNext(), 10).unref();
      return;
    }
  }

  #seal(entry: Entry): void {
    if (!entry.recording) return;
    entry.sealed = seal(entry.recording, this.#secrets());
    entry.recording = undefined;
    this.#weigh(entry, weightOf(entry.sealed));
  }

  #weigh(entry: Entry, weight: number): void {
    this.#weight += weight - entry.weight;
    entry.weight = weight;
  }

  #drop(id: string): void {
    this.#weight -= this.#entries.get(id)?.weight ?? 0;
    this.#entries.delete(id);
  }

  /** Notifies listeners, at most once in `atMostEvery` milliseconds per request. */
  #tell(id: string, atMostEvery = 0): void {
    if (this.#listeners.size === 0) return;
    const entry = this.#entries.get(id);
    if (!entry) return;
    const now = performance.now();
    if (now - entry.toldAt < atMostEvery) return;
    entry.toldAt = now;
    for (const listener of this.#listeners) listener(id);
  }
}

/** Approximate bytes, with two per character as for text outside Latin-1. */
function weightOf({ sent, attempts, result }: SealedRequest): number {
  const answer = (result?.text.length ?? 0) + (result?.reasoning.length ?? 0);
  const wire = attempts.map(({ exchange }) =>
    exchange ? exchange.body.text.length + exchange.response.text.length + 16 * exchange.times.length : 0,
  );
  return 2 * (sent.text.length + answer + wire.reduce((sum, one) => sum + one, 0)) + 4096;
}
