import { resolve } from "node:path";
import type { FailedAttempt, GatewayInspector, InspectedExplanation } from "@llm-provider/gateway";
import { readError } from "@llm-provider/librechat";
import type { CommandIo } from "@llm-provider/testing/command";
import { explainError } from "../explain/explain-error.ts";

/** The variable with the secret that opens an inspector as often as it is shown. */
export const inspectorTokenVariable = "LLM_INSPECTOR_TOKEN";

/** What the commands give to every inspector: its secret, its file, and our explanations. */
export function inspectorOptions(
  io: Pick<CommandIo, "env" | "cwd">,
  keep: string | undefined,
): Pick<GatewayInspector, "explain" | "keep" | "token"> {
  const token = io.env[inspectorTokenVariable];
  return {
    explain,
    ...(keep !== undefined && { keep: resolve(io.cwd, keep) }),
    ...(token && { token }),
  };
}

function explain({ definition, status, body, message }: FailedAttempt): InspectedExplanation {
  const text = body === "" ? message : status === undefined ? body : `${status} ${body}`;
  const { cause, evidence, fix, code, librechat } = explainError(definition, readError(text));
  return { cause, evidence, fix, ...(code && { code }), ...(librechat !== undefined && { librechat }) };
}
