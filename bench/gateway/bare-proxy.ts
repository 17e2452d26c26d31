// The lower bound: node:http alone. It forwards bytes without parsing them, with one write for each read.
// Run by run.ts with the port to listen on and the URL of the upstream.
import { Agent, createServer, request as sendRequest } from "node:http";

const [port, upstream] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
const server = createServer((request, response) => {
  const { authorization, "content-type": type } = request.headers;
  const outgoing = sendRequest(
    `${upstream}/chat/completions`,
    { method: "POST", agent, headers: { authorization, "content-type": type } },
    (incoming) => {
      response.writeHead(incoming.statusCode!, { "content-type": incoming.headers["content-type"] });
      // One read can contain many HTTP chunks, each an event here; the next tick comes after the last of them.
      let pieces: Buffer[] = [];
      incoming.on("data", (piece: Buffer) => {
        if (pieces.push(piece) === 1) process.nextTick(flush);
      });
      incoming.on("end", () => process.nextTick(() => response.end()));
      function flush(): void {
        const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
        pieces = [];
        if (response.write(bytes)) return;
        incoming.pause();
        response.once("drain", () => incoming.resume());
      }
    },
  );
  outgoing.on("error", () => response.destroy());
  response.on("close", () => outgoing.destroy());
  request.pipe(outgoing);
});
server.listen(Number(port), "127.0.0.1");
