import type { ChatResult, JsonObject, ToolCall } from "@llm-provider/core";
import type { CheckResult } from "../results/results.ts";
import { runCode, type CodeLimits } from "../sandbox/run-code.ts";
import { extractCode } from "../sandbox/extract-code.ts";
import type { Check } from "../suite/suite.ts";
import { describeCheck } from "./describe-check.ts";
import { isRefusal } from "./is-refusal.ts";
import { findJson } from "./find-json.ts";

/** An answer with its cost and time. */
export interface CheckedAnswer {
  readonly result: Pick<ChatResult, "text" | "refusal" | "finishReason" | "toolCalls">;
  /** US dollars. Absent if unknown. */
  readonly cost?: number;
  /** Milliseconds. */
  readonly ms: number;
}

type Finding = Pick<CheckResult, "pass" | "reason" | "tests">;

/** Checks an answer. It never throws, whatever the answer contains. */
export async function checkAnswer(check: Check, answer: CheckedAnswer, limits?: CodeLimits): Promise<CheckResult> {
  const name = describeCheck(check);
  const { pass, reason, tests } = await find(check, answer, limits);
  if (!check.isNot) return { name, pass, ...(!pass && reason !== undefined && { reason }), ...(tests && { tests }) };
  return { name, pass: !pass, ...(pass && { reason: "The check inside `not` passed." }) };
}

async function find(
  check: Check,
  { result, cost, ms }: CheckedAnswer,
  limits: CodeLimits | undefined,
): Promise<Finding> {
  const { text, toolCalls } = result;
  const finding = (pass: boolean, reason?: string): Finding => ({ pass, ...(reason !== undefined && { reason }) });
  switch (check.kind) {
    case "equals":
      return finding(text.trim() === check.text.trim(), `The answer is ${quote(text)}.`);
    case "contains":
      return finding(text.includes(check.text), `The answer is ${quote(text)}.`);
    case "regex":
      return finding(new RegExp(check.pattern, check.flags).test(text), `The answer is ${quote(text)}.`);
    case "json":
      return findJson(text, check.schema);
    case "javascript":
      return await runTests(text, check.tests, limits);
    case "toolCall":
      return findCall(toolCalls, check.name, check.arguments);
    case "cost":
      return cost === undefined
        ? finding(false, "Its cost is unknown.")
        : finding(cost <= check.most, `It cost $${cost.toPrecision(3)}.`);
    case "latency":
      return finding(ms <= check.most, `It took ${(ms / 1000).toFixed(2)} s.`);
    case "words": {
      const count = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
      return finding(count >= check.least && count <= (check.most ?? Infinity), `It has ${count} words.`);
    }
    case "refusal":
      return finding(isRefusal(result), `The answer is ${quote(text)}.`);
  }
}

async function runTests(text: string, tests: string, limits: CodeLimits | undefined): Promise<Finding> {
  const extracted = extractCode(text);
  if ("reason" in extracted) return { pass: false, reason: extracted.reason };
  const run = await runCode(extracted.code, tests, limits);
  const failed = run.tests.filter(({ pass }) => !pass).length;
  const counted = `${failed} of ${run.tests.length} tests failed.`;
  const reasons = [
    ...(failed > 0 && run.tests.length > 1 ? [counted] : []),
    run.failure ?? run.tests.find(({ pass }) => !pass)?.reason ?? "",
    ...(run.output === undefined ? [] : [`Console output: ${run.output.trim()}`]),
  ];
  return {
    pass: run.failure === undefined && failed === 0 && run.tests.length > 0,
    reason: reasons.filter(Boolean).join(" "),
    tests: run.tests,
  };
}

function findCall(calls: readonly ToolCall[], name: string, wanted: JsonObject | undefined): Finding {
  const named = calls.filter((call) => call.name === name);
  if (named.length === 0) {
    const others = calls.map((call) => call.name).join(", ");
    return { pass: false, reason: others === "" ? "It calls no tool." : `It calls ${others}.` };
  }
  if (!wanted) return { pass: true };
  const pass = named.some((call) => includes(parse(call.arguments), wanted));
  return { pass, reason: `It calls ${name} with ${named.map((call) => quote(call.arguments)).join(", ")}.` };
}

/** Compares recursively: `given` may have further properties, but arrays need the same length. */
function includes(given: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return Object.is(given, wanted);
  if (typeof given !== "object" || given === null || Array.isArray(given) !== Array.isArray(wanted)) return false;
  if (Array.isArray(wanted) && wanted.length !== (given as unknown[]).length) return false;
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(given, key) && includes((given as Record<string, unknown>)[key], value),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
