import { Server, type Socket } from "node:net";
import { serpapi } from "@llm-provider/serpapi";
import { startSerpapiTwin } from "@llm-provider/serpapi/twin";
import { startTwin, type TwinScenario } from "@llm-provider/testing";
import { startWeaviateTwin } from "@llm-provider/weaviate/twin";
import { loadOwnProviders } from "../../../../test/own-packages.ts";

type Running = Promise<{ readonly url: string }>;
type Endpoint = { readonly baseURL: string; readonly start: () => Running };

const apiKey = process.env["CANARY"];
const search = { id: "call_1", name: serpapi.definition.name, arguments: '{"query":"Go 1.0 release date"}' };
// If a program offers the search tool, the twin calls it once.
const scenarios: readonly TwinScenario[] = [
  {
    when: ({ messages, tools }) =>
      messages.at(-1)?.role === "user" && JSON.stringify(tools ?? "").includes(search.name),
    answer: { toolCalls: [search], text: "" },
  },
];
const factories = await loadOwnProviders();
const endpoints: readonly Endpoint[] = [
  { baseURL: "https://serpapi.com", start: () => startSerpapiTwin({ apiKey }) },
  { baseURL: "https://my-cluster.weaviate.cloud", start: () => startWeaviateTwin({ apiKey }) },
  ...factories.map(([, { definition }]) => ({
    baseURL: definition.baseURL,
    start: () => startTwin(definition, { apiKey, strictModels: true, scenarios }),
  })),
];
const started = new Map<Endpoint, Running>();

/** The same path at the endpoint's twin. The twin starts on first use and keeps no program alive. */
export async function twinOf(address: string): Promise<string> {
  const found = endpoints.find(({ baseURL }) => address.startsWith(`${baseURL}/`));
  if (!found) throw new Error(`${new URL(address).origin} has no twin.`);
  const twin = started.get(found) ?? unref(found.start);
  started.set(found, twin);
  return (await twin).url + address.slice(found.baseURL.length);
}

async function unref(start: () => Running): Running {
  const { listen } = Server.prototype as { listen: (this: Server, ...values: unknown[]) => Server };
  Server.prototype.listen = function (this: Server, ...values: unknown[]): Server {
    this.unref().on("connection", (socket: Socket) => socket.unref());
    return listen.apply(this, values);
  };
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen as Server["listen"];
  }
}
