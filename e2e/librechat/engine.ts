// One turn through LibreChat's published engine, as LibreChat runs it.
import {
  ChatModelStreamHandler,
  GraphEvents,
  ModelEndHandler,
  Providers,
  Run,
  ToolEndHandler,
} from "@librechat/agents";
import { type BaseMessage, HumanMessage } from "@librechat/agents/langchain/messages";
import { tool } from "@librechat/agents/langchain/tools";
import type { LibreChatEndpoint } from "../../packages/librechat/src/librechat-endpoint.ts";
import { clientOf, type Client } from "../../packages/librechat/src/librechat-names.ts";
import { clientOptions, type Values } from "../../packages/librechat/src/simulate/client-options.ts";

/** Prepares a request with LibreChat's own code if its sources are present, else with ours. */
export type Prepare = (
  endpoint: LibreChatEndpoint,
  parameters: Values,
  client: Client,
) => { options: Values; tools: unknown[] };

export const prepareByOurs: Prepare = (endpoint, parameters, client) => {
  const { options, fields, tools } = clientOptions(endpoint, parameters, client);
  return { options: { ...options, modelKwargs: fields }, tools };
};

export type Turn = {
  text: string;
  /** How many pieces of text arrived one by one. */
  pieces: number;
  reasoning: string;
  /** The order of the pieces: `r` for a thought, `m` for the answer. */
  order: string;
  toolInputs: unknown[];
  usage: { input_tokens?: number; output_tokens?: number }[];
  title: string | undefined;
};

const providerOf: { [client in Client["name"]]?: Providers } = {
  openai: Providers.OPENAI,
  deepseek: Providers.DEEPSEEK,
  openrouter: Providers.OPENROUTER,
  xai: Providers.XAI,
};

/** Options that LibreChat removes from a title request. */
const notForTitles = ["maxTokens", "streaming", "stream", "thinking"];

export async function runTurn({
  endpoint,
  parameters,
  prompt,
  history = [],
  apiKey = "test-key",
  prepare = prepareByOurs,
  withTool = false,
  withTitle = false,
  tools = [],
}: {
  endpoint: LibreChatEndpoint;
  parameters: { model: string; [name: string]: unknown };
  prompt: string;
  /** The earlier messages. */
  history?: readonly BaseMessage[];
  /** The variables of LibreChat's .env. */
  apiKey?: string;
  prepare?: Prepare;
  withTool?: boolean;
  withTitle?: boolean;
  /** Further tools, in the form that LibreChat makes from an MCP server's. */
  tools?: readonly unknown[];
}): Promise<Turn> {
  const client = clientOf(endpoint);
  const provider = providerOf[client.name]!;
  const { options, tools: ownTools } = prepare(endpoint, { ...parameters, user: "user-id" } as Values, client);
  // Like LibreChat's run.ts: asks for usage in a stream only if the file does.
  const chat = {
    provider,
    streaming: true,
    ...options,
    streamUsage: options["streamUsage"] ?? false,
    usage: true,
    apiKey,
    configuration: { baseURL: endpoint.baseURL },
    _lc_stream_delay: endpoint.streamRate,
  };
  const turn: Turn = { text: "", pieces: 0, reasoning: "", order: "", toolInputs: [], usage: [], title: undefined };
  const weather = tool(
    async (input: unknown) => {
      turn.toolInputs.push(input);
      return "12 degrees";
    },
    {
      name: "get_weather",
      description: "The weather of a city.",
      schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  );
  const run = await Run.create({
    runId: "run",
    graphConfig: {
      type: "standard",
      agents: [
        {
          agentId: "agent",
          provider,
          clientOptions: chat,
          reasoningKey: endpoint.customParams?.reasoningKey ?? (client.isRouter ? "reasoning" : undefined),
          instructions: "Be brief.",
          tools: [...(withTool ? [weather] : []), ...tools, ...ownTools],
          useLegacyContent: true,
        },
      ],
    },
    customHandlers: {
      [GraphEvents.CHAT_MODEL_STREAM]: new ChatModelStreamHandler(),
      [GraphEvents.CHAT_MODEL_END]: new ModelEndHandler(turn.usage),
      [GraphEvents.TOOL_END]: new ToolEndHandler(),
      [GraphEvents.ON_MESSAGE_DELTA]: { handle: (_: string, data: Delta) => addText(turn, data) },
      [GraphEvents.ON_REASONING_DELTA]: { handle: (_: string, data: Delta) => addReasoning(turn, data) },
    },
    returnContent: true,
  } as unknown as Parameters<typeof Run.create>[0]);
  const config = { configurable: { thread_id: "thread", user_id: "user-id" }, version: "v2" as const };
  await run.processStream({ messages: [...history, new HumanMessage(prompt)] }, config);
  if (withTitle) {
    const model =
      endpoint.titleModel === "current_model" ? parameters.model : (endpoint.titleModel ?? parameters.model);
    const { options: titleOptions } = prepare(endpoint, { model, user: "user-id" }, client);
    for (const name of notForTitles) delete titleOptions[name];
    const fields = titleOptions["modelKwargs"] as Values | undefined;
    for (const name of ["max_completion_tokens", "max_output_tokens"]) delete fields?.[name];
    const given = { ...titleOptions, apiKey, configuration: { baseURL: endpoint.baseURL } };
    const result = await run.generateTitle({
      provider,
      clientOptions: given,
      inputText: prompt,
      contentParts: [],
      titleMethod: "completion",
      chainOptions: { configurable: { thread_id: "thread" }, callbacks: [] },
    } as unknown as Parameters<typeof run.generateTitle>[0]);
    turn.title = result?.title;
  }
  return turn;
}

type Delta = { delta?: { content?: { type?: string; text?: string; think?: string }[] } };

function addText(turn: Turn, { delta }: Delta): void {
  for (const { text } of delta?.content ?? []) {
    if (text === undefined || text === "") continue;
    turn.text += text;
    turn.pieces++;
    turn.order += "m";
  }
}

function addReasoning(turn: Turn, { delta }: Delta): void {
  for (const { think } of delta?.content ?? []) {
    if (think === undefined || think === "") continue;
    turn.reasoning += think;
    turn.order += "r";
  }
}
