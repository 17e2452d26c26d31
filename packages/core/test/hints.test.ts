import type { ErrorRule } from "@llm-provider/core";
import { expect, it } from "vitest";
import { acme, hello } from "./support/acme.ts";
import { fakeFetch } from "./support/fake-fetch.ts";

function ask(rule: ErrorRule, status: number, body: object, model: string): Promise<unknown> {
  const { fetch } = fakeFetch({ status, body: JSON.stringify(body) });
  return acme({ errors: [rule] }, { fetch, maxRetries: 0 })
    .chat({ ...hello, model })
    .catch((error: unknown) => error);
}

it("fills a hint's placeholders from the body, and keeps those that the body lacks", async () => {
  const hint = "Leave `{detail.0.loc}` out ({detail.0.type}, {detail.1.type}); or send `a: { b: 1 }`.";
  const rule = { code: "unsupported-parameter", hint, source: "docs" } as const;
  const error = await ask(rule, 422, { detail: [{ loc: ["body", "user"], type: "extra" }] }, "acme-2");
  expect(error).toMatchObject({
    hint: expect.stringContaining("Leave `body.user` out (extra, {detail.1.type}); or send `a: { b: 1 }`."),
  });
});

it("names the successor if a rule says that the model is retired", async () => {
  const rule = { status: 400, code: "model-retired", hint: "It is gone.", source: "docs" } as const;
  const body = { error: { message: "gone" } };
  expect(await ask(rule, 400, body, "acme-1")).toMatchObject({ hint: expect.stringContaining("use acme-2") });
  expect(await ask(rule, 400, body, "acme-0")).toMatchObject({ hint: expect.stringContaining("It is gone.") });
});
