import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { page, withReference } from "../scripts/write-reference.ts";

const root = join(import.meta.dirname, "..");

test("every error code has its anchor, and nothing else has", () => {
  const source = readFileSync(join(root, "packages/core/src/chat/error-code.ts"), "utf8");
  const codes = [.../export type ErrorCode =([\s\S]*?);/.exec(source)![1]!.matchAll(/"([a-z-]+)"/g)].map(
    ([, code]) => code,
  );
  const anchors = [...readFileSync(join(root, "docs/errors.md"), "utf8").matchAll(/^## (.+)$/gm)].map(
    ([, title]) => title,
  );
  expect(anchors.sort()).toEqual(codes.sort());
});

test("the definition reference is what the types say", () => {
  const text = readFileSync(page, "utf8");
  expect(text, "Run `node scripts/write-reference.ts`.").toBe(withReference(text));
});
