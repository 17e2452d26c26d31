import type { ProviderError } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { describe, expect, it } from "vitest";
import { xai } from "../src/index.ts";

const messages = [{ role: "user" as const, content: "Hi" }];

describe("xAI", () => {
  it("has a definition without problems", () => expect(checkDefinition(xai.definition)).toEqual([]));

  it.each([
    ["grok-4.6", "none", undefined],
    ["grok-4.5", "none", undefined],
    ["grok-4.5", "xhigh", undefined],
    ["grok-4.6", "xhigh", "xhigh"],
    ["grok-4.5", "high", "high"],
    ["grok-4.3", "none", "none"],
  ] as const)("sends %s reasoning_effort %s as %s", (model, effort, sent) => {
    const { body, changes } = xai().prepare({ model, messages, reasoning_effort: effort });
    expect(body["reasoning_effort"]).toBe(sent);
    expect(changes).toEqual(
      sent ? [] : [expect.objectContaining({ parameter: "reasoning_effort", action: "dropped", from: effort })],
    );
  });

  it("drops stop for a model that always reasons", () => {
    const { body } = xai().prepare({ model: "grok-4.6", messages, stop: "\n", reasoning_effort: "none" });
    expect(body).not.toHaveProperty("stop");
  });

  it.each([403, 429])("reads a %i about missing credits as quota", async (status) => {
    const body = {
      code: "permission-denied",
      error: "Your team 1 has either used all available credits or reached its monthly spending limit.",
    };
    const fetch = () => Promise.resolve(new Response(JSON.stringify(body), { status }));
    const error = await xai({ apiKey: "key", maxRetries: 2, fetch })
      .chat({ model: "grok-4.6", messages })
      .catch((reason: unknown) => reason as ProviderError);
    expect(error).toMatchObject({ code: "quota", status, retryable: false });
  });

  it("reads any other 403 as forbidden", async () => {
    const fetch = () => Promise.resolve(new Response('{"code":"x","error":"No access."}', { status: 403 }));
    const chat = xai({ apiKey: "key", fetch }).chat({ model: "grok-4.6", messages });
    await expect(chat).rejects.toMatchObject({ code: "forbidden" });
  });
});
