import type { StructuredOutputMethodOptions } from "@langchain/core/language_models/base";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import {
  assembleStructuredOutputPipeline,
  createContentParser,
  createFunctionCallingParser,
} from "@langchain/core/language_models/structured_output";
import { OutputParserException } from "@langchain/core/output_parsers";
import { type Runnable, RunnableLambda } from "@langchain/core/runnables";
import { toJsonSchema, Validator } from "@langchain/core/utils/json_schema";
import type { ChatRequest, Provider } from "@llm-provider/core";
import { canBeStrict, modelInfo } from "@llm-provider/core/internal";

/**
 * Returns a model whose answers match a schema. It uses `json_schema` if the catalogue lists it, else a forced tool if the endpoint
 * allows one, else JSON mode with the schema in the prompt. The answer is always checked.
 */
export function toStructuredOutput(
  // oxlint-disable-next-line typescript/no-explicit-any -- options of any model
  model: BaseChatModel<any>,
  provider: Provider,
  // oxlint-disable-next-line typescript/no-explicit-any -- zod of two versions, a standard schema, JSON Schema, an OpenAI function
  outputSchema: any,
  config: StructuredOutputMethodOptions<boolean> = {},
): Runnable {
  const { method, includeRaw, strict } = config;
  const wrapped =
    typeof outputSchema.name === "string" && typeof outputSchema.parameters === "object" ? outputSchema : undefined;
  const schema = wrapped?.parameters ?? outputSchema;
  const json = toJsonSchema(schema) as { title?: string; description?: string };
  const name: string = config.name ?? wrapped?.name ?? json.title ?? "extract";
  const description: string | undefined = wrapped?.description ?? json.description;
  const tool = { type: "function" as const, function: { name, description, parameters: json, strict } };
  const byTool = { tools: [tool], tool_choice: { type: "function", function: { name } } };
  const bySchema = {
    type: "json_schema",
    json_schema: { name, description, schema: json, strict: strict ?? canBeStrict(json) },
  };
  const way = method ?? chooseWay(provider, model.invocationParams(), byTool);
  const formats: { readonly [way: string]: object } = {
    functionCalling: byTool,
    jsonMode: { response_format: { type: "json_object" } },
  };
  // The caller's method, or LangChain's default. The trace also has the request itself.
  const trace = { ls_structured_output_format: { kwargs: { method: method ?? "functionCalling" }, schema: json } };
  const bound = model.withConfig({ outputVersion: "v0", ...(formats[way] ?? { response_format: bySchema }), ...trace });
  const parser = way === "functionCalling" ? createFunctionCallingParser(schema, name) : createContentParser(schema);
  const check = (value: object): object => {
    const { valid, errors } =
      schema === json ? new Validator(json, "2020-12", false).validate(value) : { valid: true, errors: [] };
    if (valid) return value;
    const faults = errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
    throw new OutputParserException(`The answer does not match the schema. ${faults.join(" ")}`, JSON.stringify(value));
  };
  const checked = parser.pipe(RunnableLambda.from(check));
  return assembleStructuredOutputPipeline(bound, checked, includeRaw, "StructuredOutput");
}

function chooseWay(provider: Provider, parameters: Omit<ChatRequest, "messages">, byTool: object): string {
  const { definition } = provider;
  const { features } = (definition && modelInfo(definition, parameters.model)) ?? {};
  if (features?.includes("schema")) return "jsonSchema";
  if (features && !features.includes("tools")) return "promptedJson";
  try {
    const messages = [{ role: "user" as const, content: "Does the endpoint accept a forced tool?" }];
    provider.prepare({ ...parameters, ...byTool, model: parameters.model, messages });
    return "functionCalling";
  } catch {
    return "promptedJson";
  }
}
