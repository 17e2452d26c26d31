// Preloaded into every Node program that a block starts: the endpoints of the adapters and SerpApi are played by their twins,
// any other address is refused, and a server stops soon after it listens, since nobody is there to stop it.
import { Server } from "node:net";
import { deepseek } from "@llm-provider/deepseek";
import { fireworks } from "@llm-provider/fireworks";
import { groq } from "@llm-provider/groq";
import { mistral } from "@llm-provider/mistral";
import { ollama } from "@llm-provider/ollama";
import { ollamaWire } from "@llm-provider/ollama/twin";
import { openai } from "@llm-provider/openai";
import { openrouter } from "@llm-provider/openrouter";
import { serpapi } from "@llm-provider/serpapi";
import { startSerpapiTwin } from "@llm-provider/serpapi/twin";
import { startTwin } from "@llm-provider/testing";
import { xai } from "@llm-provider/xai";

type Endpoint = { readonly baseURL: string; readonly start: () => Promise<{ url: string; close(): Promise<void> }> };

const search = { id: "call_1", name: serpapi.definition.name, arguments: '{"query":"Go 1.0 release date"}' };
const endpoints: readonly Endpoint[] = [
  { baseURL: "https://serpapi.com", start: () => startSerpapiTwin() },
  ...[deepseek, fireworks, groq, mistral, ollama, openai, openrouter, xai].map(({ definition }) => ({
    baseURL: definition.baseURL,
    start: () =>
      startTwin(definition, {
        ...(definition.dialect.name === "ollama" && { wire: ollamaWire }),
        // Where a program offers the search, it is asked for once.
        scenarios: [
          {
            when: ({ messages, tools }) =>
              messages.at(-1)?.role === "user" && JSON.stringify(tools ?? "").includes(search.name),
            answer: { toolCalls: [search], text: "" },
          },
        ],
      }),
  })),
];

const realFetch = globalThis.fetch;
const isLocal = (address: string): boolean => /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(address);
globalThis.fetch = async (url, init) => {
  const address = String(url);
  const found = endpoints.find(({ baseURL }) => address.startsWith(`${baseURL}/`));
  if (!found && isLocal(address)) return realFetch(url, init);
  if (!found) throw new Error(`${new URL(address).origin} has no twin.`);
  const twin = await start(found);
  return realFetch(twin.url + address.slice(found.baseURL.length), init);
};

const started = new Map<Endpoint, ReturnType<Endpoint["start"]>>();
let isTwin = false;
/** A twin that nobody asks any more keeps no program alive. */
function start(endpoint: Endpoint): ReturnType<Endpoint["start"]> {
  isTwin = true;
  const twin = started.get(endpoint) ?? endpoint.start();
  started.set(endpoint, twin);
  return twin.finally(() => (isTwin = false));
}

const listen = Server.prototype.listen as (this: Server, ...values: unknown[]) => Server;
Server.prototype.listen = function (this: Server, ...values: unknown[]): Server {
  if (isTwin) this.unref();
  else this.once("listening", () => setTimeout(() => process.kill(process.pid, "SIGINT"), 300));
  return listen.apply(this, values);
};
