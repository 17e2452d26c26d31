import type { Json, JsonObject } from "@llm-provider/core";
import type { Answer } from "../src/answer.ts";

/** The real behaviour of an endpoint for one parameter. It shares no code with the probe, because the verdicts are compared with it. */
export type Truth =
  | { kind: "accepted" }
  | { kind: "rejected"; status: number }
  | { kind: "onlyDefault"; status: number; default: Json }
  | { kind: "ignored" }
  | { kind: "renamed"; to: string; status: number }
  | { kind: "range"; min: number; max: number; status: number }
  | { kind: "values"; refused: string[]; status: number };

export type Style = "pydantic" | "param" | "sentence" | "quoted" | "nested" | "foreign" | "empty" | "text";
export type Naming = "all" | "first" | "none" | "wrong" | "gone";

export interface EndpointModel {
  truths: { [name: string]: Truth };
  unknown: "ignored" | "rejected";
  style: Style;
  naming: Naming;
  conflicts: [string, string][];
  /** Wrong types are refused, accepted, or only strings are coerced. */
  types: "strict" | "taken" | "coerces";
  minTokens: number;
  /** Names the first fault in the order of the request, or of the endpoint's own list. */
  order: "request" | "own";
  stream: "both" | "only" | "never";
  /** Gives the same sentence for every refusal, whatever its cause. */
  uniform: boolean;
  seed: number;
}

