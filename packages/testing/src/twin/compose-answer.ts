import { createHash } from "node:crypto";
import type { ChatRequest, Definition, Json } from "@llm-provider/core";
import { modelInfo, readPath } from "@llm-provider/core/internal";
import { canonicalJson } from "../cassette/build-cassette.ts";
import type { Answer, Wire } from "../wire/wire.ts";
import { composeToolCalls, readPrompt, sampleValue } from "./compose-tool-calls.ts";

const charactersPerToken = 4;

/**
 * A twin's answer: made from the request alone, so that the same request always gets the same answer, ids included.
 * `stream` does not count: a stream has the same content as the whole answer. `created` is a fixed day.
 */
export function composeAnswer(
  definition: Definition,
  wire: Wire,
  request: ChatRequest,
  script: Partial<Answer> = {},
): Answer {
  const { stream: _stream, stream_options: _options, ...said } = request;
  const seed = createHash("sha256").update(canonicalJson(said)).digest("hex");
  const prompt = readPrompt(request);
  const toolCalls = script.toolCalls ?? composeToolCalls(definition, request, prompt, seed);
  const thoughts =
    script.reasoning ??
    (isReasoningOn(definition, request) ? `The user says: ${prompt.text} I think about it – briefly.` : "");
  const reasoning = wire.hidesReasoning ? "" : thoughts;
  const full = script.text ?? (toolCalls.length > 0 ? "" : composeText(definition, request, prompt));
  const { text, isCut, isStopped } = cut(full, request);
  const { finishReasons } = wire;
  const finishReason = isCut
    ? finishReasons.length
    : !isStopped && toolCalls.length > 0
      ? finishReasons["tool-calls"]
      : finishReasons.stop;
  const input = Math.max(2, Math.ceil(canonicalJson(request.messages).length / charactersPerToken));
  const thought = Math.ceil(thoughts.length / charactersPerToken);
  const spoken = Math.ceil((text + toolCalls.map((call) => call.arguments).join("")).length / charactersPerToken);
  return {
    id: `twin-${seed.slice(0, 20)}`,
    model: request.model,
    created: 1_790_000_000,
    ...(typeof request.n === "number" && request.n > 1 && { choices: request.n }),
    text,
    toolCalls,
    finishReason,
    ...(reasoning !== "" && { reasoningDetails: [sign(reasoning)] }),
    tokens: {
      input,
      output: Math.min(limitOf(request), Math.max(1, spoken + thought)) * (request.n ?? 1),
      ...(reportsCache(definition, request.model) && { cached: Math.ceil(input / 2) }),
      ...(thought > 0 && { reasoning: thought }),
    },
    extra: { ...composeExtra(definition), ...composeLogprobs(request, text) },
    ...script,
    reasoning,
  };
}

/** Words that only a correct UTF-8 reader keeps whole. */
function composeText(
  { name }: Definition,
  request: ChatRequest,
  { text, instructions, toolResults, words }: ReturnType<typeof readPrompt>,
): string {
  const format = readPath(request, "response_format.type");
  if (format === "json_schema")
    return JSON.stringify(sampleValue(readPath(request, "response_format.json_schema.schema") as Json, [...words]));
  if (format === "json_object")
    return JSON.stringify(
      sampleValue(
        (readPath(request, "response_format.schema") as Json) ??
          schemaIn(instructions) ?? { type: "object", properties: { answer: {} } },
        [...words],
      ),
    );
  if (toolResults.length > 0) return `The tool says: ${toolResults.join(" ")}`;
  return `This is the twin of ${name}, no model: grüße, 你好, 👋🏽. You said: ${text}`;
}

/** The schema that a prompt contains, as a model in JSON mode would find it. */
function schemaIn(instructions: string): Json | undefined {
  const [, text] = /JSON Schema\b[^{]*(\{.*\})/is.exec(instructions) ?? [];
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** The most tokens that the answer may have. */
function limitOf(request: ChatRequest): number {
  const limit: unknown = request["max_completion_tokens"] ?? request.max_tokens;
  return typeof limit === "number" ? limit : Number.POSITIVE_INFINITY;
}

/** `stop` and the token limit, as an endpoint applies them. */
function cut(full: string, request: ChatRequest): { text: string; isCut: boolean; isStopped: boolean } {
  const stops = [request.stop ?? []].flat().filter((stop) => stop !== "");
  const ends = stops.map((stop) => full.indexOf(stop)).filter((index) => index >= 0);
  const text = ends.length > 0 ? full.slice(0, Math.min(...ends)) : full;
  const most = limitOf(request) * charactersPerToken;
  const isCut = text.length > most;
  // Not through the middle of a character.
  return {
    text: isCut
      ? text
          .slice(0, most)

          .replace(/[\uD800-\uDBFF]$/, "")
      : text,
    isCut,
    isStopped: ends.length > 0,
  };
}

function reportsCache(definition: Definition, model: string): boolean {
  return modelInfo(definition, model)?.price?.cached !== undefined;
}

function sign(text: string): Json {
  return {
    type: "reasoning.text",
    text,
    signature: createHash("sha256").update(text).digest("base64"),
    format: "unknown",
    index: 0,
  };
}

/** A value for each field that the definition passes on, except those of error bodies. */
function composeExtra({ metadata = [] }: Definition): { [path: string]: Json } {
  const paths = metadata.filter((path) => !path.startsWith("header:") && !path.startsWith("error."));
  return Object.fromEntries(paths.map((path) => [path, `twin-${path}`]));
}

/** The probabilities of the first word, if they were requested. */
function composeLogprobs(request: ChatRequest, text: string): { [path: string]: Json } {
  if (request.logprobs !== true || text === "") return {};
  const [token] = text.split(" ");
  return { "choices.0.logprobs": { content: [{ token: token!, logprob: -0.25, top_logprobs: [] }] } };
}

/** Does the requested model reason? Its `features` say whether it can; the request may switch it on or off. */
export function isReasoningOn(definition: Definition, request: ChatRequest): boolean {
  const info = modelInfo(definition, request.model);
  const switches: [path: string, off: readonly unknown[]][] = [
    ["thinking.type", ["disabled"]],
    ["reasoning_effort", ["none"]],
    ["reasoning.effort", ["none"]],
    ["reasoning.enabled", [false]],
    ["reasoning.exclude", [true]],
    ["include_reasoning", [false]],
    ["reasoning_format", ["hidden"]],
    ["think", [false]],
  ];
  const values = switches.map(([path, off]) => ({ value: readPath(request, path), off }));
  if (values.some(({ value, off }) => off.includes(value))) return false;
  if (info) return !info.retired && (info.features?.includes("reasoning") ?? false);
  return values.some(({ value }) => value !== undefined && value !== null);
}
