import type { ChatRequest, Definition, JsonObject } from "@llm-provider/core";
import type { Cassette, Interaction } from "../cassette/cassette.ts";
import type { Wire } from "../wire/wire.ts";
import { isRejected, pickModel } from "./capabilities.ts";
import {
  type Outcome,
  performChat,
  performModels,
  performStream,
  type Scenario,
  type ScenarioContext,
} from "./scenario.ts";

/** The tool of all scenarios. */
export const weatherTool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather in a city at this moment.",
    parameters: {
      type: "object",
      properties: { city: { type: "string", description: "Name of the city." } },
      required: ["city"],
    },
  },
} as const;

/** A call of the weather tool, as it appears in a history. */
export function weatherCall(id: string): object {
  return { id, type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } };
}

type Ask = (definition: Definition) => ChatRequest | string;

/** The request, or why the definition has no such request: no model with the feature, or a refused parameter. */
function ask(text: string, parameters: object = {}, feature?: Parameters<typeof pickModel>[1]): Ask {
  return (definition) => {
    const model = feature === undefined ? definition.smallModel : pickModel(definition, feature);
    if (model === undefined) return `no model has the feature "${feature}"`;
    const messages = [
      { role: "system" as const, content: "You are brief." },
      { role: "user" as const, content: text },
    ];
    const request: ChatRequest = { model, messages, ...parameters };
    const refused = Object.keys(parameters).find((name) => isRejected(definition, request, name));
    return refused === undefined ? request : `\`${refused}\` is refused`;
  };
}

function missing(of: Ask): Scenario["missing"] {
  return (definition) => {
    const request = of(definition);
    return typeof request === "string" ? request : undefined;
  };
}

function chatting(id: string, title: string, of: Ask): Scenario {
  return {
    id,
    title,
    missing: missing(of),
    run: async ({ definition, provider }) => [await performChat(provider, of(definition) as ChatRequest)],
  };
}

function streaming(id: string, title: string, of: Ask): Scenario {
  return {
    id,
    title,
    missing: missing(of),
    run: async ({ definition, provider }) => [await performStream(provider, of(definition) as ChatRequest)],
  };
}

const text = ask("Say hello in one short sentence.");
const reasoning = ask("What is 27 times 14? Think first.", {}, "reasoning");
const tool = ask("What is the weather in Paris?", { tools: [weatherTool] }, "tools");
const tools = ask(
  "What is the weather in Paris and in Rome? Call the tool for both at once.",
  { tools: [weatherTool] },
  "tools",
);
const json = ask(
  'Answer in JSON with one key, "city": what is the capital of France?',
  { response_format: { type: "json_object" } },
  "json",
);
const schema = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
const jsonSchema = ask(
  "What is the capital of France?",
  { response_format: { type: "json_schema", json_schema: { name: "capital", strict: true, schema } } },
  "schema",
);

/** The scenarios that are recorded for every adapter. */
export const scenarios: readonly Scenario[] = [
  {
    id: "models",
    title: "the list of models",
    missing: () => undefined,
    run: async ({ provider }) => [await performModels(provider)],
  },
  chatting("text", "a text", text),
  streaming("text-stream", "the same text as a stream", text),
  chatting(
    "length",
    "an answer that is cut by max_tokens",
    ask("Count from one to fifty in words.", { max_tokens: 16 }),
  ),
  chatting(
    "stop",
    "an answer that ends at a stop sequence",
    ask("Say exactly: one two three four five", { stop: ["four"] }),
  ),
  chatting("reasoning", "an answer with reasoning", reasoning),
  streaming("reasoning-stream", "the same as a stream", reasoning),
  chatting("tool-call", "a tool call", tool),
  streaming("tool-call-stream", "a tool call in a stream", tool),
  chatting("parallel-tool-calls", "two tool calls at once", tools),
  streaming("parallel-tool-calls-stream", "two tool calls at once in a stream", tools),
  {
    id: "tool-round-trip",
    title: "a tool call, its result, and the answer",
    missing: missing(tool),
    async run({ definition, provider }) {
      const request = tool(definition) as ChatRequest;
      const first = await performChat(provider, request);
      if (first.kind !== "chat" || first.result.toolCalls.length === 0) return [first];
      const { message, toolCalls } = first.result;
      const results = toolCalls.map((call) => ({
        role: "tool" as const,
        tool_call_id: call.id,
        content: "18 degrees and sunny",
      }));
      return [first, await performChat(provider, { ...request, messages: [...request.messages, message, ...results] })];
    },
  },
  chatting("json-object", "an answer in JSON", json),
  chatting("json-schema", "an answer by a schema", jsonSchema),
  streaming("json-stream", "an answer in JSON as a stream", json),
  {
    id: "invalid-key",
    title: "a wrong key",
    missing: ({ auth }) => (auth === "none" ? "the endpoint takes no key" : undefined),
    run: async ({ definition, withWrongKey }) => [await performChat(withWrongKey, text(definition) as ChatRequest)],
    fails: true,
  },
  {
    id: "unknown-model",
    title: "a model that does not exist",
    missing: () => undefined,
    run: async ({ definition, provider }) => [
      await performChat(provider, { ...(text(definition) as ChatRequest), model: "no-such-model" }),
    ],
    fails: true,
  },
];

/** The scenario that a cassette recorded. */
export function scenarioOf(cassette: Cassette, wire: Wire): Scenario {
  return scenarios.find(({ id }) => id === cassette.scenario) ?? documentedScenario(cassette, wire);
}

/** The scenario of a cassette that was written by hand: it requests what the cassette contains. */
function documentedScenario({ scenario, interactions }: Cassette, wire: Wire): Scenario {
  return {
    id: scenario,
    title: `the documented exchange "${scenario}"`,
    missing: () => undefined,
    async run(stage) {
      const outcomes: Outcome[] = [];
      for (const interaction of interactions) outcomes.push(await perform(stage, interaction, wire));
      return outcomes;
    },
  };
}

function perform({ provider }: ScenarioContext, { method, body, asked }: Interaction, wire: Wire): Promise<Outcome> {
  if (method === "GET") return performModels(provider);
  const request = (asked as unknown as ChatRequest | undefined) ?? wire.readRequest(body as JsonObject);
  return wire.wantsStream(body as JsonObject) ? performStream(provider, request) : performChat(provider, request);
}
