import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { runCommand } from "./run-command.ts";

// design.md, Security: only regular files are read or replaced. Never name a device here where a command could write: as root,
// a write that is not refused would replace it.
const unusual: { readonly [name: string]: { make(path: string): void; sentence: RegExp } } = {
  "a pipe": { make: (path) => void execFileSync("mkfifo", [path]), sentence: /x is a pipe\. Name a regular file\./ },
  "a folder": { make: (path) => mkdirSync(path), sentence: /x is a folder\. Name a regular file\./ },
  "a link to a pipe": {
    make(path) {
      execFileSync("mkfifo", [`${path}-pipe`]);
      symlinkSync("x-pipe", path);
    },
    sentence: /x is a pipe\. Name a regular file\./,
  },
  "a link to nothing": {
    make: (path) => symlinkSync("nowhere", path),
    sentence: /x is a link to a file that does not exist/,
  },
  "a file of 6 MB": {
    make: (path) => writeFileSync(path, "#".repeat(6_000_000)),
    sentence: /x is larger than 2 MiB, which is the largest size that is read\./,
  },
};
const commands: { readonly [name: string]: readonly string[] } = {
  add: ["librechat", "add", "groq", "--config", "x"],
  "add --dry-run": ["librechat", "add", "groq", "--config", "x", "--dry-run"],
  doctor: ["librechat", "doctor", "x"],
  "doctor --fix": ["librechat", "doctor", "x", "--fix"],
  "doctor --env-file": ["librechat", "doctor", "good.yaml", "--env-file", "x"],
  "contribute --icon": ["contribute", "groq", "--path", ".", "--icon", "x"],
};

for (const [command, args] of Object.entries(commands)) {
  test.each(Object.keys(unusual))(
    `${command} refuses %s with a clear message, and leaves it unchanged`,
    async (name) => {
      const cwd = makeFolder({ "good.yaml": "version: 1.3.17\n" });
      unusual[name]!.make(join(cwd, "x"));
      const before = readdirSync(cwd, { withFileTypes: true }).map((one) => [
        one.name,
        one.isFile(),
        one.isSymbolicLink(),
      ]);
      const { code, out, err } = await runCommand(args, { cwd });
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(unusual[name]!.sentence);
      expect(
        readdirSync(cwd, { withFileTypes: true }).map((one) => [one.name, one.isFile(), one.isSymbolicLink()]),
      ).toEqual(before);
    },
  );
}

test("a device is refused before a byte of it is read", async () => {
  for (const args of [
    ["librechat", "doctor", "/dev/zero"],
    ["librechat", "add", "groq", "--config", "/dev/zero", "--dry-run"],
  ]) {
    const { code, err } = await runCommand(args, { cwd: makeFolder() });
    expect([code, err]).toEqual([2, expect.stringContaining("/dev/zero is a device. Name a regular file.")]);
  }
});

test("a read-only file is not replaced, not even by root", async () => {
  const cwd = makeFolder({ "librechat.yaml": "version: 1.3.17\n" });
  chmodSync(join(cwd, "librechat.yaml"), 0o444);
  const { code, err } = await runCommand(["librechat", "add", "groq"], { cwd });
  expect([code, err]).toEqual([1, expect.stringContaining("librechat.yaml is read-only. Nothing was changed")]);
  expect(readFileSync(join(cwd, "librechat.yaml"), "utf8")).toBe("version: 1.3.17\n");
  expect(readdirSync(cwd)).toEqual(["librechat.yaml"]);
});

test.each([true, false])("a full disk leaves nothing half-written (the file exists already: %s)", async (isThere) => {
  const theirs = `version: 1.3.17 # ${"x".repeat(700)}\n`;
  const cwd = makeFolder(isThere ? { "librechat.yaml": theirs } : {});
  // A process limit on file size fails in the middle of a write, as a full disk does.
  const program = `
    const { readConfigOnDisk, writeConfig } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, "../src/librechat/config-file.ts")).href)});
    const file = await readConfigOnDisk("librechat.yaml", { cwd: ${JSON.stringify(cwd)} });
    await writeConfig(file, "x".repeat(5000)).catch((error) => console.log(error.message));`;
  const { stdout, stderr } = spawnSync(
    "sh",
    [
      "-c",
      'ulimit -f 2; exec "$0" "$@"',
      process.execPath,
      "--conditions=source",
      "--input-type=module",
      "-e",
      program,
    ],
    { encoding: "utf8" },
  );
  expect(stdout, stderr).toMatch(/^librechat\.yaml cannot be written: .*EFBIG.*\. Nothing was changed\.$/m);
  expect(readdirSync(cwd)).toEqual(isThere ? ["librechat.yaml"] : []);
  if (isThere) expect(readFileSync(join(cwd, "librechat.yaml"), "utf8")).toBe(theirs);
});
