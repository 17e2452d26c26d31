import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { releaseObstacles } from "../scripts/release.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "release-"));
  git("init", "--quiet");
  write(".changeset/README.md", "");
  write("packages/core/package.json", '{ "version": "0.1.0" }');
  write("packages/core/src/index.ts", "export {};");
  commit();
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test("a clean tree without pending changesets may be released", () => {
  expect(releaseObstacles(root)).toEqual([]);
  git("tag", "@llm-provider/core@0.1.0");
  expect(releaseObstacles(root)).toEqual([]);
});

test("a dirty tree prevents a release", () => {
  write("packages/core/src/index.ts", "export const changed = 1;");
  expect(releaseObstacles(root)).toEqual([expect.stringContaining("not clean")]);
});

test("pending changesets prevent a release", () => {
  write(".changeset/brave-river.md", "");
  commit();
  expect(releaseObstacles(root)).toEqual([expect.stringContaining("1 changesets wait")]);
});

test("a scaffolder's draft prevents a release", () => {
  write("packages/acme/package.json", '{ "llm-provider": { "provider": true, "draft": true } }');
  commit();
  expect(releaseObstacles(root)).toEqual([expect.stringContaining("packages/acme is a draft")]);
});

test("a change since the last release without a changeset prevents a release", () => {
  git("tag", "@llm-provider/core@0.1.0");
  write("packages/core/src/index.ts", "export const changed = 1;");
  commit();
  expect(releaseObstacles(root)).toEqual([expect.stringContaining("packages/core/src/index.ts")]);
});

function write(path: string, text: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

function commit(): void {
  git("add", "--all");
  git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "x");
}

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: root });
}
