import type { ServerResponse } from "node:http";
import type { ProviderError } from "@llm-provider/core";
import type { GuardEnv } from "@llm-provider/server";
import { type Context, Hono } from "hono";
import { statusOf, toErrorBody, toProviderError } from "../answer/to-error.ts";
import type { RequestRecord } from "../log/request-record.ts";
import type { InspectorEnv } from "../inspector/create-inspector-app.ts";
import { toRow } from "../inspector/to-row.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { HttpCaller } from "../target/wrap-provider.ts";
import { answerChat } from "./answer-chat.ts";
import { answerEmbeddings } from "./answer-embeddings.ts";
import { beginRecording, newRequestId } from "./call.ts";
import type { GatewayState } from "./gateway-state.ts";
import { toModelEntry } from "./list-models.ts";
import { readGauges } from "./read-gauges.ts";
import { namesFor, readBody, type JsonBody } from "./read-request.ts";

type Answer = (state: GatewayState, body: JsonBody, caller: HttpCaller, signal: AbortSignal) => Promise<Response>;

/** The bindings of Node's server. Streams are written to its response directly. */
interface GatewayEnv extends GuardEnv {
  Bindings: { outgoing: ServerResponse };
}

/** Creates the routes of a gateway. `current` returns the state for a new request. */
export function createApp(
  current: () => GatewayState,
  metrics: () => Promise<Metrics>,
  inspector: Hono<InspectorEnv>,
): Hono<GatewayEnv> {
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
      const { isShared } = state.store;
      return context.json({
        status: "ok",
        ...(isShared !== undefined && { store: isShared ? "shared" : "away" }),
        ...(isKnown && { targets: healthOf(state, context.get("client")) }),
      });
    })
    .get("/metrics", async (context) => {
      const { text, type } = await (await metrics()).read(await readGauges(current()));
      return context.body(text, 200, { "content-type": type });
    })
    .get("/log", (context) => context.json({ requests: current().log.list(context.get("client")).map(toRow) }));
  return app.route("/inspector", inspector);

  async function post(context: Context<GatewayEnv>, answer: Answer): Promise<Response> {
    const { outgoing } = context.env;
    const sent = await context.req.text();
    const header = (name: string): string | undefined => context.req.header(name);
    const caller: HttpCaller = { client: context.get("client"), header, outgoing, sent };
    try {
      const body = readBody(sent);
      return await answer(current(), body, caller, goneSignal(outgoing));
    } catch (thrown) {
      const error = toProviderError(thrown);
      const id = refuse(current(), caller, context.req.path, error);
      return Response.json(toErrorBody(error, []), {
        status: statusOf(error),
        headers: { "x-llm-provider-request-id": id, "x-llm-provider-attempts": "0" },
      });
    }
  }
}

/** A signal that aborts if the client disconnects before its answer is complete. */
function goneSignal(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  if (outgoing.destroyed) gone.abort();
  return gone.signal;
}

/** Logs a request that could not be read. Its content could be anything, so only the reason is logged. */
function refuse(state: GatewayState, caller: HttpCaller, path: string, error: ProviderError): string {
  const { client, header } = caller;
  const { code, message, hint } = error;
  const record: RequestRecord = {
    id: newRequestId(),
    time: new Date().toISOString(),
    ...(client !== undefined && { client }),
    path,
    model: "",
    isStream: false,
    attempts: [],
    status: statusOf(error),
    total: 0,
    error: { code, message: unquote(message), ...(hint !== undefined && { hint: unquote(hint) }) },
  };
  state.log.end({ record, header });
  beginRecording(state, record, caller)?.end();
  return record.id;
}

/** Removes quoted text, since refusals quote the caller's input. */
function unquote(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '"…"');
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
