import type { ChatRequest, Definition } from "@llm-provider/core";
import { modelInfo, readPath } from "@llm-provider/core/internal";

/** Does the model that is asked reason? Its `features` say whether it can; the request may switch it on or off. */
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
