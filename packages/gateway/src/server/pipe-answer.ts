import { parseTarget } from "@llm-provider/core/internal";
import type { ChatEvent } from "@llm-provider/core";
import { ChunkWriter, type ChunkFacts } from "../answer/chunk-writer.ts";
import { toErrorBody, toProviderError } from "../answer/to-error.ts";
import { answerHeaders } from "./answer-headers.ts";
import type { AnswerSource } from "./answer-source.ts";
import type { Call } from "./call.ts";
import { refuseErrorEnd, type Outgoing } from "../target/wrap-provider.ts";
import type { GatewayState } from "./gateway-state.ts";

/** A streamed answer after its first content. */
interface Streamed {
  readonly state: GatewayState;
  readonly call: Call;
  readonly client: string | undefined;
  readonly source: AnswerSource;
  readonly facts: ChunkFacts;
  /** The events so far. */
  readonly first: readonly ChatEvent[];
}

/** Tells Hono's server that the response was already written. */
const alreadySent = { "x-hono-already-sent": "true" };

/**
 * Writes a stream to the client, with one write for each read from the target. A `ReadableStream` in between would cost more
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
    // There is no `[DONE]`, so that a client does not take the part for the whole answer.
    out.write(Buffer.from(`data: ${JSON.stringify(toErrorBody(error, call.attempts))}\n\n`));
  }
}

/** Joins all writes of one event loop turn, since one network read may bring hundreds of chunks. */
class JoinedWrites {
  readonly #outgoing: Outgoing;
  #pieces: Uint8Array[] = [];
  #isScheduled = false;
  #isFull = false;

  constructor(outgoing: Outgoing) {
    this.#outgoing = outgoing;
  }

  /** Returns false if the client reads more slowly than the target writes. */
  write(bytes: Uint8Array): boolean {
    if (bytes.length > 0) this.#pieces.push(bytes);
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(() => this.#flush());
    }
    return !this.#isFull;
  }

  /** Resolves when the client has read the data or has disconnected. */
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
