import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { page, withReference } from "../scripts/write-reference.ts";
import { errorCodes } from "./error-codes.ts";

const root = join(import.meta.dirname, "..");

test("docs/errors.md has one heading for each error code, and no other", () => {
  const codes: string[] = errorCodes();
  const anchors = [...readFileSync(join(root, "docs/errors.md"), "utf8").matchAll(/^## (.+)$/gm)].map(
    ([, title]) => title,
  );
  expect(anchors.sort()).toEqual(codes.sort());
});

test("the definition reference matches the types", () => {
  const text = readFileSync(page, "utf8");
  expect(text, "Run `node scripts/write-reference.ts`.").toBe(withReference(text));
});
