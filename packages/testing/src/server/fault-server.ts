import type { IncomingMessage, ServerResponse } from "node:http";
import { listen, readRequestBody } from "./listen.ts";
import { writeResponse } from "./mock-response.ts";
import type { Handler, MockServer, ReceivedRequest } from "./mock-server.ts";

/** Writes a response by hand, down to the socket. */
export type RawHandler = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on loopback for faults that only real sockets show. Each check opens its own path. */
export interface FaultServer {
  readonly origin: string;
  open(script: Handler): MockServer;
  openRaw(script: RawHandler): MockServer;
  close(): Promise<void>;
}

export async function startFaultServer(): Promise<FaultServer> {
  const handlers = new Map<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>();
  const server = await listen(async (request, response) => {
    const handle = handlers.get((request.url ?? "").split("/")[1] ?? "");
    if (handle) return handle(request, response);
    response.writeHead(404).end();
  });

  return {
    origin: server.origin,
    open: (script) => {
      const requests: ReceivedRequest[] = [];
      return add(requests, async (received, response) => {
        const index = requests.push(received) - 1;
        await writeResponse(response, typeof script === "function" ? script(index, received) : script);
      });
    },
    openRaw: (script) => {
      const requests: ReceivedRequest[] = [];
      return add(requests, async (received, response, request) => {
        requests.push(received);
        script(response, request);
      });
    },
    close: server.close,
  };

  function add(
    requests: ReceivedRequest[],
    handle: (received: ReceivedRequest, response: ServerResponse, request: IncomingMessage) => Promise<void>,
  ): MockServer {
    const name = `s${handlers.size}`;
    handlers.set(name, async (request, response) => handle(await receive(request, response), response, request));
    return { options: { baseURL: `${server.origin}/${name}` }, requests };
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<ReceivedRequest> {
    const disconnected = new Promise<void>((resolve) =>
      response.on("close", () => response.writableFinished || resolve()),
    );
    const text = (await readRequestBody(request)) ?? "";
    return {
      url: server.origin + (request.url ?? ""),
      method: request.method ?? "GET",
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      text,
      disconnected,
    };
  }
}
