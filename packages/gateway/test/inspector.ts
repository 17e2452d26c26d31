import type { ProviderFactory } from "@llm-provider/core";
import { onTestFinished } from "vitest";
import type { GatewayOptions, InspectedRequest, InspectorRow } from "../src/index.ts";
import { gateway } from "./gateway.ts";

/** Starts a gateway and opens its inspector with the link. */
export async function inspected(
  providers: readonly ProviderFactory[],
  yaml: string,
  options: Partial<GatewayOptions> & { inspector?: object } = {},
) {
  const links: string[] = [];
  const running = await gateway(providers, yaml, {
    ...options,
    inspector: { ...options.inspector, onLink: (link) => void links.push(link) },
  });
  const session = await openLink(running.url, links[0]!);
  return { ...running, links, session, ...inspecting(running.url, session) };
}

/** Opens a session with a link. */
export async function openLink(url: string, link: string): Promise<string> {
  const [, token = ""] = link.split("#token=");
  const response = await fetch(`${url}/inspector/api/session`, { method: "POST", body: JSON.stringify({ token }) });
  return ((await response.json()) as { session: string }).session;
}

/** The inspector's API, used with this secret. */
export function inspecting(url: string, secret: string) {
  const headers = { authorization: `Bearer ${secret}` };
  const get = (path: string, more: RequestInit = {}): Promise<Response> =>
    fetch(`${url}/inspector/api${path}`, { headers, ...more });
  return {
    get,
    rows: async (): Promise<InspectorRow[]> => {
      const { requests } = (await (await get("/requests")).json()) as { requests: InspectorRow[] };
      return requests;
    },
    find: async (id: string): Promise<InspectedRequest> =>
      (await (await get(`/requests/${id}`)).json()) as InspectedRequest,
    replay: (id: string, body: object = {}): Promise<Response> =>
      get(`/requests/${id}/replay`, { method: "POST", headers, body: JSON.stringify(body) }),
    feed: () => readFeed(get("/events", { headers })),
  };
}

/** Collects the rows of the live feed. */
async function readFeed(asked: Promise<Response>) {
  const response = await asked;
  const rows: InspectorRow[] = [];
  const reader = response.body!.getReader();
  onTestFinished(() => reader.cancel());
  let text = "";
  void (async () => {
    const decoder = new TextDecoder();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true });
      const events = text.split("\n\n");
      text = events.pop()!;
      for (const event of events) {
        const [, data] = /^event: requests\ndata: (.*)$/s.exec(event) ?? [];
        if (data !== undefined) rows.push(...(JSON.parse(data) as InspectorRow[]));
      }
    }
  })().catch(() => {});
  return { response, rows };
}
