// Preloaded into every Node program that a block starts: twins play the endpoints of the adapters, SerpApi and Weaviate. They accept
// one key; any other address is refused. If STOP_SERVER is set, a server stops soon after it listens.
import { Server } from "node:net";

const realFetch = globalThis.fetch;
const listen = Server.prototype.listen as (this: Server, ...values: unknown[]) => Server;

if (process.env["STOP_SERVER"]) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  Server.prototype.listen = function (this: Server, ...values: unknown[]): Server {
    // A gateway over twins has several servers, and one signal stops them all.
    this.once("listening", () => {
      clearTimeout(timer);
      timer = setTimeout(() => process.kill(process.pid, "SIGINT"), 300);
    });
    return listen.apply(this, values);
  };
}

globalThis.fetch = async (url, init) => {
  const address = String(url);
  // Ollama listens on loopback too, on its own port.
  if (/^http:\/\/(127\.0\.0\.1|localhost)(?!:11434)[:/]/.test(address)) return realFetch(url, init);
  // Loaded on demand, because most commands send no request.
  const { twinOf } = await import("./twin-of.ts");
  return realFetch(await twinOf(address), init);
};
