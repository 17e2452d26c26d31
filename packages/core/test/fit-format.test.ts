import { describe, expect, test } from "vitest";
import { assistantMessage, canBeStrict, filePart, fitFormat, ownFields, readDataUrl } from "../src/internal.ts";
import { acme, hello } from "./support/acme.ts";

const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false };
const response_format = { type: "json_schema", json_schema: { name: "x", schema } };
const day = ["https://acme.example", "2026-11-28"] as const;

describe("fitFormat", () => {
  const models = {
    knows: { features: ["schema" as const], source: day },
    not: { features: ["json" as const], source: day },
  };
  const rule = { rejected: 400, when: { "response_format.type": "json_schema" }, source: day };

  test.each([
    ["to a model with schemas is kept", acme({ models }), "knows", false],
    ["to an unknown model is kept", acme({ models }), "of-tomorrow", false],
    ["to a model without schemas becomes JSON mode", acme({ models }), "not", true],
    ["that the endpoint refuses becomes JSON mode", acme({ parameters: { response_format: rule } }), "acme-2", true],
  ])("the format of a request %s", (_, provider, model, isJsonMode) => {
    const fitted = fitFormat(provider, { ...hello, model, response_format });
    expect(fitted.isJsonMode).toBe(isJsonMode);
    const { messages, response_format: format } = fitted.request;
    expect(format).toEqual(isJsonMode ? { type: "json_object" } : response_format);
    expect(JSON.stringify(messages).includes("additionalProperties")).toBe(isJsonMode);
  });

  test("leaves other requests alone, even if they are refused for another reason", () => {
    expect(fitFormat(acme(), hello)).toEqual({ request: hello, changes: [], isJsonMode: false });
    const nothing = { model: "", messages: [] };
    expect(fitFormat(acme(), nothing).request).toBe(nothing);
  });
});

test.each([
  [schema, true],
  [{ ...schema, additionalProperties: undefined }, false],
  [{ ...schema, required: [] }, false],
  [{ ...schema, properties: { a: { type: "object", properties: {} } } }, false],
  [{ type: "array", items: schema }, true],
  [{ anyOf: [schema, { properties: { b: {} } }] }, false],
  [{ type: "string" }, true],
])("canBeStrict(%j) is %s", (one, wanted) => {
  expect(canBeStrict(one)).toBe(wanted);
});

test("filePart returns the wire part for bytes, base64 or a URL", () => {
  const bytes = new Uint8Array([1, 2, 255]);
  expect(filePart({ mediaType: "image", data: bytes })).toEqual({
    type: "image_url",
    image_url: { url: "data:image/png;base64,AQL/" },
  });
  expect(filePart({ mediaType: "audio/mpeg", data: "AA" })).toMatchObject({ input_audio: { format: "mp3" } });
  expect(filePart({ mediaType: "audio/x-wav", data: "AA" })).toMatchObject({ input_audio: { format: "wav" } });
  expect(filePart({ mediaType: "application/pdf", url: "https://a.example" })).toBeUndefined();
  expect(filePart({ mediaType: "video/mp4", data: "AA" })).toBeUndefined();
  expect(readDataUrl("data:image/png;base64,AA")).toEqual({ mediaType: "image/png", data: "AA" });
  expect(readDataUrl("https://a.example/data:image/png;base64,AA")).toBeUndefined();
});

test("assistantMessage restores a message from its parts", () => {
  const own = { reasoning_details: [{ type: "x" }], provider: "acme" };
  const call = { id: "1", name: "t", arguments: "", extra: { sealed: 1 } };
  const message = assistantMessage({ text: "", refusal: "", reasoning: "Hm.", toolCalls: [call], own });
  expect(message).toEqual({
    role: "assistant",
    content: null,
    reasoning: "Hm.",
    ...own,
    tool_calls: [{ sealed: 1, id: "1", type: "function", function: { name: "t", arguments: "{}" } }],
  });
  expect(ownFields(message)).toEqual(own);
});
