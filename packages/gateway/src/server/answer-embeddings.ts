import type { EmbedRequest, EmbedResult } from "@llm-provider/core";
import { createFallback, estimateTokens } from "@llm-provider/core/internal";
import { toProviderError } from "../answer/to-error.ts";
import { orderTargets } from "../target/order-targets.ts";
import { callerField, type Caller } from "../target/wrap-provider.ts";
import { answerHeaders, errorResponse } from "./answer-headers.ts";
import { Call } from "./call.ts";
import type { GatewayState } from "./gateway-state.ts";
import { readModels, refusal, type JsonBody } from "./read-request.ts";

/** Answers `POST /v1/embeddings`. Only targets with the first one's model are tried, since vectors of two models cannot be compared. */
export async function answerEmbeddings(
  state: GatewayState,
  body: JsonBody,
  caller: Caller,
  signal: AbortSignal,
): Promise<Response> {
  const [model, ...others] = readModels(body, state, caller.client);
  if (others.length > 0)
    throw refusal("`models` has several names, and vectors of two models cannot be compared.", "Name one model.");
  const { model: _, models: __, encoding_format: encoding, ...rest } = body;
  if (encoding !== undefined && encoding !== null && encoding !== "float" && encoding !== "base64")
    throw refusal("`encoding_format` is neither float nor base64.", "Leave it out, or write one of the two.");
  const { input } = rest;
  const isList = Array.isArray(input) && input.length > 0 && input.every((one) => typeof one === "string");
  if (typeof input !== "string" && !isList)
    throw refusal("`input` is not a text or a list of texts.", "Give one text, or a list with at least one.");
  const only = caller.replay?.target;
  const chain = orderTargets(model!, {}, estimateTokens(input)).filter(
    ({ name }) => only === undefined || name === only,
  );
  const asked = { path: "/v1/embeddings", model: model!.name, isStream: false, input, longest: 0 };
  const call = new Call(state, chain, { caller, ...asked });
  try {
    await call.reserve();
    const provider = createFallback(
      chain.map((target) => ({ provider: target.provider, model: target.model })),
      call.hooks(),
    );
    const request = { ...rest, model: model!.name, [callerField]: caller } as unknown as EmbedRequest;
    const result = await provider.embed(request, { signal });
    call.noteChanges(result.changes);
    const { usage } = result;
    if (usage) call.record.usage = { ...usage, outputTokens: 0, totalTokens: usage.inputTokens };
    call.end(200);
    return Response.json(toEmbeddings(result, call.target!.model, encoding === "base64"), {
      headers: answerHeaders(call),
    });
  } catch (error) {
    return errorResponse(toProviderError(error), call);
  }
}

/** Vectors in OpenAI's format. OpenAI's own client asks for base64: little-endian 32-bit floats. */
function toEmbeddings({ embeddings, model, usage }: EmbedResult, asked: string, isBase64: boolean): object {
  return {
    object: "list",
    data: embeddings.map((vector, index) => ({
      object: "embedding",
      index,
      embedding: isBase64 ? Buffer.from(new Float32Array(vector).buffer).toString("base64") : vector,
    })),
    model: model ?? asked,
    ...(usage && { usage: { prompt_tokens: usage.inputTokens, total_tokens: usage.inputTokens } }),
  };
}
