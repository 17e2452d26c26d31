import {
  chatCompletions,
  type ChatEvent,
  type ChatRequest,
  type ChatResult,
  type CommonParameters,
  defineProvider,
  defineTool,
  type FunctionTool,
  type Definition,
  type Message,
  type Prepared,
  type Provider,
  type ProviderError,
  type ProviderFactory,
  runTools,
  withFallback,
} from "@llm-provider/core";
import { isOfType, parameterTypes, type WireType } from "@llm-provider/core/internal";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";

// The compiler checks this file: `tsc -p tsconfig.test.json`, a part of `pnpm run types`.

const facts = {
  id: "acme",
  name: "Acme",
  docs: "https://acme.example/docs",
  baseURL: "https://api.acme.example/v1",
  auth: { env: "ACME_API_KEY", page: "https://acme.example/keys" },
  sources: { docs: ["https://acme.example/docs", "2026-11-22"] },
  dialect: chatCompletions(),
} as const;

const acme = defineProvider({
  ...facts,
  models: { "acme-2": { source: "docs" }, "acme-1": { source: "docs" } },
  smallModel: "acme-2",
  request: {} as { thinking?: { type: "enabled" | "disabled" } },
});

/** The members of a union that an editor can suggest: literals, not `string`. */
type Offered<T> = T extends string ? (string extends T ? never : T) : never;

describe("model ids", () => {
  it("are completed by an editor, and unknown ones are accepted", () => {
    type Asked = Parameters<ReturnType<typeof acme>["chat"]>[0]["model"];
    expectTypeOf<Offered<Asked>>().toEqualTypeOf<"acme-1" | "acme-2">();
    expectTypeOf<"tomorrow">().toExtend<Asked>();
    expect(acme({ apiKey: "k" }).prepare({ model: "tomorrow", messages: [] }).body["model"]).toBe("tomorrow");
  });

  // The data has the type `Definition`, not a literal type, so that a new price or hint does not change a type.
  it("are in the type of the factory but not in that of the definition", () => {
    expectTypeOf(acme.definition).toEqualTypeOf<Definition>();
  });
});

describe("defineProvider", () => {
  it("refuses a smallModel that is not a model", () => {
    const models = { "acme-2": { source: "docs" } } as const;
    // @ts-expect-error -- no such model
    defineProvider({ ...facts, models, smallModel: "acme-3" });
    defineProvider({ ...facts, models, smallModel: "acme-2" });
  });

  it("refuses a fact without a source", () => {
    const models = { "acme-2": { source: "docs" } } as const;
    const rest = { ...facts, models, smallModel: "acme-2" } as const;
    // @ts-expect-error -- a parameter rule without a source
    defineProvider({ ...rest, parameters: { seed: { rejected: 400 } } });
    // @ts-expect-error -- one of a list
    defineProvider({ ...rest, parameters: { seed: [{ rejected: 400, source: "docs" }, { ignored: true }] } });
    // @ts-expect-error -- an error rule
    defineProvider({ ...rest, errors: [{ code: "server", hint: "Wait." }] });
    // @ts-expect-error -- a quirk
    defineProvider({ ...rest, quirks: [{ name: "Odd." }] });
    // @ts-expect-error -- message rules
    defineProvider({ ...rest, messages: { nulls: "stripped" } });
    // @ts-expect-error -- a model needs a source
    defineProvider({ ...rest, models: { "acme-2": { context: 8192 } } });
    defineProvider({ ...rest, models: { "acme-2": {} } });
  });

  it("refuses rules without a fact and unknown codes", () => {
    const models = { "acme-2": { source: "docs" } } as const;
    const rest = { ...facts, models, smallModel: "acme-2" } as const;
    // @ts-expect-error -- no such error code
    defineProvider({ ...rest, errors: [{ code: "bad-luck", hint: "Wait.", source: "docs" }] });
    // @ts-expect-error -- a rule that says nothing
    defineProvider({ ...rest, parameters: { seed: { source: "docs" } } });
    // @ts-expect-error -- a range of one number
    defineProvider({ ...rest, parameters: { temperature: { range: [0], source: "docs" } } });
  });

  it("creates factories that fit one common type", () => {
    const factories: ProviderFactory[] = [acme];
    expectTypeOf(factories[0]!({ apiKey: "k" })).toExtend<Provider>();
    expectTypeOf<typeof acme.definition>().toExtend<Definition>();
    withFallback([acme({ apiKey: "k" }), { provider: acme({ apiKey: "k" }), model: "acme-1" }]);
  });
});

