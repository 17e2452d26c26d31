// The load generator: plain sockets, so that it uses as little of the machine as possible. run.ts sends it its tasks.
import { connect } from "node:net";
import { median } from "../median.ts";

export type Load = {
  id: number;
  port: number;
  path: string;
  headers: Record<string, string>;
  body: string;
  connections: number;
  /** How long to start requests; it then waits for the running ones. */
  milliseconds: number;
  /** Text that an answer must contain near its end. */
  ending: string;
};
export type Loaded = { count: number; failed: number; seconds: number; p50: number; p99: number };

const chunkedEnd = Buffer.from("0\r\n\r\n");
/** Bytes of an answer's end that are kept. */
const kept = 256;

function run(load: Load): Promise<Loaded> {
  const { port, path, headers, body, connections, milliseconds, ending } = load;
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers, "content-length": Buffer.byteLength(body) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const bytes = Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`);
  const times: number[] = [];
  let failed = 0;
  const began = performance.now();
  const worker = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      let sent = 0;
      let received = 0;
      let isGood = false;
      /** Length of the whole answer in bytes, if its headers state it; -1 if it is chunked. */
      let length = 0;
      let tail = Buffer.alloc(0);
      const send = (): void => {
        [sent, received, length, tail] = [performance.now(), 0, 0, Buffer.alloc(0)];
        socket.write(bytes);
      };
      const isWhole = (): boolean => (length >= 0 ? received >= length : tail.subarray(-5).equals(chunkedEnd));
      socket.on("connect", send);
      socket.on("error", reject);
      socket.on("close", () => resolve());
      socket.on("data", (piece) => {
        if (received === 0) {
          const text = piece.toString("latin1");
          const end = text.indexOf("\r\n\r\n") + 4;
          isGood = text.startsWith("HTTP/1.1 200");
          const declared = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end));
          length = declared ? end + Number(declared[1]) : -1;
        }
        received += piece.length;
        tail = piece.length >= kept ? piece.subarray(-kept) : Buffer.concat([tail, piece]).subarray(-kept);
        if (!isWhole()) return;
        times.push(performance.now() - sent);
        if (!isGood || !tail.includes(ending)) failed++;
        if (performance.now() - began < milliseconds) send();
        else socket.end();
      });
    });
  return Promise.all(Array.from({ length: connections }, worker)).then(() => {
    const sorted = times.sort((a, b) => a - b);
    return {
      count: times.length,
      failed,
      seconds: (performance.now() - began) / 1000,
      p50: median(sorted),
      p99: sorted[Math.floor(sorted.length * 0.99)]!,
    };
  });
}

process.on("message", async (load: Load) => {
  const found = await run(load).catch((error: unknown) => ({ bad: String(error) }));
  process.send?.({ id: load.id, ...found });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ isReady: true });
