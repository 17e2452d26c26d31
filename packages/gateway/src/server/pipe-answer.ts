import { parseTarget } from "@llm-provider/core/internal";
import type { ChatEvent } from "@llm-provider/core";
import { ChunkWriter, type ChunkFacts } from "../answer/chunk-writer.ts";
import { toErrorBody, toProviderError } from "../answer/to-error.ts";
import { answerHeaders } from "./answer-headers.ts";
import type { AnswerSource } from "./answer-source.ts";
import type { Call } from "./call.ts";
import { refuseErrorEnd, type Outgoing } from "../target/wrap-provider.ts";
import type { GatewayState } from "./gateway-state.ts";

/** A streamed answer whose first content has come. */
interface Streamed {
  readonly state: GatewayState;
  readonly call: Call;
  readonly client: string | undefined;
  readonly source: AnswerSource;
  readonly facts: ChunkFacts;
  /** What has come so far. */
  readonly first: readonly ChatEvent[];
}

/** Tells Hono's server that the answer was written by hand. */
const alreadySent = { "x-hono-already-sent": "true" };

/**
 * Writes a stream to the client: what one read of the target brought is one write. A `ReadableStream` in between would cost more
 * than the writing itself.
 */
export async function pipeAnswer(streamed: Streamed, outgoing: Outgoing): Promise<Response> {
  const { call, source } = streamed;
  const leave = (): void => {
    source.leave();
    call.end(499);
  };
  if (outgoing.destroyed) leave();
  else {
    outgoing.writeHead(200, {
      ...answerHeaders(call),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    outgoing.once("close", leave);
    const out = new JoinedWrites(outgoing);
    await copy(streamed, out);
    outgoing.off("close", leave);
    out.end();
  }
  return new Response(null, { headers: alreadySent });
}

async function copy({ state, call, client, source, facts, first }: Streamed, out: JoinedWrites): Promise<void> {
  const name = source.author();
  const writer = new ChunkWriter(facts);
  state.authors.note(client, facts.id, name);
  out.write(writer.begin());
  try {
    for (let events: readonly ChatEvent[] | undefined = first; events; events = await source.next()) {
      call.note(events);
      for (const event of events) if (event.type === "tool-call-start") state.authors.note(client, event.id, name);
      if (!out.write(writer.write(events))) await out.drained();
    }
    const result = await source.result();
    refuseErrorEnd(result, call.target?.definition.id ?? parseTarget(name).name);
    call.noteResult(result);
    call.end(200);
    out.write(writer.end(result));
  } catch (thrown) {
    const error = toProviderError(thrown);
    call.breakOff(error);
    // No end mark: a client must not take what came for the whole answer.
    out.write(Buffer.from(`data: ${JSON.stringify(toErrorBody(error, call.attempts))}\n\n`));
  }
}

/** Joins what is written in one turn of the event loop: one network read may bring hundreds of chunks. */
class JoinedWrites {
  readonly #outgoing: Outgoing;
  #pieces: Uint8Array[] = [];
  #isScheduled = false;
  #isFull = false;

  constructor(outgoing: Outgoing) {
    this.#outgoing = outgoing;
  }

  /** False where the client reads more slowly than the target writes. */
  write(bytes: Uint8Array): boolean {
    if (bytes.length > 0) this.#pieces.push(bytes);
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(() => this.#flush());
    }
    return !this.#isFull;
  }

  /** Settles when the client has read, or has gone. */
  drained(): Promise<void> {
    const outgoing = this.#outgoing;
    return new Promise((resolve) => {
      const settle = (): void => {
        outgoing.off("drain", settle).off("close", settle);
        this.#isFull = false;
        resolve();
      };
      if (outgoing.destroyed || !outgoing.writableNeedDrain) settle();
      else outgoing.on("drain", settle).on("close", settle);
    });
  }

  end(): void {
    this.#outgoing.end(this.#take());
  }

  #flush(): void {
    this.#isScheduled = false;
    const bytes = this.#take();
    if (bytes.length > 0 && !this.#outgoing.writableEnded) this.#isFull = !this.#outgoing.write(bytes);
  }

  #take(): Uint8Array {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }
}
