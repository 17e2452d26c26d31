import { chatCompletions, defineProvider, type Json, type JsonObject, runTools } from "@llm-provider/core";
import { readPath } from "@llm-provider/core/internal";
import { within } from "../kit/clock.ts";
import { codeOf, plain, same, truth } from "../kit/expect.ts";
import type { MockResponse } from "../server/mock-response.ts";
import { mockServer, type ReceivedRequest } from "../server/mock-server.ts";
import { chatCompletionsWire } from "../wire/chat-completions-wire.ts";
import { type ToolCheck } from "./tool-kit.ts";
import { rejectionOf } from "../kit/expect.ts";
import { answered } from "./tool-kit.ts";
import { toResponse } from "../cassette/recorded-response.ts";

/** How a tool is called: by code, and by a model. */
export const toolCallChecks: readonly ToolCheck[] = [
  {
    name: "describes-itself",
    by: "requests",
    title: "the tool describes itself as models and endpoints expect: a name, a description, a schema of an object",
    run(kit) {
      const { spec, id } = kit.tool([]).tool;
      const { name, description, parameters } = spec.function;
      same(
        [id, spec.type, name, description],
        [kit.definition.id, "function", kit.definition.name, kit.definition.description],
      );
      truth(/^[a-zA-Z0-9_-]{1,64}$/.test(name), "a name of letters, digits, _ and -", name);
      same(readPath(parameters, "type"), "object", { at: "parameters.type" });
      const properties = Object.entries((readPath(parameters, "properties") ?? {}) as JsonObject);
      for (const [property, schema] of properties) {
        const isTyped = ["type", "enum", "anyOf", "oneOf", "const", "$ref"].some(
          (word) => readPath(schema, word) !== undefined,
        );
        truth(isTyped, "a schema that lists its properties", schema, { at: `parameters.properties.${property}` });
      }
      const known = new Set(properties.map(([property]) => property));
      const required = (readPath(parameters, "required") ?? []) as string[];
      same(
        required.filter((property) => !known.has(property)),
        [],
        { at: "required, but no property" },
      );
      same(JSON.parse(JSON.stringify(spec)), spec, { at: "the spec as JSON" });
    },
  },
  {
    name: "checks-its-input",
    by: "requests",
    title: "input that does not fit the schema is an error before any request; recorded input fits",
    async run(kit) {
      const [good] = kit.runs;
      const { tool, requests } = kit.tool([]);
      const bad = badInputs(tool.spec.function.parameters, good?.input ?? {});
      for (const { at, input } of bad) {
        same(codeOf(await rejectionOf(tool.execute(input), at)), "tool-call-invalid", { at });
        same(codeOf(await rejectionOf(tool.call(JSON.stringify(input)), at)), "tool-call-invalid", {
          at: `${at}, as text`,
        });
      }
      same(codeOf(await rejectionOf(tool.call('{"broken'), "arguments of invalid JSON")), "tool-call-invalid", {
        at: "arguments of invalid JSON",
      });
      same(requests.length, 0, { at: "requests" });
      for (const run of kit.runs) {
        const { error } = await kit.replay(run);
        truth(codeOf(error) !== "tool-call-invalid", "an input that fits", error, {
          at: JSON.stringify(run.input),
          cassette: run.label,
        });
      }
    },
  },
  {
    name: "stops-when-asked",
    by: "faults",
    title: "an abort and a timeout end a run at once, and its request; an abort before the call sends nothing",
    async run(kit) {
      const [run] = kit.runs;
      if (!run) return;
      const before = kit.tool([]);
      const early = await rejectionOf(
        before.tool.execute(run.input, { signal: AbortSignal.abort() }),
        "an abort before",
      );
      same([codeOf(early), before.requests.length], ["aborted", 0], { at: "an abort before" });
      const silent: MockResponse = { ...toResponse(run.interactions[0]!), hang: "headers" };
      const controller = new AbortController();
      const asked = kit.tool(silent);
      const call = asked.tool.execute(run.input, { signal: controller.signal });
      setTimeout(() => controller.abort(), 10);
      same(codeOf(await rejectionOf(within(call, "a rejection"), "an abort")), "aborted", {
        at: "an abort while it waits",
      });
      await ended(asked.requests, "an abort while it waits");
      const slow = kit.tool(silent, { timeout: 20 });
      const late = slow.tool.execute(run.input);
      same(codeOf(await rejectionOf(within(late, "a rejection"), "a timeout")), "timeout", { at: "a timeout" });
      await ended(slow.requests, "a timeout");
    },
  },
  {
    name: "works-with-a-model",
    by: "cassettes",
    title: "a model can call it: its spec is sent, its arguments are read, its text is sent back",
    async run(kit) {
      for (const run of answered(kit).slice(0, 3)) {
        const { tool } = kit.tool(run.interactions.map(toResponse));
        const wanted = await kit
          .tool(run.interactions.map(toResponse))
          .tool.call(JSON.stringify(run.input))
          .catch(() => undefined);
        if (wanted === undefined) continue;
        const toolCalls = [{ id: "call_1", name: tool.spec.function.name, arguments: JSON.stringify(run.input) }];
        const answers = [
          answer({ text: "", toolCalls, finishReason: "tool_calls" }),
          answer({ text: "Done.", toolCalls: [], finishReason: "stop" }),
        ];
        const server = mockServer((index) => answers[Math.min(index, 1)]!);
        const { text } = await runTools(
          provider(server.options),
          { model: "any", messages: [{ role: "user", content: "Go." }] },
          [tool as never],
        );
        const [first, second] = server.requests.map((request) => JSON.parse(request.text) as JsonObject);
        same(readPath(first, "tools.0"), plain(tool.spec), { at: "the spec", cassette: run.label });
        same(
          [readPath(second, "messages.2.role"), readPath(second, "messages.2.content"), text],
          ["tool", wanted, "Done."],
          { at: "the text that goes back", cassette: run.label },
        );
      }
    },
  },
];

