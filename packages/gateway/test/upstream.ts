import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request that an upstream received. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  // oxlint-disable-next-line typescript/no-explicit-any -- a wire body
  readonly body: any;
  /** Whether the caller closed the connection before the end of the answer. */
  isAborted: boolean;
}

/** Answers one request of an upstream. */
export type Answer = (response: ServerResponse, request: Received) => void | Promise<void>;

/** Starts an endpoint that gives the scripted answers in turn and repeats the last one. */
export async function upstream(...answers: Answer[]): Promise<{ url: string; requests: Received[] }> {
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request) text += String(piece);
    const received: Received = {
      headers: request.headers,
      body: text === "" ? undefined : JSON.parse(text),
      isAborted: false,
    };
    response.on("close", () => (received.isAborted = !response.writableFinished));
    response.on("error", () => {});
    requests.push(received);
    await answers[Math.min(requests.length, answers.length) - 1]!(response, received);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, requests };
}

export const frame = (body: unknown): string => `data: ${JSON.stringify(body)}\n\n`;
export const delta = (part: object, more: object = {}): string =>
  frame({ id: "c1", model: "acme-1", choices: [{ index: 0, delta: part, finish_reason: null }], ...more });
export const finish = (reason = "stop"): string => frame({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
export const usage = (input = 3, output = 2): string =>
  frame({ choices: [], usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output } });
export const done = "data: [DONE]\n\n";

/** A stream of these pieces, each in a separate write. */
export function streaming(...pieces: string[]): Answer {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    response.end();
  };
}

/** A whole text, streamed as most endpoints do. */
export const saying = (text: string): Answer =>
  streaming(delta({ role: "assistant", content: "" }), delta({ content: text }), finish(), usage(), done);

/** The pieces, and then the end, a cut connection or silence. */
export function breaking(how: "cut" | "silence" | "end", ...pieces: string[]): Answer {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const piece of pieces) response.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (how === "cut") response.destroy();
    else if (how === "end") response.end();
  };
}

/** An error with this status. */
export function failing(
  status: number,
  message = "Busy",
  headers: Record<string, string> = {},
  extra: object = {},
): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ error: { message, ...extra } }));
  };
}
