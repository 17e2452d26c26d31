import type { Change, ChatRequest, Json, JsonObject } from "@llm-provider/core";
import { encodeMessages } from "./encode-messages.ts";

type Report = Omit<Change, "source">;

/** Parameter names → names inside `options`, including those that do not change. */
const optionNames: { readonly [parameter: string]: string } = {
  max_tokens: "num_predict",
  max_completion_tokens: "num_predict",
  repetition_penalty: "repeat_penalty",
  ...Object.fromEntries(
    "temperature top_p top_k min_p typical_p seed stop presence_penalty frequency_penalty repeat_penalty repeat_last_n num_ctx num_predict num_keep"
      .split(" ")
      .map((name) => [name, name]),
  ),
};

const efforts: { readonly [effort: string]: Json } = { none: false, minimal: "low", xhigh: "max", ultra: "max" };

/** Converts a Chat Completions request to a body of `/api/chat`. Native fields are kept and win over mapped ones. */
export function encodeOllama(request: ChatRequest, changes: Report[] = []): JsonObject {
  const { messages, options, ...rest } = request;
  const body: { [field: string]: Json | undefined } = {};
  const mapped: { [option: string]: Json } = {};
  for (const [name, value] of Object.entries(rest) as [string, Json][]) {
    const option = Object.hasOwn(optionNames, name) ? optionNames[name] : undefined;
    if (option !== undefined) moveToOptions(name, option, value);
    else if (name === "response_format") moveTo("format", name, formatOf(value), value);
    else if (name === "reasoning_effort") moveTo("think", name, thinkOf(value), value);
    else if (name === "reasoning") moveTo("think", name, thinkOf((value as JsonObject | null)?.["effort"]), value);
    else body[name] = value;
  }
  const hasMapped = Object.keys(mapped).length > 0;
  return {
    ...body,
    messages: encodeMessages(messages),
    ...(hasMapped ? { options: { ...mapped, ...(options as object | null) } } : options !== undefined && { options }),
  };

  function moveToOptions(name: string, option: string, value: Json): void {
    if (value === null) return;
    const isTaken = Object.hasOwn((options as object | undefined) ?? {}, option) || Object.hasOwn(mapped, option);
    if (isTaken) return leaveOut(name, value, `options.${option}`);
    mapped[option] = name === "stop" && typeof value === "string" ? [value] : value;
    report(name, `options.${option}`);
  }

  function moveTo(field: string, name: string, value: Json | undefined, from: Json): void {
    if (value === undefined) return;
    if ((rest[field] ?? body[field] ?? null) !== null) return leaveOut(name, from, field);
    body[field] = value;
    report(name, field);
  }

  function report(parameter: string, to: string): void {
    changes.push({
      parameter,
      action: "renamed",
      from: parameter,
      to,
      reason: `Ollama's own interface calls this \`${to}\`.`,
    });
  }

  function leaveOut(parameter: string, from: Json, rival: string): void {
    changes.push({
      parameter,
      action: "dropped",
      from,
      reason: `Ollama calls \`${parameter}\` \`${rival}\`, which is already set.`,
    });
  }
}

/** `json_object` → "json", `json_schema` → the schema; plain text needs no format. */
function formatOf(format: Json): Json | undefined {
  const { type, json_schema: named, schema } = (format ?? {}) as JsonObject;
  const wanted = (named as JsonObject | undefined)?.["schema"] ?? schema;
  if (wanted !== undefined) return wanted;
  return type === "json_object" || type === "json_schema" ? "json" : undefined;
}

function thinkOf(effort: Json | undefined): Json | undefined {
  if (effort === null || effort === undefined) return undefined;
  return typeof effort === "string" && Object.hasOwn(efforts, effort) ? efforts[effort] : effort;
}
