import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { publicTypes } from "../scripts/public-types.ts";

const root = join(import.meta.dirname, "..");
const snapshots = publicTypes(root);
const tracked = execFileSync("git", ["ls-files", "packages"], { cwd: root, encoding: "utf8" }).split("\n");
// A package that was just made has none until it is committed.
const known = snapshots.filter(
  ({ file }) => existsSync(file) || tracked.includes(join(relative(root, file), "../../package.json")),
);

test.each(known)("$package shows the types that its snapshot shows", ({ file, text }) => {
  const advice =
    "The public types changed. If that is meant: `npx -y pnpm@12.21.0 run public-types`, and add a changeset.";
  expect(text, advice).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
});
