import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publicTypes } from "../scripts/public-types.ts";

const snapshots = publicTypes(join(import.meta.dirname, ".."));

test.each(snapshots)("$package shows the types that its snapshot shows", ({ file, text }) => {
  // A package that was just scaffolded has none until its first release.
  if (!existsSync(file)) return;
  const advice = "The public types changed. If that is meant: `node scripts/public-types.ts`, and add a changeset.";
  expect(text, advice).toBe(readFileSync(file, "utf8"));
});
