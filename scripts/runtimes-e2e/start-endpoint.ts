import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const text = "Grüße 🎯";
const choice = (fields: object): object => ({ id: "c1", model: "acme-2", choices: [{ index: 0, ...fields }] });
const whole = JSON.stringify(choice({ message: { role: "assistant", content: text }, finish_reason: "stop" }));
const call = (fields: object): object => choice({ delta: { tool_calls: [{ index: 0, ...fields }] } });
const chunks = [
  choice({ delta: { role: "assistant", content: text } }),
  call({ id: "a1", function: { name: "f", arguments: '{"a"' } }),
  call({ function: { arguments: ":1}" } }),
  choice({ delta: {}, finish_reason: "tool_calls" }),
];
const stream = `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("")}data: [DONE]\n\n`;

/** An endpoint on loopback; the path before `/chat/completions` selects its answer. */
export async function startEndpoint(): Promise<{ url: string; close: () => void }> {
  let busy = 0;
  const server = createServer((request, response) => {
    request.resume();
    const path = request.url?.replace("/chat/completions", "");
    const head = (status: number, headers: Record<string, string> = {}): ServerResponse =>
      response.writeHead(status, { "content-type": "application/json", "X-Thing": "1", ...headers });
    if (path === "/whole") head(200).end(whole);
    else if (path === "/refused") head(401).end('{"error":{"message":"No such key"}}');
    else if (path === "/redirect") head(307, { location: "http://127.0.0.1:9/" }).end();
    else if (path === "/busy-once" && busy++ === 0) head(429, { "retry-after": "0" }).end("{}");
    else if (path === "/busy-once") head(200).end(whole);
    else if (path === "/stream") void sendInPieces(head(200, { "content-type": "text/event-stream" }));
    else if (path === "/stalled" || path === "/broken") {
      head(200, { "content-type": "text/event-stream" }).write(stream.slice(0, stream.indexOf("\n\n") + 2));
      if (path === "/broken") setTimeout(() => response.destroy(), 50);
    }
    // All other paths, such as /silent, get no answer.
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Writes three bytes at a time, so that characters are cut too. */
async function sendInPieces(response: ServerResponse): Promise<void> {
  const bytes = Buffer.from(stream);
  for (let from = 0; from < bytes.length; from += 3) {
    await new Promise((resolve) => response.write(bytes.subarray(from, from + 3), resolve));
  }
  response.end();
}
