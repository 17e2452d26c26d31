import type { Json, JsonObject } from "@llm-provider/core";
import type { SimulatedEndpoint } from "./librechat-endpoint.ts";
import { clientOf } from "./librechat-names.ts";
import type { Target } from "./target.ts";
import { chatBody } from "./simulate/chat-body.ts";
import { clientOptions } from "./simulate/client-options.ts";
import { responsesBody, usesResponses } from "./simulate/responses-body.ts";
import type { Values } from "./simulate/values.ts";

/** What a person sets in LibreChat's side panel, by LibreChat's names; `model` is the one that was picked. */
export type UiParameters = { readonly model: string; readonly [parameter: string]: Json | undefined };

export type SimulateOptions = {
  /** The release. The two differ in what OpenRouter's client adds to a request to /responses. */
  target: Target;
  /** The LibreChat user's id, sent as `user` with every request to a custom endpoint. */
  user?: string;
  /** `title`: the request for a conversation's title, which knows none of the person's parameters. */
  call?: "chat" | "title";
};

/**
 * The body that LibreChat would send for an endpoint, without messages and the conversation's tools: what becomes of
 * names, defaults, `addParams` and `dropParams` on the way. Pure. Throws for endpoints that LibreChat does not reach
 * through its OpenAI-compatible clients.
 */
export function simulateRequest(
  endpoint: SimulatedEndpoint,
  parameters: UiParameters,
  options: SimulateOptions,
): { [field: string]: Json } {
  const { body } = simulate(endpoint, parameters, options);
  return JSON.parse(JSON.stringify(body)) as { [field: string]: Json };
}

/** The path that the request goes to: `/responses` where `web_search` or the model's name switches LibreChat over. */
export function simulatePath(endpoint: SimulatedEndpoint, parameters: UiParameters, options: SimulateOptions): string {
  return simulate(endpoint, parameters, options).path;
}

function simulate(
  endpoint: SimulatedEndpoint,
  parameters: UiParameters,
  { target, user = "user-id", call = "chat" }: SimulateOptions,
): { path: string; body: JsonObject } {
  const client = clientOf(endpoint);
  if (!client.sendsChat) {
    throw new Error(
      `LibreChat reaches "${endpoint.name}" through its ${client.name} client, which is not simulated: only its OpenAI-compatible client and those of DeepSeek, OpenRouter and xAI are.`,
    );
  }
  const asked: Values =
    call === "title" ? { model: titleModel(endpoint, parameters.model), user } : { ...parameters, user };
  const prepared = clientOptions(endpoint, asked, client);
  if (call === "title") {
    for (const name of ["maxTokens", "streaming", "stream", "thinking"]) delete prepared.options[name];
    for (const name of ["max_completion_tokens", "max_output_tokens"]) delete prepared.fields[name];
  } else if (prepared.options["streaming"] === undefined) {
    prepared.options["streaming"] = true;
  }
  return usesResponses(prepared, client)
    ? { path: "/responses", body: responsesBody(prepared, client, target) }
    : { path: "/chat/completions", body: chatBody(prepared, client) };
}

function titleModel({ titleModel: named }: SimulatedEndpoint, current: string): string {
  return named && named !== "current_model" ? named : current;
}
