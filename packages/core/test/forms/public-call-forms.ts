import { completion, delta, done, finish } from "../support/fake-fetch.ts";
import { answered, call, type Form, oslo, streamed, wantedCall } from "./form.ts";

const gh = "https://github.com/";
const hi = delta({ content: "Hi" });

const at = (...calls: object[]): object => delta({ tool_calls: calls });
const fn = (name: unknown, text: unknown): object => ({ function: { name, arguments: text } });
/** Tool calls from public threads, rewritten for these tests. Each names its thread. */
export const publicCallForms: readonly Form[] = [
  streamed(
    `arguments at an index that drifts, without id and name (${gh}dirac-run/dirac/pull/215)`,
    [
      at({ index: 0, id: "t1", ...fn("weather", "") }),
      at({ index: 1, function: { arguments: '{"city":' } }),
      at({ index: 2, function: { arguments: '"Oslo"}' } }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall] },
  ),
  streamed(
    `the first call has the index 1 (${gh}pipecat-ai/pipecat/issues/4987)`,
    [
      at({ index: 1, id: "t1", ...fn("weather", "") }),
      at({ index: 1, id: null, ...fn(null, oslo) }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall] },
  ),
  streamed(
    `two entries of one index in the first chunk (${gh}openai/openai-python/pull/3377)`,
    [
      at({ index: 0, id: "t1", ...fn("weather", "") }, { index: 0, function: { arguments: '{"city":' } }),
      at({ index: 0, function: { arguments: '"Oslo"}' } }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall] },
  ),
  streamed(
    `ids "0" and "1" at index 0 (${gh}InternLM/lmdeploy/issues/3412, SGLang)`,
    [
      at({ index: 0, id: "0", ...fn("weather", "") }),
      at({ index: 0, id: "0", ...fn(null, oslo) }),
      at({ index: 0, id: "1", ...fn("weather", "") }),
      at({ index: 0, id: "1", ...fn(null, oslo) }),
      finish("tool_calls"),
      done,
    ],
    { toolNames: ["weather", "weather"], uniqueIds: true },
  ),
  streamed(
    `empty ids in later pieces, the second call at index 0 (${gh}InternLM/lmdeploy/issues/3412, vLLM)`,
    [
      at({ index: 0, id: "a", ...fn("weather", "") }),
      at({ index: 0, id: "", ...fn(null, oslo) }),
      at({ index: 0, id: "b", ...fn("weather", "") }),
      at({ index: 0, id: "", ...fn(null, oslo) }),
      finish("tool_calls"),
      done,
    ],
    { toolNames: ["weather", "weather"], uniqueIds: true },
  ),
  streamed(
    `the name and the id in each function (${gh}ggml-org/llama.cpp/pull/13800)`,
    [
      at({ index: 0, type: "function", function: { id: "t1", name: "weather", arguments: '{"city":' } }),
      at({ index: 0, type: "function", function: { id: "t1", name: "weather", arguments: '"Oslo"}' } }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall] },
  ),
  streamed(`empty lists before the end (${gh}vllm-project/vllm/issues/54701)`, [at(), hi, at(), finish("stop"), done], {
    text: "Hi",
    toolCalls: [],
    finishReason: "stop",
  }),
  streamed(
    `words between two calls (${gh}ai-dynamo/dynamo/pull/4723)`,
    [
      at({ index: 0, id: "a", ...fn("add", '{"b":2}') }),
      delta({ content: "\n" }),
      at({ index: 0, id: "b", ...fn("weather", oslo) }),
      finish("tool_calls"),
      done,
    ],
    { toolNames: ["add", "weather"], uniqueIds: true },
  ),
  streamed(
    `no index, ids on the first pieces (${gh}jin-bo/agentao/pull/117)`,
    [
      at({ id: "a", ...fn("weather", '{"city":') }),
      at({ function: { arguments: '"Oslo"}' } }),
      at({ id: "b", ...fn("time", "{}") }),
      finish("tool_calls"),
      done,
    ],
    { toolNames: ["weather", "time"], uniqueIds: true },
  ),
  streamed(
    `arguments as an object in a stream (${gh}BerriAI/litellm/pull/37792)`,
    [at({ index: 0, id: "t1", ...fn("weather", { city: "Oslo" }) }), finish("stop"), done],
    { toolCalls: [wantedCall], finishReason: "tool-calls" },
  ),
  streamed(
    `the opening brace with the name (${gh}ggml-org/llama.cpp/issues/22722)`,
    [
      at({ index: 0, id: "t1", ...fn("weather", "{") }),
      at({ index: 0, function: { arguments: '"city":"Oslo"}' } }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall] },
  ),
  streamed(
    `a name in pieces, the id and the arguments repeated empty (${gh}MoonshotAI/kimi-code/issues/3220)`,
    [
      at({ index: 0, id: "t1", ...fn("wea", "") }),
      at({ index: 0, id: "t1", ...fn("ther", "") }),
      at({ index: 0, id: "t1", ...fn("", oslo) }),
      finish("tool_calls"),
      done,
    ],
    { toolCalls: [wantedCall] },
  ),
  streamed(
    `calls in turn by index, ids once (${gh}QwenLM/Qwen-Agent/pull/943)`,
    [
      at({ index: 0, id: "a", ...fn("weather", '{"ci') }),
      at({ index: 1, id: "b", ...fn("time", '{"z') }),
      at({ index: 0, function: { arguments: 'ty":1}' } }),
      at({ index: 1, function: { arguments: '":2}' } }),
      finish("tool_calls"),
      done,
    ],
    {
      toolCalls: [
        { id: "a", arguments: '{"city":1}' },
        { id: "b", arguments: '{"z":2}' },
      ],
    },
  ),
  answered(
    `a long id that carries a signature (${gh}BerriAI/litellm/pull/16895)`,
    completion({ content: null, tool_calls: [{ ...call, id: `call_1__thought__${"A".repeat(900)}` }] }, "tool_calls"),
    { toolNames: ["weather"], messageHas: "/__thought__A{900}/" },
  ),
  answered(`tool_calls null and an empty list`, completion({ content: "Hi", tool_calls: null }), {
    text: "Hi",
    toolCalls: [],
  }),
];
