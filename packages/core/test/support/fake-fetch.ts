import type { ProviderOptions } from "@llm-provider/core";

export type Fetch = NonNullable<ProviderOptions["fetch"]>;

export type FakeAnswer = {
  status?: number;
  headers?: Record<string, string>;
  /** The body, or the pieces in which it arrives. */
  body?: string | Uint8Array | readonly (string | Uint8Array)[];
  /**
   * What happens after the last piece.
   * @default "close"
   */
  ending?: "close" | "hang" | Error;
  /** Written every 100 ms while the body hangs. */
  heartbeat?: string;
  /** Called when the reader cancels. */
  onCancel?: () => void;
};

export type Call = { url: string; init: RequestInit };

/** A fetch that answers from a list and repeats the last entry. It throws an Error in the list. */
export function fakeFetch(...answers: (FakeAnswer | Error | Fetch)[]): { fetch: Fetch; calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    fetch: async (url, init) => {
      calls.push({ url, init });
      const answer = answers[Math.min(calls.length, answers.length) - 1]!;
      if (typeof answer === "function") return answer(url, init);
      if (answer instanceof Error) throw answer;
      return respond(answer, init.signal ?? undefined);
    },
  };
}

/** Creates a response. As with a real fetch, its body breaks when the signal aborts. */
export function respond(answer: FakeAnswer, signal?: AbortSignal): Response {
  const { status = 200, headers = {}, body = "", ending = "close", heartbeat, onCancel } = answer;
  const pieces = (Array.isArray(body) ? [...body] : [body as string | Uint8Array]).map((piece) =>
    typeof piece === "string" ? new TextEncoder().encode(piece) : piece,
  );
  let next = 0;
  let giveUp: ((reason: unknown) => void) | undefined;
  signal?.addEventListener("abort", () => giveUp?.(signal.reason));
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        giveUp = (reason) => {
          giveUp = undefined;
          onCancel?.();
          controller.error(reason);
        };
      },
      pull(controller) {
        let piece = pieces[next++];
        while (piece?.length === 0) piece = pieces[next++];
        if (piece) controller.enqueue(piece);
        else if (ending === "close") controller.close();
        else if (ending instanceof Error) controller.error(ending);
        else if (heartbeat !== undefined)
          return new Promise<void>((resolve) =>
            setTimeout(() => {
              if (giveUp) controller.enqueue(new TextEncoder().encode(heartbeat));
              resolve();
            }, 100),
          );
        else return new Promise<void>(() => {});
        return undefined;
      },
      cancel() {
        giveUp = undefined;
        onCancel?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(status === 204 ? null : stream, { status, headers });
}

/** A stream of server-sent events with these chunks. Strings are written unchanged. */
export function sse(...chunks: (object | string)[]): string {
  return chunks.map((chunk) => (typeof chunk === "string" ? chunk : `data: ${JSON.stringify(chunk)}\n\n`)).join("");
}

export const done = "data: [DONE]\n\n";

/** A chunk of choice 0. */
export function delta(fields: object, rest: object = {}): object {
  return { id: "c1", model: "acme-2", choices: [{ index: 0, delta: fields, finish_reason: null, ...rest }] };
}

/** The chunk that ends choice 0. */
export function finish(reason: string | null = "stop", rest: object = {}): object {
  return { ...delta({}, { finish_reason: reason }), ...rest };
}

/** A whole answer. */
export function completion(message: object, reason: string | null = "stop", rest: object = {}): object {
  return { id: "c1", model: "acme-2", choices: [{ index: 0, message, finish_reason: reason }], ...rest };
}

export const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
