import type { Client } from "../librechat-names.ts";
import type { Target } from "../target.ts";
import type { ClientOptions } from "./client-options.ts";
import type { Values } from "./values.ts";
import { bodyReasoning } from "./body-reasoning.ts";
import { modelOf } from "./chat-body.ts";

/** Does LibreChat's client post to `/responses` instead of `/chat/completions`? Few endpoints other than OpenAI's have it. */
export function usesResponses({ options, tools }: ClientOptions, client: Client): boolean {
  if (!client.usesResponses) return false;
  const { reasoning } = options;
  const asksForSummary = typeof reasoning === "object" && reasoning !== null && "summary" in reasoning;
  const isPreferred = /gpt-5\.[245]-pro|codex/.test(modelOf(options));
  // One of OpenAI's own tools also switches over, but only if the client does not stream.
  const hasOwnTool = tools.length > 0 && (options["streaming"] !== true || options["disableStreaming"] === true);
  return options["useResponsesApi"] === true || hasOwnTool || asksForSummary || isPreferred;
}

/** The body of a request to `/responses`, without `input` and the tools of the conversation. */
export function responsesBody({ options, fields, tools }: ClientOptions, client: Client, target: Target): Values {
  const body: Values = { model: modelOf(options) };
  if (options["temperature"] !== undefined) body["temperature"] = options["temperature"];
  if (options["topP"] !== undefined) body["top_p"] = options["topP"];
  if (options["user"] !== undefined) body["user"] = options["user"];
  if (options["service_tier"] !== undefined) body["service_tier"] = options["service_tier"];
  body["stream"] = options["streaming"] === true && options["disableStreaming"] !== true;
  body["text"] = {};
  const limit = options["maxCompletionTokens"] ?? options["maxTokens"];
  if (limit !== undefined && limit !== -1) body["max_output_tokens"] = limit;
  Object.assign(body, fields);
  if (options["reasoning"] !== undefined && client.isDefault) body["reasoning"] = options["reasoning"];
  bodyReasoning(body, client.isDefault ? {} : options, client);
  // Engine 3.2.57 of v0.8.7 sends no cache mark here; 3.9.2 of v0.8.8 does (both read and measured).
  if (options["promptCache"] === true && target !== "0.8.7") {
    body["cache_control"] = { type: "ephemeral", ...(options["promptCacheTtl"] === "5m" ? {} : { ttl: "1h" }) };
  }
  if (tools.length > 0) body["tools"] = tools;
  return body;
}
