import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { runTurn, type Prepare } from "./engine.ts";
import type { GoldenCase } from "./golden-cases.ts";

export type WireRequest = { path: string; body: { [field: string]: unknown } };

/** The request of LibreChat's engine for a case: path and body, without the messages. The server answers with an error. */
export async function recordRequest(
  { endpoint, parameters, call }: GoldenCase,
  prepare: Prepare,
): Promise<WireRequest> {
  const requests: WireRequest[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (piece) => (text += piece));
    request.on("end", () => {
      const { messages: _messages, input: _input, ...body } = JSON.parse(text) as WireRequest["body"];
      requests.push({ path: request.url!, body });
      const isFirstOfTwo = call === "title" && requests.length === 1;
      if (isFirstOfTwo) answer(response, body["stream"] === true);
      else response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"enough"}}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { origin, pathname } = rebase(endpoint.baseURL, (server.address() as AddressInfo).port);
  try {
    const local = { ...endpoint, baseURL: origin + pathname };
    // A title needs a conversation first; this one is plain.
    const asked = call === "title" ? { model: parameters.model } : parameters;
    await runTurn({ endpoint: local, parameters: asked, prompt: "Hello", prepare, withTitle: call === "title" }).catch(
      () => undefined,
    );
    const request = requests[call === "title" ? 1 : 0];
    if (!request) throw new Error("The engine sent no request.");
    return { path: request.path.slice(pathname.replace(/\/$/, "").length), body: request.body };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The engine searches the URL for "openrouter", so the path keeps the host's name. */
function rebase(url: string, port: number): { origin: string; pathname: string } {
  const { host, pathname } = new URL(url);
  return { origin: `http://127.0.0.1:${port}`, pathname: `/${host}${pathname}` };
}

function answer(response: ServerResponse, isStreamed: boolean): void {
  const head = { id: "1", created: 1, model: "m" };
  const text = { role: "assistant", content: "Hello" };
  if (!isStreamed) {
    const choices = [{ index: 0, message: text, finish_reason: "stop" }];
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ ...head, object: "chat.completion", choices }));
    return;
  }
  const chunk = (delta: object, finish_reason: string | null): string =>
    `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(`${chunk(text, null)}${chunk({}, "stop")}data: [DONE]\n\n`);
}
