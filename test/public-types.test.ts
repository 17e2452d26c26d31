import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { publicTypes } from "../scripts/public-types.ts";
import { ownPackages } from "./own-packages.ts";

const root = join(import.meta.dirname, "..");
const snapshots = publicTypes(root);
// A freshly scaffolded package needs no snapshot.
const known = snapshots.filter(
  ({ file }) => existsSync(file) || ownPackages.includes(basename(resolve(file, "../.."))),
);

test.each(known)("the public types of $package match their snapshot", ({ file, text }) => {
  const advice =
    "The public types changed. If that is meant: `npx -y pnpm@12.21.0 run public-types`, and add a changeset.";
  expect(text, advice).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
});
