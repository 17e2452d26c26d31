import { ProviderError, type ErrorCode } from "@llm-provider/core";
import { closestName } from "@llm-provider/core/internal";
import type { PublicModel } from "../target/target.ts";
import type { GatewayState } from "./gateway-state.ts";

/** The JSON object in a request's body. */
export type JsonBody = { [field: string]: unknown };

/** Creates an error that comes from the gateway itself. */
export function refusal(message: string, hint: string, code: ErrorCode = "invalid-request"): ProviderError {
  return new ProviderError(message, { code, provider: "gateway", hint });
}

/** Parses a request's body. */
export function readBody(text: string): JsonBody {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw refusal(
      "The request's body is not valid JSON.",
      "Send a JSON object, with `content-type: application/json`.",
    );
  }
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as JsonBody;
  throw refusal("The request's body is not a JSON object.", "Send an object with `model` and `messages`.");
}

/** The public models in a request: `model`, then those of `models`. */
export function readModels(
  { model, models }: JsonBody,
  state: GatewayState,
  client: string | undefined,
): PublicModel[] {
  const isList = Array.isArray(models) && models.length > 0 && models.every((name) => typeof name === "string");
  if (models !== undefined && models !== null && !isList)
    throw refusal("`models` is not a list of names.", "Give public models of this gateway, the first choice first.");
  if (model !== undefined && model !== null && typeof model !== "string")
    throw refusal("`model` is not a name.", `Give one of: ${namesFor(state, client).join(", ")}.`);
  const names = [
    ...(typeof model === "string" && model !== "" ? [model] : []),
    ...(isList ? (models as string[]) : []),
  ];
  if (names.length === 0) throw refusal("`model` is missing.", `Give one of: ${namesFor(state, client).join(", ")}.`);
  const known = namesFor(state, client);
  return [...new Set(names)].map((name) => {
    if (known.includes(name)) return state.models.get(name)!;
    const meant = closestName(name, known);
    throw refusal(
      `There is no model ${JSON.stringify(name)} here.`,
      meant ? `Did you mean ${JSON.stringify(meant)}?` : `Choose one of: ${known.join(", ")}.`,
      "not-found",
    );
  });
}

/** The public models that a client may use. */
export function namesFor({ config, models }: GatewayState, client: string | undefined): string[] {
  const allowed = client === undefined ? undefined : config.clients?.[client]?.models;
  return [...models.keys()].filter((name) => !allowed || allowed.includes(name));
}
