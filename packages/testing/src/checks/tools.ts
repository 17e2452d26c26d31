import type { ChatEvent, JsonObject, ToolCall } from "@llm-provider/core";
import { isEssential, readPath } from "@llm-provider/core/internal";
import type { Check } from "../kit/check.ts";
import { codeOf, same, truth } from "../kit/expect.ts";
import type { Kit } from "../kit/kit.ts";
import { arrivedMessages, chatFrom, collectEvents, send, streamFrom, textOf } from "../kit/send.ts";
import { isRejected, isTouched } from "../scenario/capabilities.ts";
import { weatherTool } from "../scenario/scenarios.ts";
import { mockServer } from "../server/mock-server.ts";
import { fillExample } from "../twin/refusal.ts";
import { toolCallForms } from "./tool-call-forms.ts";
import { eachChat } from "./chat-recorded.ts";
import { eachStream } from "./stream-recorded.ts";

/** Tool calls. */
export const tools: readonly Check[] = [
  {
    name: "reads-tool-calls",
    by: "cassettes",
    title: "the tool calls of a whole answer are complete, in order, with their ids, names and arguments",
    run: (kit) =>
      eachChat(kit, ({ result, answer, label }) =>
        same(result.toolCalls, answer.toolCalls, { at: "toolCalls", cassette: label }),
      ),
  },
  {
    name: "streams-tool-calls",
    by: "cassettes",
    title: "the tool calls of a stream are complete, in order, with their ids, names and arguments",
    run: (kit) =>
      eachStream(kit, ({ result, answer, label }) =>
        same(result.toolCalls, answer.toolCalls, { at: "toolCalls", cassette: label }),
      ),
  },
  {
    name: "assembles-tool-calls",
    by: "faults",
    title: "tool calls are assembled from every form in which endpoints stream them",
    applies: ({ dialect }) => dialect.settings !== undefined,
    async run(kit) {
      for (const { at, deltas, expected } of toolCallForms) {
        const { events, error } = await collectEvents(
          kit.provider(mockServer(framed(kit, deltas))).stream(kit.request()),
        );
        if (error !== undefined) throw error;
        same(callsOf(events), expected, { at });
        same(
          events.flatMap((event) => (event.type === "tool-call-start" ? [event.index] : [])),
          expected.map((_, index) => index),
          { at: `${at}, indexes` },
        );
      }
    },
  },
  {
    name: "sends-tool-results",
    by: "faults",
    title: "tool results reach the endpoint with the ids of their calls, after the calls, in order",
    applies: (definition) =>
      !isRejected(definition, { model: definition.smallModel, messages: [], tools: [weatherTool] }, "tools"),
    async run(kit) {
      const ids = kit.definition.messages?.toolCallId ? ["abcDEF123", "abcDEF124"] : ["call_a-1", "call_a-2"];
      const toolCalls = ids.map((id, index) => ({ id, name: "get_weather", arguments: `{"city":"C${index}"}` }));
      const first = await chatFrom(kit, kit.whole(kit.answer({ text: "", reasoning: "Look.", toolCalls })), {
        tools: [weatherTool],
      });
      const results = first.toolCalls.map((call, index) => ({
        role: "tool",
        tool_call_id: call.id,
        content: `result ${index}`,
      }));
      const turns = await arrivedMessages(
        kit,
        kit.request({ tools: [weatherTool], messages: [{ role: "user", content: "Go." }, first.message, ...results] }),
      );
      const assistant = turns.findIndex(({ role }) => role === "assistant");
      const calls = (turns[assistant]?.["tool_calls"] ?? []) as readonly JsonObject[];
      same(
        calls.map((call) => [readPath(call, "function.name"), readPath(call, "function.arguments")]),
        toolCalls.map((call) => [call.name, call.arguments]),
        { at: "calls of the assistant" },
      );
      const empty = kit.answer({ text: "", reasoning: "Look.", toolCalls: [{ ...toolCalls[0]!, arguments: "" }] });
      const bare = kit.definition.dialect.settings ? await chatFrom(kit, kit.whole(empty)) : undefined;
      if (bare)
        same(readPath(bare.message, "tool_calls.0.function.arguments"), "{}", {
          at: "arguments of a call without any, in `result.message`",
        });
      const after = turns.slice(assistant + 1);
      same(
        after.map((turn) => [turn.role, turn["tool_call_id"], textOf(turn["content"])]),
        calls.map((call, index) => ["tool", call["id"], `result ${index}`]),
        { at: "results" },
      );
    },
  },
  {
    name: "sends-tool-choice",
    by: "requests",
    title: "each form of `tool_choice`, and the tools themselves, arrive unless the definition says otherwise",
    async run(kit) {
      const choices = ["auto", "none", "required", { type: "function", function: { name: "get_weather" } }];
      for (const choice of choices) {
        const request = kit.request({ tools: [weatherTool], tool_choice: choice });
        if (["tools", "tool_choice"].some((name) => isTouched(kit.definition, request, name))) continue;
        const { asked } = await send(kit, request);
        same([asked["tools"], asked["tool_choice"]], [[weatherTool], choice], {
          at: `tool_choice ${JSON.stringify(choice)}`,
        });
      }
    },
  },
  {
    name: "keeps-arguments-verbatim",
    by: "faults",
    title: "arguments are passed on verbatim: spaces, escapes, numbers, and invalid JSON",
    applies: ({ dialect }) => dialect.settings !== undefined,
    async run(kit) {
      for (const text of [
        '{"city": "Par',
        '{ "city":  "P\\u0061ris",\n "n": 1.0, "id": 12345678901234567890 }',
        "Paris",
      ]) {
        const toolCalls = [{ id: "abcDEF123", name: "get_weather", arguments: text }];
        const answer = kit.answer({ text: "", toolCalls });
        const whole = await chatFrom(kit, kit.whole(answer));
        const streamed = await streamFrom(kit, kit.stream(answer));
        same([whole.toolCalls, streamed.toolCalls], [toolCalls, toolCalls], { at: text });
      }
    },
  },
  {
    name: "reports-invalid-tool-calls",
    by: "faults",
    title:
      "a call that the endpoint itself rejects is `tool-call-invalid`, for a whole response and in the middle of a stream",
    applies: ({ errors, dialect }) =>
      dialect.framing === "sse" &&
      (errors?.some(({ code, example }) => code === "tool-call-invalid" && example !== undefined) ?? false),
    async run(kit) {
      const rule = kit.definition.errors!.find(
        ({ code, example }) => code === "tool-call-invalid" && example !== undefined,
      )!;
      const body = fillExample(rule, { parameter: "tools", value: "get_weather" })!;
      const fact = { path: "errors", value: rule.code, source: rule.source };
      const status = rule.status ?? 400;
      same(codeOf(await kit.rejection(chatFrom(kit, kit.json(status, body)))), rule.code, {
        at: `HTTP ${status}`,
        fact,
      });
      const inside = withStatus(body, status);
      const { pieces, ...head } = kit.stream(kit.answer({ text: "Let me see" }));
      const begun = pieces.slice(0, 3);
      const server = mockServer({
        ...head,
        pieces: [...begun, `event: error\ndata: ${JSON.stringify(inside)}\n\n`, "data: [DONE]\n\n"],
      });
      same(codeOf(await kit.rejection(kit.provider(server).stream(kit.request()).result)), rule.code, {
        at: "event: error in a 200",
        fact,
      });
    },
  },
  {
    name: "refuses-unsupported-tools",
    by: "requests",
    title: "if the endpoint takes no tools, a request with tools is refused before sending",
    applies: (definition) =>
      isRejected(definition, { model: definition.smallModel, messages: [], tools: [weatherTool] }, "tools"),
    async run(kit) {
      const server = mockServer(kit.whole(kit.answer()));
      const request = kit.request({ tools: [weatherTool] });
      truth(isEssential("tools", request["tools"]), "a request with tools", request);
      const error = await kit.rejection(kit.provider(server).chat(request));
      same([codeOf(error), server.requests.length], ["unsupported-parameter", 0], {
        fact: { path: "parameters.tools", value: kit.definition.parameters?.["tools"] },
      });
    },
  },
];

function framed(kit: Kit, deltas: readonly JsonObject[]): ReturnType<Kit["chunks"]> {
  const [head] = kit.wire.writeChunks(kit.answer({ text: "" }), kit.definition, false);
  const chunk = (delta: JsonObject, finish: string | null): JsonObject => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  return kit.chunks([...deltas.map((delta) => chunk(delta, null)), chunk({}, "tool_calls")]);
}

function callsOf(events: readonly ChatEvent[]): ToolCall[] {
  return events.flatMap((event) => (event.type === "tool-call" ? [event.toolCall] : []));
}

/** An error inside a 200 says by itself which status it would have been. */
function withStatus(body: unknown, status: number): unknown {
  const error = readPath(body, "error");
  return typeof error === "object" && error !== null
    ? { ...(body as object), error: { ...error, status_code: status } }
    : body;
}
