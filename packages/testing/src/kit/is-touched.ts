import type { ChatRequest, Definition } from "@llm-provider/core";
import { decide, type Decision } from "@llm-provider/core/rules";

/** Does a rule of the definition change, rename or refuse this parameter of this request? */
export function isTouched(definition: Definition, request: ChatRequest, name: string): boolean {
  return decisionsOn(definition, request, name).some(({ does }) => does !== "pass" && does !== "ignore");
}

/** Does the endpoint refuse this parameter of this request? */
export function isRejected(definition: Definition, request: ChatRequest, name: string): boolean {
  return decisionsOn(definition, request, name).some(({ does }) => does === "drop" || does === "refuse");
}

function decisionsOn(definition: Definition, request: ChatRequest, name: string): Decision[] {
  return decide(definition, request).filter(({ parameter }) => parameter === name);
}