/** The signal reached the tool's own `fetch`: the request is given up too, not only the promise. */
async function ended(requests: readonly ReceivedRequest[], at: string): Promise<void> {
  for (const { disconnected } of requests)
    await within(disconnected, "the request ended: pass `signal` on to the `fetch` of the tool", { at }, 1000);
}

const definition = {
  id: "any",
  name: "Any",
  docs: "https://any.test",
  baseURL: "https://any.test",
  auth: "none",
  dialect: chatCompletions(),
  models: { any: { source: ["https://any.test", "2026-11-22"] } },
  smallModel: "any",
} as const;

function provider(options: {
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}): ReturnType<ReturnType<typeof defineProvider>> {
  return defineProvider(definition)({ maxRetries: 0, ...options });
}

function answer(parts: {
  text: string;
  toolCalls: { id: string; name: string; arguments: string }[];
  finishReason: string;
}): MockResponse {
  const whole = chatCompletionsWire.writeAnswer(
    { id: "1", model: "any", created: 1, reasoning: "", extra: {}, ...parts },
    definition,
  );
  return { status: 200, headers: { "content-type": "application/json" }, pieces: [JSON.stringify(whole)] };
}

/** Inputs that a schema does not admit: without required fields, and with values of another type. */
export function badInputs(schema: object | undefined, good: JsonObject): { at: string; input: Json }[] {
  const required = (readPath(schema, "required") ?? []) as readonly string[];
  const properties = (readPath(schema, "properties") ?? {}) as JsonObject;
  const missing = required.map((name) => ({
    at: `without ${name}`,
    input: Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)) as JsonObject,
  }));
  const wrong = Object.entries(properties).flatMap(([name, property]) => {
    const type = readPath(property, "type");
    if (typeof type !== "string") return [];
    return [{ at: `${name} of another type`, input: { ...good, [name]: type === "object" ? [] : { not: "this" } } }];
  });
  return [...missing, ...wrong, { at: "a list", input: [] }, { at: "null", input: null }];
}
