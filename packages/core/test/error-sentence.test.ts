import { ProviderError } from "@llm-provider/core";
import { errorSentence } from "@llm-provider/core/internal";
import { expect, test } from "vitest";

test("describes a bug in a tool's own code only by its message", () => {
  const cause = new TypeError("x is not a function");
  const error = new ProviderError(cause.message, { code: "tool-failed", provider: "rates", hint: "Mend it.", cause });
  expect(errorSentence(error)).toBe("x is not a function.");
});
