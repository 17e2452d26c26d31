import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

test("all packages share one version", () => {
  const manifests = globSync("packages/*/package.json", { cwd: root }).map(
    (path) => JSON.parse(readFileSync(join(root, path), "utf8")) as { name: string; version: string },
  );
  expect(manifests.length).toBeGreaterThan(20);
  const core = manifests.find(({ name }) => name === "@llm-provider/core")!;
  const others = manifests
    .filter(({ version }) => version !== core.version)
    .map(({ name, version }) => `${name} ${version}`);
  expect(others, `A new package starts with ${core.version}: see "Versions" in CONTRIBUTING.md.`).toEqual([]);
});
