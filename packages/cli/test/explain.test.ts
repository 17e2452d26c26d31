import { expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

type Explained = { isKnown: boolean; code?: string; cause: string; fix: string[]; librechat?: string };

async function explain(provider: string, text: string): Promise<Explained> {
  const { out } = await runCommand(["explain", text, "--provider", provider, "--json"]);
  return JSON.parse(out) as Explained;
}

/** Texts from public threads and the vendors' pages; each gets an explanation of the right kind. */
test.each([
  [
    "mistral",
    '{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted","input":"u"}]},"type":"invalid_request_error","param":null,"code":null}',
    "unsupported-parameter",
  ],
  [
    "mistral",
    '422 {"detail":[{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted"}]}',
    "unsupported-parameter",
  ],
  ["mistral", "Tool call id was call_abc but must be a-z, A-Z, 0-9, with a length of 9.", "invalid-request"],
  ["mistral", "Unexpected role 'user' after role 'tool'", "invalid-request"],
  ["mistral", "Unexpected role 'tool' after role 'user'", "invalid-request"],
  [
    "mistral",
    "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant",
    "invalid-request",
  ],
  ["mistral", "401", "invalid-key"],
  ["groq", "Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 12328", "rate-limit"],
  [
    "groq",
    '{"error":{"message":"Tool call validation failed: x","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"{}"}}',
    "tool-call-invalid",
  ],
  // design.md, "Retired models": the refusal of a retired model is `model-retired` and names the successor.
  ["groq", "The model `llama3-70b-8192` does not exist or you do not have access to it.", "model-retired"],
  ["groq", "The model `llama9-9b` does not exist or you do not have access to it.", "not-found"],
  ["groq", "498", "overloaded"],
  ["groq", "429", "rate-limit"],
  ["deepseek", "The reasoning_content in the thinking mode must be passed back to the API.", "invalid-request"],
  ["deepseek", "402 Insufficient Balance", "quota"],
  ["deepseek", "No tool output found for tool call call-a.", "invalid-request"],
  ["fireworks", "Extra inputs are not permitted, field: 'stream_options', value: {}", "unsupported-parameter"],
  ["fireworks", '{"error":"unauthorized"}', "invalid-key"],
  [
    "openrouter",
    "This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 2666",
    "quota",
  ],
  [
    "openrouter",
    "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
    "rate-limit",
  ],
  [
    "openai",
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    "unsupported-parameter",
  ],
  ["openai", "429 insufficient_quota", "quota"],
  [
    "openai",
    '400 {"error":{"message":"This model\'s maximum context length is 128000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}',
    "context-overflow",
  ],
  ["ollama", 'model "x" not found, try pulling it first', "not-found"],
  ["ollama", "image URLs are not currently supported, please use base64 encoded data instead", "invalid-request"],
])("%s: %s", async (provider, text, code) => {
  const explained = await explain(provider, text);
  expect(explained).toMatchObject({ isKnown: true, code });
  expect(explained.fix.join(" ")).not.toBe("");
});

test.each([
  ["mistral", "422 status code (no body)", /could not read the body/],
  ["groq", "Missing API Key for Groq", /variable/],
  [
    "groq",
    "404 not found. Troubleshooting URL: https://js.langchain.com/docs/troubleshooting/errors/MODEL_NOT_FOUND/",
    /LangChain/,
  ],
  ["ollama", "connect ECONNREFUSED 127.0.0.1:11434", /Nothing listens/],
  ["deepseek", "terminated", /broke before/],
  ["deepseek", "Unhandled error type", /no words/],
])("%s: %s is recognised as not the vendor's text", async (provider, text, cause) => {
  expect(await explain(provider, text)).toMatchObject({ isKnown: true, cause: expect.stringMatching(cause) });
});

test("a parameter gets the line for librechat.yaml, in both spellings if both are needed", async () => {
  expect(
    (await explain("fireworks", "Extra inputs are not permitted, field: 'frequency_penalty', value: 0")).librechat,
  ).toBe('dropParams: ["frequency_penalty","frequencyPenalty"]');
  expect(
    (
      await explain(
        "mistral",
        '{"detail":[{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted"}]}',
      )
    ).librechat,
  ).toBe('dropParams: ["user"]');
});

test.each([
  ["groq", "the moon is full"],
  ["deepseek", "500 zorp blat"],
])("%s: %s is reported as unknown, or guessed from its status", async (provider, text) => {
  const { isKnown, code } = await explain(provider, text);
  expect(isKnown ? code : "unknown").toMatch(/unknown|server/);
});

test("without a provider it names the likely provider", async () => {
  const { out, code } = await runCommand([
    "explain",
    "Tool call id was call_abc but must be a-z, A-Z, 0-9, with a length of 9.",
  ]);
  expect(code).toBe(0);
  expect(out).toMatch(/^Mistral/);
  expect(out).toContain("docs/errors.md#invalid-request");
  expect((await runCommand(["explain", "the moon is full"])).code).toBe(1);
});
