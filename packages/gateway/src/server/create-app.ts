import type { ServerResponse } from "node:http";
import type { GuardEnv } from "@llm-provider/server";
import { type Context, Hono } from "hono";
import { statusOf, toErrorBody, toProviderError } from "../answer/to-error.ts";
import type { HttpCaller } from "../target/wrap-provider.ts";
import { answerChat } from "./answer-chat.ts";
import { answerEmbeddings } from "./answer-embeddings.ts";
import type { GatewayState } from "./gateway-state.ts";
import { toModelEntry } from "./list-models.ts";
import { namesFor, readBody, type JsonBody } from "./read-request.ts";

type Answer = (state: GatewayState, body: JsonBody, caller: HttpCaller, signal: AbortSignal) => Promise<Response>;

/** What Node's server gives to the app: a stream is written to the response itself. */
interface GatewayEnv extends GuardEnv {
  Bindings: { outgoing: ServerResponse };
}

/** The routes of a gateway. `current` gives what requests are served with at the moment they come. */
export function createApp(current: () => GatewayState): Hono<GatewayEnv> {
  const created = Math.floor(Date.now() / 1000);
  const app = new Hono<GatewayEnv>()
    .post("/v1/chat/completions", (context) => post(context, answerChat))
    .post("/v1/embeddings", (context) => post(context, answerEmbeddings))
    .get("/v1/models", (context) => {
      const state = current();
      const names = namesFor(state, context.get("client"));
      return context.json({
        object: "list",
        data: names.map((name) => toModelEntry(state.models.get(name)!, created)),
      });
    })
    .get("/v1/models/:name{.+}", (context) => {
      const state = current();
      const name = context.req.param("name");
      if (namesFor(state, context.get("client")).includes(name))
        return context.json(toModelEntry(state.models.get(name)!, created));
      return context.notFound();
    })
    .get("/health", (context) => {
      const state = current();
      const isKnown = state.config.clients === undefined || context.get("client") !== undefined;
      return context.json({ status: "ok", ...(isKnown && { targets: healthOf(state, context.get("client")) }) });
    })
    .get("/log", (context) => context.json({ requests: current().log.list(context.get("client")) }));
  return app;

  async function post(context: Context<GatewayEnv>, answer: Answer): Promise<Response> {
    const { outgoing } = context.env;
    const caller = { client: context.get("client"), header: (name: string) => context.req.header(name), outgoing };
    try {
      const body = readBody(await context.req.text());
      return await answer(current(), body, caller, goneSignal(outgoing));
    } catch (thrown) {
      const error = toProviderError(thrown);
      return Response.json(toErrorBody(error, []), { status: statusOf(error) });
    }
  }
}

/** Aborted as soon as the client has gone before its answer was whole. */
function goneSignal(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  if (outgoing.destroyed) gone.abort();
  return gone.signal;
}

/** The state of each target that a client can reach. */
function healthOf(state: GatewayState, client: string | undefined): object[] {
  const targets = namesFor(state, client).flatMap((name) =>
    state.models.get(name)!.targets.map((target) => ({ model: name, target })),
  );
  return targets.map(({ model, target: { name, health, latency } }) => ({
    model,
    target: name,
    ...health.state(),
    ...(latency.average !== undefined && { firstContent: Math.round(latency.average) }),
  }));
}
