import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { emptyFolder, removeFolders, runMain } from "./run-bin.ts";

afterAll(removeFolders);

// design.md, Security: only regular files are read, and paths stay in their folder.
test.each<[string, (path: string) => void, RegExp]>([
  ["a pipe", (path) => void execFileSync("mkfifo", [path]), /is a pipe\. Name a regular file\./],
  ["a folder", (path) => mkdirSync(path), /is a folder\. Name a regular file\./],
  ["a link to a device", (path) => symlinkSync("/dev/zero", path), /is a device\. Name a regular file\./],
  ["a file of 6 MB", (path) => writeFileSync(path, " ".repeat(6_000_000)), /is larger than 2 MiB/],
])("--config refuses %s with a clear message", async (_name, make, sentence) => {
  const folder = emptyFolder();
  make(join(folder, "x"));
  const { code, err } = await runMain(["--config", "x", "--yes"], { folder });
  expect([code, err]).toEqual([2, expect.stringMatching(sentence)]);
  expect(readdirSync(folder)).toEqual(["x"]);
});

test.each(["link", "link/", "./link"])("--dir %s, a link to a folder, is not followed", async (dir) => {
  const [folder, elsewhere] = [emptyFolder(), emptyFolder()];
  symlinkSync(elsewhere, join(folder, "link"));
  const words = ["acme", "--base-url", "https://api.acme.ai/v1", "--dir", dir, "--yes"];
  const { code, err } = await runMain(words, { folder });
  expect([code, err]).toEqual([3, expect.stringMatching(/is not a folder/)]);
  expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([["link"], []]);
});
