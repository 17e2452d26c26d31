import type { Json, JsonObject } from "@llm-provider/core";
import type { SimulatedEndpoint } from "./librechat-endpoint.ts";
import { clientOf } from "./librechat-names.ts";
import type { Target } from "./target.ts";
import { chatBody } from "./simulate/chat-body.ts";
import { clientOptions } from "./simulate/client-options.ts";
import { responsesBody, usesResponses } from "./simulate/responses-body.ts";
import type { Values } from "./simulate/values.ts";

/** A person's settings in LibreChat's side panel, by LibreChat's names; `model` is the chosen one. */
export type UiParameters = { readonly model: string; readonly [parameter: string]: Json | undefined };

export type SimulateOptions = {
  /** The release. The two differ in what OpenRouter's client adds to a request to /responses. */
  target: Target;
  /** The LibreChat user's id, sent as `user` with every request to a custom endpoint. */
  user?: string;
  /** `title`: the request for a conversation's title, without the person's parameters. */
  call?: "chat" | "title";
};

/**
 * The body that LibreChat would send for an endpoint, without messages and the conversation's tools: it shows the effect of
 * names, defaults, `addParams` and `dropParams`. Pure. Throws for endpoints that LibreChat does not reach
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

/** The path of the request: `/responses` if `web_search` or the model's name switches LibreChat over. */
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
