import assert from "node:assert/strict";

/** The outcome of one request for its client. */
export type Outcome =
  | { readonly kind: "answer"; readonly cache: string | null }
  /** A reported error: instead of an answer, or at the end of a stream without its end mark. */
  | { readonly kind: "error"; readonly status: number; readonly type: string }
  /** The client left. */
  | { readonly kind: "left" }
  /** The connection broke: an instance was killed. */
  | { readonly kind: "broken" };

interface Asking {
  readonly body: object;
  readonly key: string;
  /** Milliseconds after which the client leaves. */
  readonly leaveAfter?: number;
}

/** Sends a request as a client would, and checks that the answer is complete or reported as an error. */
export async function ask(url: string, { body, key, leaveAfter }: Asking): Promise<Outcome> {
  const leaving = leaveAfter === undefined ? undefined : AbortSignal.timeout(leaveAfter);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
      signal: AbortSignal.any([AbortSignal.timeout(60_000), ...(leaving ? [leaving] : [])]),
    });
    text = await response.text();
  } catch (error) {
    assert.notEqual(
      (error as Error).name === "TimeoutError" && !leaving?.aborted,
      true,
      "A request hung for a minute.",
    );
    return { kind: leaving?.aborted ? "left" : "broken" };
  }
  assert.match(response.headers.get("x-llm-provider-request-id") ?? "", /^req_/, text);
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) return readStream(response, text);
  const { error, choices } = JSON.parse(text) as { error?: ErrorBody; choices?: [{ message: { content: string } }] };
  if (response.status === 200) {
    assert(choices![0].message.content.length > 0, text);
    return { kind: "answer", cache: response.headers.get("x-llm-provider-cache") };
  }
  return errorOutcome(response.status, error, text);
}

interface ErrorBody {
  readonly message: string;
  readonly type: string;
}

function readStream(response: Response, text: string): Outcome {
  assert.equal(response.status, 200);
  const frames = text.split("\n\n").filter((frame) => frame !== "");
  const isWhole = frames.at(-1) === "data: [DONE]";
  const chunks = frames
    .filter((frame) => frame !== "data: [DONE]")
    .map(
      (frame) =>
        JSON.parse(frame.replace(/^data: /, "")) as { error?: ErrorBody; choices?: { finish_reason: string | null }[] },
    );
  const errors = chunks.flatMap((chunk) => chunk.error ?? []);
  if (isWhole) {
    assert.equal(errors.length, 0, "A stream sent an end mark after an error.");
    assert(
      chunks.some(({ choices }) => choices?.[0]?.finish_reason),
      "A complete stream had no finish reason.",
    );
    return { kind: "answer", cache: response.headers.get("x-llm-provider-cache") };
  }
  return errors.length === 0 ? { kind: "broken" } : errorOutcome(200, errors[0], text);
}

function errorOutcome(status: number, error: ErrorBody | undefined, text: string): Outcome {
  assert(error && error.message !== "" && typeof error.type === "string", `An error had no message: ${status} ${text}`);
  assert(status === 200 || status >= 400, text);
  assert.doesNotMatch(text, /The gateway failed on this request/, "The gateway itself failed.");
  return { kind: "error", status, type: error.type };
}
