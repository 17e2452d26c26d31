import type { Json } from "@llm-provider/core";
import type { SimulatedEndpoint } from "../librechat-endpoint.ts";
import type { Client } from "../librechat-names.ts";
import { dropParameters } from "./drop-parameters.ts";
import { openRouterReasoning } from "./open-router-reasoning.ts";
import { asValues, type Values } from "./values.ts";

/** LibreChat's input for its client: options by the client's names, and fields that go into the body unchanged. */
export type ClientOptions = { options: Values; fields: Values; tools: Json[] };

/** Names that LibreChat keeps aside until drops and defaults are known. */
const asideNames = [
  "reasoning_effort",
  "reasoning_summary",
  "reasoning_mode",
  "reasoning_context",
  "web_search",
  "promptCache",
  "promptCacheTtl",
];

/**
 * LibreChat's steps from an endpoint and a person's parameters to its client, in order: parameters, defaults of
 * `paramDefinitions`, `addParams`, `dropParams`. Names are renamed before they are dropped, which is why a wire name in
 * `dropParams` may have no effect.
 */
export function clientOptions(endpoint: SimulatedEndpoint, parameters: Values, client: Client): ClientOptions {
  const { customParams } = endpoint;
  // A key without a value is `null` in YAML.
  const addParams = endpoint.addParams ?? {};
  const dropParams = endpoint.dropParams ?? [];
  const { isRouter } = client;
  const options: Values = {};
  const fields: Values = {};
  const aside: Values = {};

  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null || value === "") continue;
    if (asideNames.includes(name)) aside[name] = value;
    else if (name === "verbosity") (isRouter ? options : fields)[name] = value;
    else if (name === "frequency_penalty") options["frequencyPenalty"] = value;
    else if (name === "presence_penalty") options["presencePenalty"] = value;
    else options[name] = value;
  }
  const set = (name: string, value: Json | undefined, isDefault: boolean): void => {
    if (asideNames.includes(name)) {
      if (isAccepted(name, value, isDefault) && !(isDefault && aside[name])) aside[name] = value;
      return;
    }
    if (name === "verbosity" && (typeof value !== "string" || value === "")) return;
    const goesToClient = clientParameters.has(name) || (name === "verbosity" && isRouter);
    const target = goesToClient ? options : fields;
    if (!isDefault || target[name] === undefined) target[name] = value;
  };
  for (const { key, default: value } of customParams?.paramDefinitions ?? []) {
    if (value !== undefined) set(key, value, true);
  }
  for (const [name, value] of Object.entries(addParams)) set(name, value, false);

  const model = String(parameters["model"] ?? "");
  const effort = aside["reasoning_effort"];
  if (isRouter) openRouterReasoning(model, effort, options, fields);
  if (options["max_tokens"] !== undefined) {
    options["maxTokens"] = options["max_tokens"];
    delete options["max_tokens"];
  }
  const tools: Json[] = [];
  if (aside["web_search"] && !dropParams.includes("web_search")) {
    if (isRouter) fields["plugins"] = [{ id: "web" }];
    else {
      options["useResponsesApi"] = true;
      tools.push({ type: "web_search" });
    }
  }
  if (isRouter && aside["promptCache"] !== false && !dropParams.includes("promptCache")) {
    options["promptCache"] = true;
    if (!dropParams.includes("promptCacheTtl")) options["promptCacheTtl"] = aside["promptCacheTtl"];
  }
  if (!isRouter) addReasoning(aside, customParams?.reasoningFormat, options, fields);
  dropParameters(model, dropParams, options, fields);
  if (options["useResponsesApi"] === true) moveVerbosity(isRouter ? options : fields, fields);
  if (/\bgpt-[5-9](?:\.\d+)?\b/i.test(String(options["model"])) && options["maxTokens"] !== undefined) {
    const name = options["useResponsesApi"] === true ? "max_output_tokens" : "max_completion_tokens";
    fields[name] = options["maxTokens"];
    delete options["maxTokens"];
  }
  return { options, fields, tools };
}

function isAccepted(name: string, value: Json | undefined, isDefault: boolean): boolean {
  if (name === "web_search" || name === "promptCache") return typeof value === "boolean";
  if (name === "promptCacheTtl") return value === "5m" || value === "1h";
  return typeof value === "string" || (!isDefault && value === null);
}

function addReasoning(aside: Values, format: string | undefined, options: Values, fields: Values): void {
  const effort = aside["reasoning_effort"];
  const reasoning = {
    ...pick("effort", effort),
    ...pick("summary", aside["reasoning_summary"]),
    ...pick("mode", aside["reasoning_mode"]),
    ...pick("context", aside["reasoning_context"]),
  };
  if (Object.keys(reasoning).length === 0 || format === "disabled") return;
  if (options["useResponsesApi"] === true || format === "reasoning_object") fields["reasoning"] = reasoning;
  else if (effort) fields["reasoning_effort"] = effort;
}

function pick(name: string, value: Json | undefined): Values {
  return value === undefined || value === null || value === "" ? {} : { [name]: value };
}

function moveVerbosity(from: Values, fields: Values): void {
  if (!from["verbosity"]) return;
  fields["text"] = { ...asValues(fields["text"]), verbosity: from["verbosity"] };
  delete from["verbosity"];
}

/** Names that LibreChat passes to its client. Every other name in `addParams` becomes a body field unchanged. */
export const clientParameters: ReadonlySet<string> = new Set(
  `model modelName temperature topP frequencyPenalty presencePenalty n logitBias stop stopSequences user timeout stream
   maxTokens maxCompletionTokens logprobs topLogprobs apiKey organization audio modalities reasoning zdrEnabled
   service_tier supportsStrictToolCalling useResponsesApi configuration tools tool_choice functions function_call
   response_format seed stream_options parallel_tool_calls strict prediction promptIndex text truncation include
   previous_response_id __includeRawResponse maxConcurrency maxRetries verbose streaming streamUsage
   disableStreaming`
    .trim()
    .split(/\s+/),
);
