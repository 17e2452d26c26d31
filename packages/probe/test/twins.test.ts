import type { ChatRequest, Definition } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { decide } from "@llm-provider/core/rules";
import { defaultTarget, toEndpoint } from "@llm-provider/librechat";
import { startTwin } from "@llm-provider/testing";
import { expect, test } from "vitest";
import { twinEndpoints, type TwinEndpoint } from "./twin-endpoints.ts";
import { findDrift, finishReport, probeEndpoint, type Probed, toDefinition } from "../src/index.ts";
import { parameterSpecs } from "../src/parameter-specs.ts";

const endpoints = await twinEndpoints();
const identity = { id: "acme", name: "Acme", keyEnv: "ACME_API_KEY", day: "2026-11-28" };

/** Probes each twin only once. */
const probed = new Map<TwinEndpoint, Promise<Probed>>();

function probeOnce(endpoint: TwinEndpoint): Promise<Probed> {
  const found = probed.get(endpoint) ?? probeTwin(endpoint);
  probed.set(endpoint, found);
  return found;
}

async function probeTwin(endpoint: TwinEndpoint, changed?: Definition): Promise<Probed> {
  const twin = await (changed ? startTwin(changed) : endpoint.start());
  const model = endpoint.definition.smallModel;
  try {
    return await probeEndpoint({ baseURL: twin.url, keyEnv: undefined, timeout: 10_000, model });
  } finally {
    await twin.close();
  }
}

/** The values of the sweep that the definition refuses, with their status. */
function refusedBy(definition: Definition, model: string): { [name: string]: number } {
  const values = [...parameterSpecs, { name: "stream_options", values: [{ include_usage: true }] }];
  return Object.fromEntries(
    values.flatMap(({ name, values: [value] }) => {
      const stream = name === "stream_options" ? { stream: true } : {};
      const request = { model, messages: [], ...stream, [name]: value } as ChatRequest;
      const refusal = decide(definition, request).find(
        ({ parameter, endpoint }) => parameter === name && typeof endpoint === "object",
      );
      return refusal ? [[name, (refusal.endpoint as { refuses: number }).refuses]] : [];
    }),
  );
}

/** The dropped parameters without LibreChat's own switches, which no probe can test. */
function dropsOf(definition: Definition, like: Definition, model: string): string[] {
  const { id, name, baseURL } = like;
  const models = { [model]: definition.models[model]! };
  const reduced = { ...definition, id, name, baseURL, models, smallModel: model, librechat: undefined };
  const { dropParams = [] } = toEndpoint(reduced as Definition, { target: defaultTarget, keys: "env" });
  return dropParams.filter((one) => one !== "web_search" && one !== "useResponsesApi").sort();
}

test.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
  "the twin of %s: the probe finds its refusals and answers, and makes the same entry for LibreChat",
  { timeout: 60_000 },
  async (_, twin) => {
    const { definition } = twin;
    const { smallModel: model, dialect, streaming, unknownParameters } = definition;
    const { report, session, endpoint } = await probeOnce(twin);
    expect(report.stopped).toBeNull();
    expect(endpoint.origin).toBe("twin");
    const refused = Object.entries(report.parameters).filter(([, one]) => /rejected|renamed/.test(one.verdict));
    expect(Object.fromEntries(refused.map(([name, { status }]) => [name, status]))).toEqual(
      refusedBy(definition, model),
    );
    expect(session.accepted).toBeLessThanOrEqual(27);
    expect(report.requests).toBeLessThanOrEqual(64);

    expect(report.streaming).toMatchObject({
      toolCalls: streaming!.toolCalls,
      usage: streaming!.usage,
      asked: dialect.settings!.usage === "asked",
      comments: streaming!.comments !== undefined,
      done: true,
    });
    expect(report.unknownParameters.verdict).toBe(
      unknownParameters && "rejected" in unknownParameters ? "rejected" : "ignored",
    );
    const { names, wrongTypes } = definition.refusals!;
    expect(report.refusals).toEqual({ names, wrongTypes });
    const isReasoning = definition.models[model]!.features?.includes("reasoning");
    expect(report.reasoning.field).toBe(isReasoning ? dialect.settings!.reasoning : "none");

    finishReport(report, identity);
    const made = toDefinition(report, identity);
    expect(checkDefinition(made)).toEqual([]);
    expect(dropsOf(made, definition, model)).toEqual(dropsOf(definition, definition, model));
    expect(findDrift(definition, report)).toEqual([]);
  },
);

test("the history and the message rules match the definitions", { timeout: 60_000 }, async () => {
  const reports = new Map<string, Probed["report"]>();
  for (const twin of endpoints) reports.set(twin.id, (await probeOnce(twin)).report);
  const rules = (id: string): object => reports.get(id)!.messages;
  expect(rules("mistral")).toMatchObject({
    nulls: "stripped",
    toolCallId: "^[a-zA-Z0-9]{9}$",
    trailingAssistant: { prefix: true },
    emptyAssistant: "removed",
    system: "system",
    fields: { system: ["content"], user: ["content"], assistant: ["content", "tool_calls", "prefix"] },
  });
  expect(rules("deepseek")).toEqual({ system: "system", content: "text" });
  expect(rules("groq")).toMatchObject({ nulls: "stripped" });
  expect(rules("xai")).toEqual({ fields: { system: ["content"], developer: ["content"] } });
  for (const id of ["openai", "fireworks", "openrouter"]) expect(rules(id)).toEqual({});
  expect(reports.get("deepseek")!.reasoning.history).toBe("required-with-tools");
  expect(reports.get("fireworks")!.conflicts).toEqual([["max_tokens", "max_completion_tokens"]]);
});

test("drift from an old definition is reported, each fact with its source", async () => {
  const twin = endpoints.find(({ id }) => id === "groq")!;
  const { definition } = twin;
  const { report } = await probeTwin(twin, {
    ...definition,
    parameters: { ...definition.parameters, logit_bias: [] as never, seed: { rejected: 400, source: "sdk" } },
    unknownParameters: { ignored: true, source: "sdk" },
  });
  const drift = findDrift(definition, report);
  expect(drift.find(({ fact }) => fact === "parameters.seed")).toMatchObject({
    says: "taken",
    measured: "refused with HTTP 400",
  });
  expect(drift.find(({ fact }) => fact === "unknownParameters")).toMatchObject({
    says: "rejected",
    measured: "ignored",
  });
  expect(drift.find(({ fact }) => fact === "parameters.logit_bias")!.source).toContain("https://");
});
