import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { InspectedRequest, InspectorHealth, InspectorRow } from "../../src/inspector/inspected-request.ts";
import { inspectorPage } from "../../src/inspector/page.generated.ts";

/** The inspector's routes with made-up data, for pictures and for situations that a real gateway cannot be forced into. */
export interface FakeInspector {
  readonly url: string;
  /** The received requests, without those for the page and the lists: `POST /requests/a/replay {"target":"b"}`. */
  readonly asked: string[];
  /** Sends these rows as an event. */
  push(rows: readonly InspectorRow[]): void;
  /** Breaks the event streams. */
  disconnect(): void;
  close(): Promise<void>;
}

export async function startFakeInspector(data: {
  readonly rows: readonly InspectorRow[];
  readonly detail: (row: InspectorRow) => InspectedRequest;
  readonly health: InspectorHealth;
  /** Behaves like a kept file: nothing is live, and nothing can be replayed. */
  readonly isKept?: boolean;
}): Promise<FakeInspector> {
  const rows = new Map(data.rows.map((row) => [row.id, row]));
  const readers = new Set<ServerResponse>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const json = (value: unknown, status = 200): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    const path = request.url!.replace(/^\/inspector(\/api)?/, "");
    const [, collection, id = "", action] = path.split("/").map(decodeURIComponent);
    if (request.url === "/inspector") {
      const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": inspectorPage.policy };
      response.writeHead(200, headers).end(inspectorPage.html);
    } else if (collection === "events" && data.isKept) response.writeHead(204).end();
    else if (collection === "events") {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n");
      readers.add(response);
      response.on("close", () => readers.delete(response));
    } else if (collection === "health") json(data.health);
    else if (collection === "requests" && id === "")
      json({ requests: [...rows.values()].slice(-200), canReplay: !data.isKept });
    else if (action === "replay") {
      const body = (await request.toArray()).join("");
      asked.push(`POST ${path} ${body}`);
      const { target } = JSON.parse(body) as { target?: string };
      const replay = { ...rows.get(id)!, id: `${id}-again`, replayOf: id, ...(target && { target }) };
      push([replay]);
      json({ id: replay.id });
    } else if (action === "cassette") {
      response.writeHead(200, { "content-disposition": `attachment; filename="${id}.cassette.json"` }).end("{}\n");
    } else if (rows.has(id)) json(data.detail(rows.get(id)!));
    else json({ error: { message: `There is no request ${id}.` } }, 404);
  });
  const push = (fresh: readonly InspectorRow[]): void => {
    for (const row of fresh) rows.set(row.id, row);
    for (const id of rows.keys()) if (rows.size > 200) rows.delete(id);
    for (const reader of readers) reader.write(`event: requests\ndata: ${JSON.stringify(fresh)}\n\n`);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/inspector`,
    asked,
    push,
    disconnect() {
      for (const reader of readers) reader.destroy();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
