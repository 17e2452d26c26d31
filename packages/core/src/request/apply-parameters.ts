import type { Change } from "../chat/chat-result.ts";
import type { ChatRequest } from "../chat/chat-request.ts";
import { closestName } from "../definition/closest-name.ts";
import { decide, type Decision } from "../definition/decide.ts";
import type { Definition } from "../definition/definition.ts";
import { describeRule } from "../definition/describe-rule.ts";
import { knownParameters } from "../definition/known-parameters.ts";
import { ProviderError } from "../errors/provider-error.ts";

const actions = {
  drop: "dropped",
  rename: "renamed",
  map: "mapped",
  clamp: "clamped",
  ignore: "ignored",
  set: "set",
} as const;

/**
 * Applies the decisions of `decide` to a request. Every effect is reported in `changes`; a change that needs the
 * caller's consent is thrown as an error.
 */
export function applyParameters(
  definition: Definition,
  request: ChatRequest,
  onUnsupported: "drop" | "error",
  changes: Change[],
): ChatRequest {
  const names = Object.keys(request).filter((name) => request[name] !== undefined);
  // `fromEntries` instead of assignments: a caller's JSON may contain the name `__proto__`.
  const body = Object.fromEntries(names.map((name) => [name, request[name]])) as ChatRequest;
  /** Old name → current name, for renamed parameters. */
  const targets = new Map<string, string>();
  for (const decision of decide(definition, request)) {
    const { parameter, does, to } = decision;
    if (does === "pass") {
      if (!decision.rule) reportSlip(definition, request, parameter, changes);
      continue;
    }
    if (isRefused(decision, request, onUnsupported)) throw refusal(definition, request, decision);
    const target = targets.get(parameter) ?? parameter;
    const from = does === "rename" ? parameter : body[target];
    if (does === "drop" || does === "rename") delete body[parameter];
    if (does === "rename") {
      targets.set(parameter, String(to));
      if (request[parameter] !== undefined) Object.assign(body, { [String(to)]: request[parameter] });
    } else if (does !== "drop" && does !== "ignore") Object.assign(body, { [target]: to });
    changes.push({
      parameter,
      action: actions[does as keyof typeof actions],
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      reason: reasonOf(definition, decision),
      source: decision.source,
    });
  }
  return body;
}

/** With onUnsupported "error", no parameter of the caller is dropped or replaced. */
function isRefused({ does, parameter }: Decision, request: ChatRequest, onUnsupported: "drop" | "error"): boolean {
  if (does === "refuse") return true;
  const isAsked = request[parameter] !== undefined && request[parameter] !== null;
  return onUnsupported === "error" && isAsked && (does === "drop" || does === "set");
}

function refusal(definition: Definition, request: ChatRequest, decision: Decision): ProviderError {
  const { parameter, source } = decision;
  return new ProviderError(reasonOf(definition, decision), {
    code: "unsupported-parameter",
    provider: definition.id,
    model: request.model,
    hint: `Leave \`${parameter}\` out, change its value, or choose a model or provider that supports it. See ${source}`,
  });
}

function reasonOf({ name }: Definition, { parameter, rule, does }: Decision): string {
  const sentence = `${name}: ${describeRule(parameter, rule!)}`;
  if (does === "rename" || !("renamed" in rule!)) return sentence;
  return `${sentence} \`${rule.renamed}\` is set already.`;
}

/** An unknown name is sent as it is: an endpoint may know more names than we do. */
function reportSlip(definition: Definition, request: ChatRequest, name: string, changes: Change[]): void {
  if (knownParameters.includes(name)) return;
  const { parameters = {}, unknownParameters } = definition;
  const documented = unknownParameters && "known" in unknownParameters ? unknownParameters.known : [];
  const meant = closestName(name, [...knownParameters, ...Object.keys(parameters), ...documented]);
  if (meant === undefined || Object.hasOwn(parameters, name)) return;
  changes.push({
    parameter: name,
    action: "ignored",
    from: request[name],
    reason: `No endpoint is known to have \`${name}\`; did you mean \`${meant}\`? It is sent as it is.`,
    source: "",
  });
}
