import type { Json } from "@llm-provider/core";
import type { Client } from "../librechat-names.ts";
import type { ClientOptions } from "./client-options.ts";
import type { Values } from "./values.ts";
import { bodyReasoning } from "./body-reasoning.ts";
import { isReasoningModel } from "./body-reasoning.ts";

/** The client's names and the wire's. Names in neither table are not sent. */
const wireNames: { [name: string]: string } = {
  temperature: "temperature",
  topP: "top_p",
  frequencyPenalty: "frequency_penalty",
  presencePenalty: "presence_penalty",
  logprobs: "logprobs",
  topLogprobs: "top_logprobs",
  n: "n",
  logitBias: "logit_bias",
  user: "user",
  audio: "audio",
  modalities: "modalities",
};

/** The body of a request to `/chat/completions`, without messages and the conversation's tools. */
export function chatBody({ options, fields, tools }: ClientOptions, client: Client): Values {
  const model = modelOf(options);
  const isStreamed = options["streaming"] === true && options["disableStreaming"] !== true;
  const body: Values = { model };
  for (const [name, wireName] of Object.entries(wireNames)) {
    if (options[name] !== undefined && options[name] !== null) body[wireName] = options[name];
  }
  const stop = options["stopSequences"] ?? options["stop"];
  if (stop !== undefined && stop !== null) body["stop"] = stop;
  body["stream"] = isStreamed;
  if (tools.length > 0) body["tools"] = tools;
  if (isStreamed && options["streamUsage"]) body["stream_options"] = { include_usage: true };
  Object.assign(body, fields);

  // The client writes these last from its own options, so a field of the same name in addParams is lost.
  replace(body, "prompt_cache_key", options["promptCacheKey"]);
  replace(body, "prompt_cache_retention", options["promptCacheRetention"]);
  replace(body, "verbosity", options["verbosity"]);
  if (options["service_tier"] !== undefined) body["service_tier"] = options["service_tier"];
  bodyReasoning(body, options, client);
  const limit = options["maxCompletionTokens"] ?? options["maxTokens"];
  // From addParams too.
  for (const name of client.removes) delete body[name];
  replace(body, isReasoningModel(model) ? "max_completion_tokens" : "max_tokens", limit === -1 ? undefined : limit);
  return body;
}

export function modelOf(options: Values): string {
  return String(options["model"] ?? options["modelName"] ?? "");
}

function replace(body: Values, name: string, value: Json | undefined): void {
  if (value === undefined || value === null) delete body[name];
  else body[name] = value;
}
