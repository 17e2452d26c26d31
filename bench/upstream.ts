// A provider on loopback that always gives the same answer. URL: /<scenario>/<shape>/v1/chat/completions
// one    each event in its own HTTP chunk, all written at once
// many   the same bytes cut every 16,000, even inside a character
// paced  each event in its own write and its own turn of the event loop
// first  the first text at once, the rest 5 ms later
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { memoize } from "./memoize.ts";
import { chatBody, scenario } from "./scenarios.ts";

const cut = 16_000;
const frame = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
const lastFrame = Buffer.from("0\r\n\r\n");

/** The writes of an answer, already framed. */
const writesOf = memoize((path) => {
  const [name = "", shape] = path.split("/");
  const events = scenario(name).events.map((event) => Buffer.from(event));
  const all = Buffer.concat(events);
  switch (shape) {
    case "one":
      return [Buffer.concat([...events.map(frame), lastFrame])];
    case "many": {
      const starts = Array.from({ length: Math.ceil(all.length / cut) }, (_, index) => index * cut);
      return [Buffer.concat([...starts.map((start) => frame(all.subarray(start, start + cut))), lastFrame])];
    }
    case "paced":
      return [...events.map(frame), lastFrame];
    case "first":
      return [Buffer.concat(events.slice(0, 2).map(frame)), Buffer.concat([...events.slice(2).map(frame), lastFrame])];
    default:
      throw new Error(`Unknown shape: ${shape}.`);
  }
});

async function writeStream(response: ServerResponse, path: string): Promise<void> {
  const writes = writesOf(path);
  response.writeHead(200, { "content-type": "text/event-stream", "transfer-encoding": "chunked" });
  response.chunkedEncoding = false; // The writes are framed already.
  for (const bytes of writes.slice(0, -1)) {
    const isFlowing = response.write(bytes);
    if (path.endsWith("/first")) await new Promise((resolve) => setTimeout(resolve, 5));
    else if (isFlowing) await new Promise((resolve) => setImmediate(resolve));
    else await once(response, "drain");
  }
  response.end(writes.at(-1));
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", () => {
    // Some clients send indented JSON.
    if (/"stream":\s*true/.test(Buffer.concat(pieces).toString("latin1"))) {
      const [, name, shape] = request.url!.split("/");
      return void writeStream(response, `${name}/${shape}`);
    }
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(chatBody) });
    response.end(chatBody);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
