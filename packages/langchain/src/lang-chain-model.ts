import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import { stampRetryable } from "@langchain/core/errors";
import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from "@langchain/core/language_models/base";
import * as base from "@langchain/core/language_models/chat_models";
import type { ChatModelStreamEvent } from "@langchain/core/language_models/event";
import type { ModelProfile } from "@langchain/core/language_models/profile";
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import { type CallOptions, type ChatRequest, type ChatStream, type Provider, ProviderError } from "@llm-provider/core";
import { fitFormat, modelInfo } from "@llm-provider/core/internal";
import { type OutputVersion, toAnswer, toChunks } from "./answer-chunk.ts";
import { toStructuredOutput } from "./structured-output.ts";
import { toEvents } from "./to-events.ts";
import { toMessage } from "./to-messages.ts";

/** Options of a model, beside LangChain's own. */
export interface LangChainOptions<Id extends string = string, Own extends object = {}>
  extends base.BaseChatModelParams {
  model: Id;
  /** Parameters of every request, under their wire names. */
  parameters?: Partial<ChatRequest<Id, Own>>;
  /**
   * How often core sends a failed request again. LangChain itself sends it once.
   * @default what the provider says
   */
  maxRetries?: number;
}

/** Options of one call, beside LangChain's own. */
export interface LangChainCallOptions<Own extends object = {}> extends base.BaseChatModelCallOptions {
  tools?: base.BindToolsInput[];
  response_format?: ChatRequest["response_format"];
  /** Parameters of this request, under their wire names. */
  parameters?: Partial<ChatRequest<string, Own>>;
  headers?: Record<string, string>;
}

/** A chat model of LangChain over any provider. What it throws is the `ProviderError` itself. */
export class LangChainModel<Own extends object = {}> extends base.BaseChatModel<LangChainCallOptions<Own>> {
  readonly model: string;
  readonly #provider: Provider;
  readonly #options: LangChainOptions;

  static override lc_name(): string {
    return "LangChainModel";
  }

  constructor(provider: Provider, options: LangChainOptions) {
    super(options);
    this.#provider = provider;
    this.#options = options;
    this.model = options.model;
  }

  override _llmType(): string {
    return "llm-provider";
  }

  /** Without messages. The parameters of the call win. */
  override invocationParams(options?: this["ParsedCallOptions"]): Omit<ChatRequest, "messages"> {
    const { tools, tool_choice: choice, stop, response_format: format, parameters } = options ?? {};
    const given = {
      ...(tools?.length && {
        tools: tools.map((tool) => convertToOpenAITool(tool)),
        tool_choice: toWireChoice(choice),
      }),
      stop,
      response_format: format,
    };
    const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return { ...this.#options.parameters, ...parameters, ...set, model: this.model };
  }

  override getLsParams(options: this["ParsedCallOptions"]): base.LangSmithParams {
    const { temperature, max_tokens, max_completion_tokens = max_tokens } = this.invocationParams(options);
    const limits = { ls_temperature: temperature ?? undefined, ls_max_tokens: max_completion_tokens ?? undefined };
    return {
      ls_provider: this.#provider.id,
      ls_model_name: this.model,
      ls_model_type: "chat",
      ...limits,
      ls_stop: options.stop,
    };
  }

  /** What tells a cache that two models are not the same. */
  override _identifyingParams(): Record<string, unknown> {
    return { provider: this.#provider.id, model: this.model, ...this.#options.parameters };
  }

  /** What the catalogue says; empty where several endpoints are behind. */
  override get profile(): ModelProfile {
    const { definition } = this.#provider;
    const info = definition && modelInfo(definition, this.model);
    const { context: maxInputTokens, maxOutput: maxOutputTokens, features } = info ?? {};
    const has = (feature: NonNullable<typeof features>[number]): boolean | undefined => features?.includes(feature);
    const able = {
      toolCalling: has("tools"),
      structuredOutput: has("schema"),
      reasoningOutput: has("reasoning"),
      imageInputs: has("images"),
    };
    return info ? { maxInputTokens, maxOutputTokens, ...able } : {};
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    options.signal?.throwIfAborted();
    const { request, call } = this.#open(messages, options);
    const message = toAnswer(await stamped(this.#provider.chat(request, call)), this.#versionOf(options));
    const {
      input_tokens: promptTokens,
      output_tokens: completionTokens,
      total_tokens: totalTokens,
    } = message.usage_metadata ?? {};
    const llmOutput = message.usage_metadata && { tokenUsage: { promptTokens, completionTokens, totalTokens } };
    return { generations: [{ text: message.text, message }], llmOutput };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    try {
      for await (const message of toChunks(this.#stream(messages, options), this.#versionOf(options))) {
        // The getter of a message makes blocks of everything first.
        const text = typeof message.content === "string" ? message.content : message.text;
        const chunk = new ChatGenerationChunk({ text, message });
        yield chunk;
        await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
      }
    } catch (error) {
      throw stamp(error);
    }
  }

  override async *_streamChatModelEvents(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
  ): AsyncGenerator<ChatModelStreamEvent> {
    try {
      yield* toEvents(this.#stream(messages, options));
    } catch (error) {
      throw stamp(error);
    }
  }

  override bindTools(
    tools: base.BindToolsInput[],
    options?: Partial<LangChainCallOptions<Own>>,
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, LangChainCallOptions<Own>> {
    return this.withConfig({ tools, ...options } as Partial<LangChainCallOptions<Own>>);
  }

  override withStructuredOutput: base.BaseChatModel["withStructuredOutput"] = (schema: any, config?: any): any => {
    return toStructuredOutput(this, this.#provider, schema, config);
  };

  #stream(messages: BaseMessage[], options: this["ParsedCallOptions"]): ChatStream {
    options.signal?.throwIfAborted();
    const { request, call } = this.#open(messages, options);
    return this.#provider.stream(request, call);
  }

  #open(messages: BaseMessage[], options: this["ParsedCallOptions"]): { request: ChatRequest; call: CallOptions } {
    const asked: ChatRequest = {
      ...this.invocationParams(options),
      model: this.model,
      messages: messages.map(toMessage),
    };
    const { request } = asked.response_format ? fitFormat(this.#provider, asked) : { request: asked };
    const { signal, headers } = options;
    return { request, call: { signal, headers, maxRetries: this.#options.maxRetries } };
  }

  #versionOf(options: this["ParsedCallOptions"]): OutputVersion {
    return (options.outputVersion ?? this.outputVersion) === "v1" ? "v1" : "v0";
  }
}

function toWireChoice(choice: base.ToolChoice | undefined): ChatRequest["tool_choice"] {
  if (choice === "any") return "required";
  if (choice === undefined || choice === "auto") return undefined;
  if (choice === "none" || choice === "required") return choice;
  return typeof choice === "string" ? { type: "function", function: { name: choice } } : (choice as { type: string });
}

/** LangChain's own mark on an error that says whether to try again. */
function stamp(error: unknown): unknown {
  return ProviderError.is(error) ? stampRetryable(error, error.retryable) : error;
}

async function stamped<Value>(promise: Promise<Value>): Promise<Value> {
  return promise.catch((error: unknown) => {
    throw stamp(error);
  });
}
