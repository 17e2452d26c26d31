import type { CallbackManagerForLLMRun } from "@langchain/core/callbacks/manager";
import type { BaseLanguageModelInput } from "@langchain/core/language_models/base";
import * as base from "@langchain/core/language_models/chat_models";
import type { ChatModelStreamEvent } from "@langchain/core/language_models/event";
import type { ModelProfile } from "@langchain/core/language_models/profile";
import type { AIMessageChunk, BaseMessage } from "@langchain/core/messages";
import type { ChatGenerationChunk, ChatResult } from "@langchain/core/outputs";
import type { Runnable } from "@langchain/core/runnables";
import { convertToOpenAITool } from "@langchain/core/utils/function_calling";
import type { CallOptions, ChatRequest, ChatStream, Provider } from "@llm-provider/core";
import { fitFormat, modelInfo } from "@llm-provider/core/internal";
import { toAnswer, toChunks } from "./answer-chunk.ts";
import { stampError } from "./stamp-error.ts";
import { toStructuredOutput } from "./structured-output.ts";
import { toEvents } from "./to-events.ts";
import { toMessage } from "./to-messages.ts";

/** Options of a model, in addition to LangChain's own. */
export interface LangChainOptions<Id extends string = string, Own extends object = {}>
  extends base.BaseChatModelParams {
  model: Id;
  /** Parameters of every request, under their wire names. */
  parameters?: Partial<ChatRequest<Id, Own>>;
  /**
   * How often core retries a failed request. LangChain itself sends it once.
   * @default the provider's `maxRetries`
   */
  maxRetries?: number;
}

/** Options of one call, in addition to LangChain's own. */
export interface LangChainCallOptions<Own extends object = {}> extends base.BaseChatModelCallOptions {
  tools?: base.BindToolsInput[];
  response_format?: ChatRequest["response_format"];
  /** Parameters of this request, under their wire names. */
  parameters?: Partial<ChatRequest<string, Own>>;
}

/** A LangChain chat model over any provider. It throws the `ProviderError` itself. */
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

  /** Returns the request without messages. Parameters of the call override those of the model. */
  override invocationParams(options?: this["ParsedCallOptions"]): Omit<ChatRequest, "messages"> {
    const { tools, tool_choice: choice, stop, response_format: format, parameters } = options ?? {};
    const wireTools = tools?.map((tool) => convertToOpenAITool(tool)) ?? [];
    const given = {
      ...(wireTools.length > 0 && { tools: wireTools, tool_choice: toWireChoice(choice) }),
      stop,
      response_format: format,
    };
    const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return { ...this.#options.parameters, ...parameters, ...set, model: this.model };
  }

  override getLsParams(options: this["ParsedCallOptions"]): base.LangSmithParams {
    const { temperature, max_tokens, max_completion_tokens = max_tokens } = this.invocationParams(options);
    return {
      ls_provider: this.#provider.id,
      ls_model_name: this.model,
      ls_model_type: "chat",
      ls_temperature: temperature ?? undefined,
      ls_max_tokens: max_completion_tokens ?? undefined,
      ls_stop: options.stop,
    };
  }

  /** A cache uses these to distinguish models. */
  override _identifyingParams(): Record<string, unknown> {
    return { provider: this.#provider.id, model: this.model, ...this.#options.parameters };
  }

  /** The model's facts from the catalogue. Empty for a provider without a definition, such as a fallback. */
  override get profile(): ModelProfile {
    const { definition } = this.#provider;
    const { context, maxOutput, features } = (definition && modelInfo(definition, this.model)) ?? {};
    const has = (feature: NonNullable<typeof features>[number]): boolean | undefined => features?.includes(feature);
    return {
      maxInputTokens: context,
      maxOutputTokens: maxOutput,
      toolCalling: has("tools"),
      structuredOutput: has("schema"),
      reasoningOutput: has("reasoning"),
      imageInputs: has("images"),
    };
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    options.signal?.throwIfAborted();
    const { request, call } = this.#open(messages, options);
    const result = await this.#provider.chat(request, call).catch((error: unknown) => {
      throw stampError(error);
    });
    const message = toAnswer(result);
    const { inputTokens, outputTokens, totalTokens } = result.usage ?? {};
    const tokenUsage = { promptTokens: inputTokens, completionTokens: outputTokens, totalTokens };
    return { generations: [{ text: message.text, message }], llmOutput: result.usage && { tokenUsage } };
  }

  override _streamResponseChunks(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    return toChunks(() => this.#stream(messages, options), runManager);
  }

  override async *_streamChatModelEvents(
    messages: BaseMessage[],
    options: this["ParsedCallOptions"],
  ): AsyncGenerator<ChatModelStreamEvent> {
    try {
      yield* toEvents(this.#stream(messages, options));
    } catch (error) {
      throw stampError(error);
    }
  }

  override bindTools(
    tools: base.BindToolsInput[],
    options?: Partial<LangChainCallOptions<Own>>,
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, LangChainCallOptions<Own>> {
    return this.withConfig({ tools, ...options } as Partial<LangChainCallOptions<Own>>);
  }

  // A property, because a method would have to repeat the overloads of LangChain's own.
  override withStructuredOutput: base.BaseChatModel["withStructuredOutput"] = (schema: unknown, config?: object) =>
    toStructuredOutput(this, this.#provider, schema, config) as never;

  #stream(messages: BaseMessage[], options: this["ParsedCallOptions"]): ChatStream {
    options.signal?.throwIfAborted();
    const { request, call } = this.#open(messages, options);
    return this.#provider.stream(request, call);
  }

  #open(messages: BaseMessage[], options: this["ParsedCallOptions"]): { request: ChatRequest; call: CallOptions } {
    const { model, ...parameters } = this.invocationParams(options);
    const asked: ChatRequest = { ...parameters, model: String(model), messages: messages.map(toMessage) };
    const { request } = asked.response_format ? fitFormat(this.#provider, asked) : { request: asked };
    return { request, call: { signal: options.signal, maxRetries: this.#options.maxRetries } };
  }
}

function toWireChoice(choice: base.ToolChoice | undefined): ChatRequest["tool_choice"] {
  if (choice === "any") return "required";
  if (choice === undefined || choice === "auto") return undefined;
  if (choice === "none" || choice === "required") return choice;
  return typeof choice === "string" ? { type: "function", function: { name: choice } } : (choice as { type: string });
}
