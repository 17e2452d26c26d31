import type { ServerResponse } from "node:http";
import { ProviderError } from "@llm-provider/core";
import { createCheck, shownToken, type GuardEnv } from "@llm-provider/server";
import { type Context, Hono } from "hono";
import { statusOf } from "../answer/to-error.ts";
import { Feed } from "./feed.ts";
import type { InspectedRequest } from "./inspected-request.ts";
import type { InspectorAccess, Visitor } from "./inspector-access.ts";
import type { InspectorSource } from "./inspector-source.ts";
import { toCassette } from "./to-cassette.ts";

/** The bindings of Node's server, and the visitor of a request. */
export interface InspectorEnv extends GuardEnv {
  Bindings: { outgoing: ServerResponse };
  Variables: GuardEnv["Variables"] & { visitor: Visitor };
}

interface InspectorAppOptions {
  /** Returns undefined if nobody may inspect. */
  readonly source: () => InspectorSource | undefined;
  readonly access: InspectorAccess;
  /** Host names other than loopback by which a browser may reach the page. */
  readonly allowedHosts: () => readonly string[];
}

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 503;

/** The routes under `/inspector`. */
export function createInspectorApp({ source, access, allowedHosts }: InspectorAppOptions): {
  app: Hono<InspectorEnv>;
  close(): void;
} {
  const feeds = new Map<InspectorSource, Feed>();
  const feedOf = (from: InspectorSource): Feed => {
    const feed = feeds.get(from) ?? new Feed(from);
    feeds.set(from, feed);
    return feed;
  };
  const here = (): InspectorSource => {
    const shown = source();
    if (shown) return shown;
    throw new Refusal(404, "The inspector is off. If the gateway has clients, set `inspect: true` for one of them.");
  };

  const app = new Hono<InspectorEnv>()
    .use(async (context, next) => {
      refuseStrangers(context, allowedHosts());
      here();
      await next();
      for (const [name, value] of Object.entries(safety)) context.res.headers.set(name, value);
    })
    .get("/", async (context) => {
      const { inspectorPage } = await import("./page.generated.ts");
      const { html, policy } = inspectorPage;
      return context.body(html, 200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
        "x-frame-options": "DENY",
      });
    })
    .post("/api/session", async (context) => {
      const { token } = await readJson(context);
      if (typeof token !== "string" || token === "") throw new Refusal(400, "`token` is missing.");
      const opened = access.open(token);
      if ("refusal" in opened) throw new Refusal(401, opened.refusal);
      return context.json({ session: opened.session });
    })
    .use("/api/*", async (context, next) => {
      const client = context.get("client");
      const visitor = access.visitor(shownToken((name) => context.req.header(name)));
      if (!visitor && client !== undefined)
        throw new Refusal(
          403,
          `The client ${client} may not inspect: it has no \`inspect: true\` in the configuration.`,
        );
      if (!visitor) throw new Refusal(401, access.advice);
      context.set("visitor", visitor);
      return next();
    })
    .get("/api/requests", (context) =>
      context.json({ requests: here().rows(), canReplay: here().replay !== undefined }),
    )
    .get("/api/requests/:id", async (context) => context.json(await found(context)))
    .get("/api/requests/:id/cassette", async (context) => {
      const cassette = toCassette(await found(context));
      if (!cassette) throw new Refusal(404, "This request was not sent to any target, so there is nothing to record.");
      const name = `${context.req.param("id").replaceAll(/[^\w-]/g, "")}.draft.json`;
      return context.body(`${JSON.stringify(cassette, null, 2)}\n`, 200, {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="${name}"`,
      });
    })
    .post("/api/requests/:id/replay", async (context) => {
      const { replay } = here();
      if (!replay) throw new Refusal(409, "A request from a kept file cannot be sent again.");
      const { target } = await readJson(context);
      if (target !== undefined && typeof target !== "string") throw new Refusal(400, "`target` is not a name.");
      return context.json({ id: await replay(context.req.param("id"), target, context.get("visitor").client) });
    })
    .get("/api/health", async (context) => context.json(await here().health()))
    .get("/api/events", (context) => {
      const from = here();
      if (!from.listen) return context.body(null, 204);
      feedOf(from).connect(context.env.outgoing);
      return new Response(null, { headers: { "x-hono-already-sent": "true" } });
    })
    .onError((error, context) => {
      const { status, message, hint } = toRefusal(error);
      return context.json({ error: { message, ...(hint !== undefined && { hint }) } }, status, safety);
    });
  return {
    app,
    close() {
      for (const feed of feeds.values()) feed.close();
    },
  };

  async function found(context: Context<InspectorEnv>): Promise<InspectedRequest> {
    const request = await here().find(context.req.param("id")!, context.get("visitor").client);
    if (request) return request;
    throw new Refusal(404, "This request is no longer kept. Only the last ones are.");
  }
}

/** Keeps browsers from caching the inspector's responses and from exposing them to other pages. */
const safety = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/** A refused request. The message is shown to the user. */
class Refusal extends Error {
  readonly status: Status;

  constructor(status: Status, message: string) {
    super(message);
    this.status = status;
  }
}

function toRefusal(error: Error): { status: Status; message: string; hint?: string } {
  if (error instanceof Refusal) return { status: error.status, message: error.message };
  if (ProviderError.is(error)) {
    const { message, hint } = error;
    return { status: statusOf(error) as Status, message, ...(hint !== undefined && { hint }) };
  }
  return { status: 500, message: "The inspector failed on this request." };
}

/** Refuses web pages of other origins and unknown host names, even with a key that is valid for the rest of the server. */
function refuseStrangers(context: Context<InspectorEnv>, allowedHosts: readonly string[]): void {
  const header = (name: string): string | undefined => context.req.header(name);
  const isProgram = header("origin") === undefined && header("sec-fetch-site") === undefined;
  // A program sends its key deliberately, but a browser can be made to send requests by another page.
  if (isProgram && context.get("client") !== undefined) return;
  const { refusal } = createCheck({ allowedHosts })(header, context.req.path);
  if (refusal) throw new Refusal(refusal.status as Status, refusal.message);
}

async function readJson(context: Context<InspectorEnv>): Promise<{ readonly [field: string]: unknown }> {
  const text = await context.req.text();
  try {
    const body: unknown = JSON.parse(text === "" ? "{}" : text);
    if (typeof body === "object" && body !== null) return body as { [field: string]: unknown };
  } catch {
    // Refused below, like other values that are not objects.
  }
  throw new Refusal(400, "The request's body is not a JSON object.");
}
