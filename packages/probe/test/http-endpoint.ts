import type { Json, JsonObject } from "@llm-provider/core";
import { type Handler, mockServer } from "../../testing/src/server/mock-server.ts";
import type { MockResponse } from "../../testing/src/server/mock-response.ts";
import { probeEndpoint, type Probed, type ProbeOptions } from "../src/index.ts";
import { createEndpoint, type EndpointModel, fields } from "./random-endpoint.ts";

/** An endpoint that by default accepts every parameter and obeys it. */
export function kindModel(changes: Partial<EndpointModel> = {}): EndpointModel {
  return {
    truths: {
      ...Object.fromEntries(Object.keys(fields).map((name) => [name, { kind: "accepted" as const }])),
      ...changes.truths,
    },
    unknown: changes.unknown ?? "rejected",
    style: changes.style ?? "param",
    naming: changes.naming ?? "first",
    conflicts: changes.conflicts ?? [],
    types: changes.types ?? "strict",
    minTokens: changes.minTokens ?? 1,
    order: changes.order ?? "request",
    stream: changes.stream ?? "both",
    uniform: false,
    seed: changes.seed ?? 1,
  };
}

export function reply(status: number, body: Json, headers: Record<string, string> = {}): MockResponse {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    pieces: [typeof body === "string" ? body : JSON.stringify(body)],
  };
}

/** Serves the model over HTTP; `hostile` may answer in its place, by the number of the chat request, from 1. */
export function serve(
  model: EndpointModel,
  hostile: {
    models?: MockResponse;
    chat?: (body: JsonObject, number: number) => MockResponse | undefined;
  } = {},
): ReturnType<typeof mockServer> {
  const endpoint = createEndpoint(model);
  let number = 0;
  const handler: Handler = (_, { method, text }) => {
    if (method === "GET") return hostile.models ?? reply(200, { object: "list", data: [{ id: "m" }] });
    const body = JSON.parse(text) as JsonObject;
    const own = hostile.chat?.(body, ++number);
    if (own) return own;
    const { outcome, status, payloads = [], body: refusal } = endpoint(body);
    if (outcome !== "accepted") return reply(status, refusal ?? "");
    if (body["stream"] !== true) return reply(200, payloads[0]!);
    const events = [...payloads.map((payload) => JSON.stringify(payload)), "[DONE]"];
    return {
      status: 200,
      headers: { "content-type": "text/event-stream" },
      pieces: events.map((event) => `data: ${event}\n\n`),
    };
  };
  return mockServer(handler, "https://api.acme.ai/v1");
}

export function probeAt(server: ReturnType<typeof mockServer>, options: Partial<ProbeOptions> = {}): Promise<Probed> {
  return probeEndpoint({
    baseURL: "https://api.acme.ai/v1",
    keyEnv: undefined,
    timeout: 60_000,
    fetch: server.options.fetch!,
    ...options,
  });
}
