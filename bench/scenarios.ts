// The upstream's answers, the workers' requests, and the expected results. Nothing is random.
import type { Task, WireTool } from "./driver.ts";
import { memoize } from "./memoize.ts";

export type Expected = { text: string; reasoning?: string; toolCalls?: { name: string; arguments: string }[] };
export type Scenario = { events: string[]; expected: Expected };

const words = [" the", " stream", " of", " tokens", " naïve", " carries", " each", " word", " —", " 日本", " with"];
words.push(' "quotes"', "\n", " and", " 🙂", " more");
const word = (index: number): string => words[(index * 7 + (index >> 4)) % words.length]!;

const head =
  '{"id":"chatcmpl-bench0001","object":"chat.completion.chunk","created":1763769600,"model":"bench-model","system_fingerprint":"fp_bench","choices":';
const usage = '"usage":{"prompt_tokens":12,"completion_tokens":2000,"total_tokens":2012}';

function chunk(delta: object, finishReason: string | null = null): string {
  const choice = `{"index":0,"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":${JSON.stringify(finishReason)}}`;
  return `data: ${head}[${choice}]}\n\n`;
}

function answer(deltas: object[], finishReason: string, expected: Expected): Scenario {
  const first = chunk({ role: "assistant", content: "" });
  const last = [chunk({}, finishReason), `data: ${head}[],${usage}}\n\n`, "data: [DONE]\n\n"];
  return { events: [first, ...deltas.map((delta) => chunk(delta)), ...last], expected };
}

function text(length: number): Scenario {
  const pieces = Array.from({ length }, (_, index) => word(index));
  return answer(
    pieces.map((content) => ({ content })),
    "stop",
    { text: pieces.join("") },
  );
}

function reasoning(length: number, toDelta: (thought: string) => object): Scenario {
  const thoughts = Array.from({ length }, (_, index) => word(index + 3));
  const pieces = Array.from({ length }, (_, index) => word(index));
  return answer([...thoughts.map(toDelta), ...pieces.map((content) => ({ content }))], "stop", {
    text: pieces.join(""),
    reasoning: thoughts.join(""),
  });
}

/** Every delta has `name`, because one client requires it. */
function tool(length: number, name?: string): Scenario {
  const inner = Array.from({ length: length - 2 }, (_, index) => JSON.stringify(word(index)).slice(1, -1));
  const pieces = ['{"query":"', ...inner, '"}'];
  const opening = { index: 0, id: "call_b1", type: "function", function: { name: "search", arguments: "" } };
  const deltas = pieces.map((piece) => ({
    tool_calls: [{ index: 0, function: { ...(name && { name }), arguments: piece } }],
  }));
  return answer([{ tool_calls: [opening] }, ...deltas], "tool_calls", {
    text: "",
    toolCalls: [{ name: "search", arguments: pieces.join("") }],
  });
}

const thinkingPart = (thought: string): object => ({
  content: [{ type: "thinking", thinking: [{ type: "text", text: thought }] }],
});

const make: Record<string, () => Scenario> = {
  text20: () => text(20),
  text500: () => text(500),
  text2000: () => text(2000),
  text20000: () => text(20_000),
  reasoning1000: () => reasoning(1000, (thought) => ({ reasoning_content: thought })),
  "reasoning1000.parts": () => reasoning(1000, thinkingPart),
  tool1000: () => tool(1000),
  tool4000: () => tool(4000),
  "tool1000.named": () => tool(1000, "search"),
  "tool4000.named": () => tool(4000, "search"),
};

export const scenario = memoize((name): Scenario => {
  const found = make[name];
  if (!found) throw new Error(`Unknown scenario: ${name}.`);
  return found();
});

export const chatText = "A short answer with naïve accents and an emoji 🙂.";
export const chatBody = JSON.stringify({
  id: "chatcmpl-bench0002",
  object: "chat.completion",
  created: 1763769600,
  model: "bench-model",
  system_fingerprint: "fp_bench",
  choices: [{ index: 0, message: { role: "assistant", content: chatText }, logprobs: null, finish_reason: "stop" }],
  usage: { prompt_tokens: 12, completion_tokens: 12, total_tokens: 24 },
});

/** As long as real keys: a client that removes keys from its output has more work with a long one. */
export const apiKey = "sk-bench-0123456789abcdef0123456789abcdef";

export const messages: Task["messages"] = [
  { role: "system", content: "You are terse." },
  { role: "user", content: "Say something." },
];
const parameters = {
  type: "object",
  properties: { query: { type: "string" } },
  required: ["query"],
  additionalProperties: false,
};
const tools: WireTool[] = [
  { type: "function", function: { name: "search", description: "Search the web", parameters } },
];

export type Run = {
  kind: "stream" | "chat";
  scenario: string;
  /** Set if the run has only one shape. */
  shape?: string;
  /** Calls in a sample, and how many of them run at once. */
  calls: number;
  parallel: boolean;
};

export const runs: Record<string, Run> = {
  first: { kind: "stream", scenario: "text20", shape: "first", calls: 20, parallel: false },
  text2000: { kind: "stream", scenario: "text2000", calls: 1, parallel: false },
  text20000: { kind: "stream", scenario: "text20000", calls: 1, parallel: false },
  tool1000: { kind: "stream", scenario: "tool1000", calls: 1, parallel: false },
  tool4000: { kind: "stream", scenario: "tool4000", calls: 1, parallel: false },
  reasoning1000: { kind: "stream", scenario: "reasoning1000", calls: 1, parallel: false },
  chat200: { kind: "chat", scenario: "text20", shape: "one", calls: 200, parallel: false },
  parallel64: { kind: "stream", scenario: "text500", calls: 64, parallel: true },
};

export function taskOf(run: Run, shape: string, port: number): Task {
  return {
    baseURL: `http://127.0.0.1:${port}/${run.scenario}/${run.shape ?? shape}/v1`,
    apiKey,
    model: "bench-model",
    messages,
    ...(run.scenario.startsWith("tool") && { tools }),
  };
}
