import type { LanguageModelV4CallOptions, SharedV4Warning } from "@ai-sdk/provider";
import type { ChatRequest } from "@llm-provider/core";
import { canBeStrict } from "@llm-provider/core/internal";
import { bridgeKey, toMessages } from "./to-messages.ts";

type Model = { readonly provider: string; readonly modelId: string };

/** Converts the call to a Chat Completions request. `providerOptions` override it: those of the bridge, then those of this provider. */
export function toRequest(model: Model, options: LanguageModelV4CallOptions, warnings: SharedV4Warning[]): ChatRequest {
  const { responseFormat: format, tools = [], toolChoice: choice, reasoning, providerOptions = {} } = options;
  const foreign = tools.filter((tool) => tool.type === "provider");
  warnings.push(...foreign.map(({ id }) => ({ type: "unsupported" as const, feature: `provider-defined tool ${id}` })));
  const own = tools
    .filter((tool) => tool.type === "function")
    .map(({ name, description, inputSchema: parameters, strict }) => ({
      type: "function",
      function: { name, description, parameters, strict },
    }));
  return {
    model: model.modelId,
    messages: options.prompt.flatMap(toMessages),
    max_tokens: options.maxOutputTokens,
    temperature: options.temperature,
    top_p: options.topP,
    top_k: options.topK,
    presence_penalty: options.presencePenalty,
    frequency_penalty: options.frequencyPenalty,
    stop: options.stopSequences,
    seed: options.seed,
    reasoning_effort: reasoning === "provider-default" ? undefined : reasoning,
    response_format: format?.type === "json" ? toWireFormat(format) : undefined,
    ...(own.length > 0 && { tools: own, tool_choice: toWireChoice(choice) }),
    ...providerOptions[bridgeKey],
    ...providerOptions[model.provider],
  };
}

function toWireChoice(choice: LanguageModelV4CallOptions["toolChoice"]): ChatRequest["tool_choice"] {
  if (choice?.type === "tool") return { type: "function", function: { name: choice.toolName } };
  return choice?.type === "auto" ? undefined : choice?.type;
}

type JsonFormat = Extract<LanguageModelV4CallOptions["responseFormat"], { type: "json" }>;

function toWireFormat({ schema, name = "response", description }: JsonFormat): ChatRequest["response_format"] {
  return schema
    ? { type: "json_schema", json_schema: { name, description, schema, strict: canBeStrict(schema) } }
    : { type: "json_object" };
}
