import { EventSourceParserStream } from "eventsource-parser/stream";
import type { InspectorRow } from "../src/inspector/inspected-request.ts";
import { api, SignInNeeded } from "./api.ts";

/** `kept` means that the rows come from a file and will not change. */
export type LiveState = "connecting" | "live" | "lost" | "kept" | "signed-out";

const mostRows = 200;
const longestPause = 10_000;

/** The newest requests, updated by the gateway's events. All changes between two frames are drawn at once. */
export class LiveRows {
  state: LiveState = "connecting";
  canReplay = false;
  /** The gateway's message for somebody who is not signed in. */
  message = "";
  #rows = new Map<string, InspectorRow>();
  #isDrawing = false;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get(id: string): InspectorRow | undefined {
    return this.#rows.get(id);
  }

  /** The newest first. */
  list(): readonly InspectorRow[] {
    return [...this.#rows.values()].sort((one, other) => (one.time < other.time ? 1 : one.time > other.time ? -1 : 0));
  }

  /** Reads until the signal aborts, and reconnects when the connection is lost. */
  async follow(signal: AbortSignal): Promise<void> {
    for (let pause = 500; !signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      try {
        const began = Date.now();
        await this.#readOnce(signal);
        if (this.state === "kept") return;
        if (Date.now() - began > longestPause) pause = 500;
      } catch (error) {
        if (signal.aborted) return;
        this.message = error instanceof Error ? error.message : "";
        if (error instanceof SignInNeeded) return this.#become("signed-out");
      }
      this.#become("lost");
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #readOnce(signal: AbortSignal): Promise<void> {
    // The stream opens first, so that changes while the list is read are not missed.
    const events = await api.fetch("events", { signal }).catch((error: unknown) => {
      if (error instanceof SignInNeeded || signal.aborted || error instanceof TypeError) throw error;
      return undefined;
    });
    const { requests, canReplay } = await api.get<{ requests: InspectorRow[]; canReplay: boolean }>("requests", {
      signal,
    });
    this.#rows = new Map(requests.map((row) => [row.id, row]));
    this.canReplay = canReplay;
    const body = events?.status === 200 ? events.body : undefined;
    this.#become(body ? "live" : "kept");
    if (!body) return;
    const reader = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (next.value.event === "requests") this.#take(api.read<InspectorRow[]>(next.value.data));
    }
  }

  #take(rows: readonly InspectorRow[]): void {
    for (const row of rows) this.#rows.set(row.id, row);
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= mostRows) break;
      this.#rows.delete(id);
    }
    this.#draw();
  }

  #become(state: LiveState): void {
    this.state = state;
    this.#draw();
  }

  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#onChange();
    });
  }
}