describe("requests", () => {
  // Like the openai package's types: interfaces without an index signature, unions of parts, optional nulls.
  interface TextPart {
    text: string;
    type: "text";
  }
  interface ImagePart {
    image_url: { url: string; detail?: "auto" | "low" | "high" };
    type: "image_url";
  }
  interface RefusalPart {
    refusal: string;
    type: "refusal";
  }
  interface SystemMessage {
    content: string | TextPart[];
    role: "system";
    name?: string;
  }
  interface DeveloperMessage {
    content: string | TextPart[];
    role: "developer";
    name?: string;
  }
  interface UserMessage {
    content: string | (TextPart | ImagePart)[];
    role: "user";
    name?: string;
  }
  interface FunctionCall {
    id: string;
    function: { arguments: string; name: string };
    type: "function";
  }
  interface CustomCall {
    id: string;
    custom: { input: string; name: string };
    type: "custom";
  }
  interface AssistantMessage {
    role: "assistant";
    audio?: { id: string } | null;
    content?: string | (TextPart | RefusalPart)[] | null;
    name?: string;
    refusal?: string | null;
    tool_calls?: (FunctionCall | CustomCall)[];
  }
  interface ToolMessage {
    content: string | TextPart[];
    role: "tool";
    tool_call_id: string;
  }
  interface FunctionMessage {
    content: string | null;
    name: string;
    role: "function";
  }
  type AnyMessage = SystemMessage | DeveloperMessage | UserMessage | AssistantMessage | ToolMessage | FunctionMessage;
  interface Body {
    messages: AnyMessage[];
    model: (string & {}) | "some-model";
    frequency_penalty?: number | null;
    logit_bias?: { [token: string]: number } | null;
    max_tokens?: number | null;
    response_format?:
      | { type: "text" }
      | { type: "json_schema"; json_schema: { name: string; schema?: { [key: string]: unknown } } };
    stop?: string | null | string[];
    stream?: false | null;
    temperature?: number | null;
    tools?: { type: "function"; function: { name: string; parameters?: { [key: string]: unknown } } }[];
  }

  it("may have the types of the openai package", () => {
    expectTypeOf<AnyMessage>().toExtend<Message>();
    expectTypeOf<Body>().toExtend<ChatRequest>();
    expectTypeOf<Omit<Body, "stream"> & { stream: true }>().toExtend<ChatRequest>();
    const answer: { content: string | null; refusal: string | null; role: "assistant"; tool_calls?: FunctionCall[] } = {
      content: "Hi",
      refusal: null,
      role: "assistant",
    };
    expectTypeOf(acme({ apiKey: "k" }).prepare({ model: "acme-2", messages: [answer] })).toEqualTypeOf<Prepared>();
  });

  it("accept vendor parameters and an answer's message", () => {
    expectTypeOf<ChatResult["message"]>().toExtend<Message>();
    expectTypeOf<{ model: string; messages: Message[]; thinking: { type: "enabled" } }>().toExtend<ChatRequest>();
    // @ts-expect-error -- no messages
    const request: ChatRequest = { model: "acme-2" };
    // @ts-expect-error -- no such role
    const message: Message = { role: "robot", content: "x" };
    expect([request, message]).toHaveLength(2);
  });
});

describe("answers", () => {
  it("are narrowed by their type", () => {
    const read = (event: ChatEvent): string => {
      switch (event.type) {
        case "text":
        case "reasoning":
          return event.text;
        case "tool-call":
          return event.toolCall.arguments;
        case "finish":
          return event.finishReason;
        default:
          return event.type;
      }
    };
    expect(read({ type: "text", text: "a" })).toBe("a");
    expectTypeOf<Extract<ChatEvent, { type: "finish" }>["usage"]>().toExtend<ChatResult["usage"]>();
    expectTypeOf<ProviderError["code"]>().toExtend<string>();
  });
});

describe("tools", () => {
  const search = defineTool({
    id: "search",
    name: "search",
    description: "Searches.",
    docs: "https://search.example",
    input: z.object({ query: z.string(), count: z.number().default(3) }),
    auth: "none",
    execute: async ({ query, count }) => {
      expectTypeOf(query).toEqualTypeOf<string>();
      expectTypeOf(count).toEqualTypeOf<number>();
      return [query];
    },
    toText: (output) => {
      expectTypeOf(output).toEqualTypeOf<string[]>();
      return output.join();
    },
  });

  it("have the types of their schema and of their execute", async () => {
    expectTypeOf(search().spec).toEqualTypeOf<FunctionTool>();
    expectTypeOf(search().execute).returns.resolves.toEqualTypeOf<string[]>();
    expect(await search().execute({ query: "a" })).toEqual(["a"]);
  });

  it("of any type are accepted by runTools", () => {
    expectTypeOf(runTools).parameter(2).toExtend<readonly unknown[]>();
    const tools: Parameters<typeof runTools>[2] = [search()];
    expect(tools).toHaveLength(1);
  });
});

type ValueOf = {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  object: object;
  strings: readonly string[];
  objects: readonly object[];
};

describe("the types of the shared parameters", () => {
  it("are those of CommonParameters", () => {
    // Each name of the interface has a run-time type; only `stream` is added.
    expectTypeOf<keyof typeof parameterTypes>().toEqualTypeOf<keyof CommonParameters | "stream">();
    expectTypeOf<WireType>().toEqualTypeOf<keyof ValueOf>();
    // The interface has the types that are named here.
    const good = {
      temperature: 0.5,
      top_p: 1,
      max_tokens: 64,
      max_completion_tokens: 64,
      n: 1,
      seed: 7,
      stop: ["a", "b"],
      presence_penalty: 0,
      frequency_penalty: -1.5,
      logit_bias: { "1": 5 },
      logprobs: true,
      top_logprobs: 2,
      user: "user-1",
      stream_options: { include_usage: true },
      tools: [{ type: "function" }],
      tool_choice: "auto",
      parallel_tool_calls: false,
      response_format: { type: "text" },
    } satisfies Required<CommonParameters>;
    for (const [name, value] of Object.entries({ ...good, stream: false })) {
      const types = parameterTypes[name as keyof typeof parameterTypes];
      expect([name, isOfType(value, types), isOfType(null, types)]).toEqual([name, true, true]);
      expect([name, isOfType(() => {}, types)]).toEqual([name, false]);
    }
    expect(isOfType("END", parameterTypes.stop)).toBe(true);
    expect(isOfType({ type: "function" }, parameterTypes.tool_choice)).toBe(true);
    expect(isOfType(1.5, parameterTypes.max_tokens)).toBe(false);
  });
});