export function random(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const fields: { readonly [name: string]: { type: string; default?: Json; needs?: string } } = {
  temperature: { type: "number", default: 1 },
  top_p: { type: "number", default: 1 },
  max_tokens: { type: "integer" },
  max_completion_tokens: { type: "integer" },
  n: { type: "integer", default: 1 },
  stop: { type: "stop" },
  seed: { type: "integer" },
  presence_penalty: { type: "number", default: 0 },
  frequency_penalty: { type: "number", default: 0 },
  logit_bias: { type: "object" },
  logprobs: { type: "boolean", default: false },
  top_logprobs: { type: "integer", needs: "logprobs" },
  user: { type: "string" },
  tools: { type: "list" },
  tool_choice: { type: "choice", needs: "tools" },
  parallel_tool_calls: { type: "boolean", needs: "tools" },
  response_format: { type: "object" },
  stream_options: { type: "object", needs: "stream" },
  reasoning_effort: { type: "string" },
  store: { type: "boolean" },
  metadata: { type: "object" },
  service_tier: { type: "string" },
  top_k: { type: "integer" },
  min_p: { type: "number" },
  repetition_penalty: { type: "number", default: 1 },
  verbosity: { type: "string" },
  prompt_cache_key: { type: "string" },
  safety_identifier: { type: "string" },
};

const ranges: { [name: string]: [number, number][] } = {
  temperature: [
    [0, 2],
    [0, 1],
    [0, 0.5],
  ],
  top_p: [
    [0, 1],
    [0.01, 1],
    [0, 0.8],
  ],
  top_k: [
    [1, 100],
    [1, 20],
    [0, 40],
  ],
  presence_penalty: [
    [-2, 2],
    [0, 0.3],
  ],
  frequency_penalty: [[-2, 2]],
  min_p: [[0, 1]],
  repetition_penalty: [
    [0, 2],
    [1, 1.08],
  ],
  n: [
    [1, 8],
    [1, 128],
  ],
  top_logprobs: [
    [0, 20],
    [0, 5],
    [0, 1],
  ],
};
const lists: { [name: string]: string[][] } = {
  reasoning_effort: [["none", "minimal"], ["low"], ["low", "medium", "high"]],
  service_tier: [["flex"], ["auto"]],
  tool_choice: [["required"], ["auto"]],
  response_format: [["json_schema"], ["json_object"]],
  verbosity: [["low"]],
};

export function randomModel(seed: number): EndpointModel {
  const next = random(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const status = pick([400, 400, 422]);
  const share = pick([0.05, 0.2, 0.35, 0.5]);
  const ignoredShare = pick([0, 0.1, 0.3]);
  const truths: EndpointModel["truths"] = {};
  for (const name of Object.keys(fields)) {
    const dice = next();
    const isDefaultKnown = fields[name]!.default !== undefined && name !== "n";
    if (dice < share)
      truths[name] =
        isDefaultKnown && next() < 0.15
          ? { kind: "onlyDefault", status, default: fields[name]!.default! }
          : { kind: "rejected", status };
    else if (dice < share + ignoredShare) truths[name] = { kind: "ignored" };
    else if (next() < 0.25 && ranges[name]) {
      const [min, max] = pick(ranges[name]);
      truths[name] = { kind: "range", min, max, status };
    } else if (next() < 0.25 && lists[name]) truths[name] = { kind: "values", refused: pick(lists[name]), status };
    else truths[name] = { kind: "accepted" };
  }
  const conflicts: [string, string][] = [];
  const taken = (name: string): boolean => ["accepted", "range"].includes(truths[name]!.kind);
  for (const pair of [
    ["max_tokens", "max_completion_tokens"],
    ["temperature", "top_p"],
    ["tools", "response_format"],
    ["temperature", "reasoning_effort"],
    ["top_k", "seed"],
  ] as [string, string][])
    if (next() < 0.12 && pair.every(taken)) conflicts.push(pair);
  // A rename to an existing field.
  if (next() < 0.3 && truths["max_completion_tokens"]!.kind === "accepted")
    truths["max_tokens"] = { kind: "renamed", to: "max_completion_tokens", status };
  if (next() < 0.2) truths["seed"] = { kind: "renamed", to: "random_seed", status };
  if (next() < 0.1 && truths["safety_identifier"]!.kind === "accepted")
    truths["user"] = { kind: "renamed", to: "safety_identifier", status };
  return {
    truths,
    unknown: pick(["ignored", "rejected"]),
    style: pick(["pydantic", "param", "sentence", "quoted", "nested", "text", "text", "foreign", "empty"] as const),
    naming: pick(["all", "all", "first", "first", "none", "wrong", "gone"] as const),
    conflicts,
    types: pick(["strict", "strict", "taken", "coerces"] as const),
    minTokens: pick([1, 1, 1, 16]),
    order: pick(["request", "own"] as const),
    stream: "both",
    uniform: next() < 0.4,
    seed,
  };
}

interface Fault {
  name: string;
  status: number;
  message: string;
  /** The order of checks: an endpoint checks names, then types, then values. */
  rank: number;
}

/** One request, one answer. */
export function createEndpoint(model: EndpointModel): (body: JsonObject) => Answer {
  const next = random(model.seed + 77);
  const ownOrder = Object.fromEntries(Object.keys(fields).map((name) => [name, next()]));
  return (body) => {
    const isStream = body["stream"] === true;
    if (model.stream === "only" && !isStream)
      return refusal(model, body, next, [
        { name: "stream", status: 400, message: "This endpoint only serves streams: set stream to true", rank: 0 },
      ]);
    if (model.stream === "never" && isStream)
      return refusal(model, body, next, [
        { name: "stream", status: 400, message: "Streaming is not supported here", rank: 0 },
      ]);
    const faults = faultsOf(model, body);
    if (model.order === "own") faults.sort((a, b) => (ownOrder[a.name] ?? 0.5) - (ownOrder[b.name] ?? 0.5));
    faults.sort((a, b) => a.rank - b.rank);
    const [first] = faults;
    if (first)
      return refusal(
        model,
        body,
        next,
        faults.filter(({ rank }) => rank === first.rank),
      );
    return complete(model, body, isStream);
  };
}

function faultsOf({ truths, unknown, types, minTokens, conflicts }: EndpointModel, body: JsonObject): Fault[] {
  const faults: Fault[] = [];
  const renames = new Map(
    Object.values(truths).flatMap((truth) => (truth.kind === "renamed" ? [[truth.to, true] as const] : [])),
  );
  for (const [name, value] of Object.entries(body)) {
    if (["model", "messages", "stream"].includes(name) || value === undefined) continue;
    const field = fields[name];
    const truth = truths[name];
    if (!field || !truth) {
      if (renames.has(name)) {
        if (types === "strict" && typeof value !== "number" && typeof value !== "string")
          faults.push({ name, status: 400, message: `Invalid type for ${name}`, rank: 1 });
      } else if (unknown === "rejected")
        faults.push({ name, status: 400, message: `Unknown parameter: ${name}`, rank: 0 });
      continue;
    }
    if (truth.kind === "ignored") continue;
    const fault = (message: string, rank = 2): unknown =>
      faults.push({ name, status: "status" in truth ? truth.status : 400, message, rank });
    if (truth.kind === "rejected") fault(`Unsupported parameter: ${name}`, 0);
    else if (truth.kind === "renamed") fault(`Unsupported parameter: ${name}. Use '${truth.to}' instead.`, 0);
    else if (!isOfType(field.type, value) && types !== "taken" && !(types === "coerces" && typeof value === "string"))
      fault(`Invalid type for ${name}: expected ${field.type}`, 1);
    else if (truth.kind === "onlyDefault" && value !== truth.default)
      fault(`Unsupported value: ${name} does not support ${JSON.stringify(value)}. Only the default is supported.`);
    else if (truth.kind === "range" && typeof value === "number" && !(value >= truth.min && value <= truth.max))
      fault(`${name} must be between ${truth.min} and ${truth.max}`);
    else if (truth.kind === "values") {
      const word = typeof value === "string" ? value : ((value as JsonObject)["type"] as string);
      if (truth.refused.includes(word)) fault(`Unsupported value for ${name}: ${word}`);
    }
    if (field.needs && body[field.needs] === undefined) fault(`${name} is only allowed when ${field.needs} is set`, 2);
    if (["max_tokens", "max_completion_tokens"].includes(name) && typeof value === "number" && value < minTokens)
      fault(`${name}: integer below minimum value. Expected a value >= ${minTokens}, but got ${value}`);
  }
  for (const [a, b] of conflicts)
    if (body[a] !== undefined && body[b] !== undefined)
      faults.push({ name: a, status: 400, message: `${a} cannot be set together with ${b}`, rank: 3 });
  return faults;
}

function isOfType(type: string, value: Json | undefined): boolean {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "object":
      return isObject;
    case "list":
      return Array.isArray(value);
    case "stop":
      return typeof value === "string" || Array.isArray(value);
    case "choice":
      return typeof value === "string" || isObject;
    default:
      return typeof value === type;
  }
}

function refusal(model: EndpointModel, body: JsonObject, next: () => number, faults: Fault[]): Answer {
  const { style, naming } = model;
  const sent = Object.keys(body).filter((name) => name in fields);
  let told = naming === "first" ? faults.slice(0, 1) : faults;
  if (naming === "wrong") {
    const innocent = sent.filter((name) => !faults.some((fault) => fault.name === name));
    const name = innocent[Math.floor(next() * innocent.length)] ?? "model";
    told = [{ ...faults[0]!, name, message: `Unsupported parameter: ${name}` }];
  }
  if (model.uniform) told = told.map((fault) => ({ ...fault, message: `Unsupported parameter: ${fault.name}` }));
  if (naming === "gone") told = [{ ...faults[0]!, name: "frequency_bias", message: "Unsupported parameter: top_a" }];
  if (naming === "none") told = [{ ...faults[0]!, name: "", message: "The request is not valid." }];
  const status = faults[0]!.status;
  const json = write(style, told);
  const words = typeof json === "string" ? json : textIn(json);
  return { outcome: "refused", status, words, body: json };
}

function write(style: Style, told: Fault[]): Json {
  const [{ name, message }] = told as [Fault];
  switch (style) {
    case "pydantic":
      return {
        detail: told.map((one) => ({ type: "extra_forbidden", loc: ["body", one.name], msg: one.message, input: 1 })),
      };
    case "param":
      return {
        error: { message: told.map((one) => one.message).join("; "), type: "invalid_request_error", param: name },
      };
    case "sentence":
      return { error: told.map((one) => `The parameter ${one.name} is not possible: ${one.message}`).join(". ") };
    case "quoted":
      return {
        message: told.map((one) => `'${one.name}': ${one.message.replace(one.name, `\`${one.name}\``)}`).join("\n"),
      };
    case "nested":
      return { errors: [told.map((one) => ({ field: one.name, reason: one.message }))] };
    case "foreign":
      return { error: { message: "请求参数无效", code: 1210 } };
    case "empty":
      return "";
    case "text":
      return { error: { message, code: null } };
  }
}

function textIn(json: Json): string {
  if (typeof json === "string") return json;
  if (typeof json !== "object" || json === null) return "";
  return Object.values(json)
    .map((value) => textIn(value as Json))
    .join(" ");
}

const said =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen";

function complete({ truths }: EndpointModel, body: JsonObject, isStream: boolean): Answer {
  const does = (name: string): boolean => body[name] !== undefined && truths[name]?.kind !== "ignored";
  const format = does("response_format") ? ((body["response_format"] as JsonObject)["type"] as string) : "text";
  let text = format === "text" ? said : `{"answer":"${said}"}`;
  if (does("stop"))
    for (const stop of [body["stop"]].flat() as Json[])
      if (typeof stop === "string" && text.includes(stop)) text = text.slice(0, text.indexOf(stop));
  const isForced = does("tools") && does("tool_choice") && body["tool_choice"] === "required";
  const call = { index: 0, id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } };
  const message: JsonObject = isForced
    ? { role: "assistant", content: null, tool_calls: [call] }
    : { role: "assistant", content: text };
  const count = does("n") && typeof body["n"] === "number" ? body["n"] : 1;
  const usage = { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 };
  const logprobs =
    does("logprobs") && body["logprobs"] === true ? { content: [{ token: "one", logprob: -0.1 }] } : null;
  if (!isStream) {
    const choices = Array.from({ length: count }, (_, index) => ({ index, message, logprobs, finish_reason: "stop" }));
    return { outcome: "accepted", status: 200, words: "", payloads: [{ id: "x", model: "m", choices, usage }] };
  }
  const indexes = Array.from({ length: count }, (_, index) => index);
  return {
    outcome: "accepted",
    status: 200,
    words: "",
    done: true,
    payloads: [
      ...indexes.map((index) => ({
        id: "x",
        model: "m",
        choices: [{ index, delta: message, logprobs, finish_reason: null }],
      })),
      ...indexes.map((index) => ({ id: "x", model: "m", choices: [{ index, delta: {}, finish_reason: "stop" }] })),
      ...((body["stream_options"] as JsonObject)?.["include_usage"] && does("stream_options")
        ? [{ choices: [], usage }]
        : []),
    ],
  };
}
