import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type FakeClone, fakeClone, guides } from "./fake-clone.ts";

/** A clone whose configuration would run a program, which writes a file outside the clone. */
export interface HostileClone extends FakeClone {
  /** A shell command that writes the file. */
  readonly program: string;
  /** Adds to `.git/config`. */
  config(key: string, value: string): void;
  /** Writes a file inside `.git`. */
  inGit(path: string, text: string, mode?: number): void;
  /** Whether the program has run since the last call. */
  hasRun(): boolean;
}

/** Creates a hostile clone. Every tracked file looks changed, so git has to read it. */
export function hostileClone(extra: { readonly [path: string]: string } = {}): HostileClone {
  const clone = fakeClone(extra);
  const outside = realpathSync(mkdtempSync(join(tmpdir(), "hostile-")));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  const canary = join(outside, "ran");
  touchAll(clone);
  return {
    ...clone,
    program: `touch '${canary}'`,
    config: (key, value) => void clone.git("config", "--add", key, value),
    inGit: (path, text, mode) => {
      const file = join(clone.path, ".git", path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, text, mode === undefined ? {} : { mode });
    },
    hasRun: () => {
      const ran = existsSync(canary);
      rmSync(canary, { force: true });
      return ran;
    },
  };
}

function touchAll(clone: FakeClone): void {
  const old = new Date("2020-01-01T00:00:00Z");
  for (const path of clone.git("ls-files").trim().split("\n")) utimesSync(join(clone.path, path), old, old);
}

/** Runs plain git in the clone, to prove that the program would run. It may fail. */
export function plainGit(clone: FakeClone, ...command: readonly string[]): void {
  spawnSync("git", [...command], { cwd: clone.path, stdio: "ignore", timeout: 20_000 });
}

/** Adds a repository as a submodule at `sub`, committed. */
export function addSubmodule(clone: FakeClone): string {
  const source = fakeClone().path;
  const allow = ["-c", "protocol.file.allow=always"];
  execFileSync("git", [...allow, "submodule", "--quiet", "add", source, "sub"], { cwd: clone.path });
  clone.git("commit", "--quiet", "--message", "Submodule");
  return join(clone.path, "sub");
}

/** Removes the last committed version of a guide from the clone, as in a partial clone, and changes the guide. */
export function loseBlob(clone: FakeClone): void {
  const file = `${guides}/bolt.mdx`;
  const blob = clone.git("rev-parse", `HEAD:${file}`).trim();
  rmSync(join(clone.path, ".git/objects", blob.slice(0, 2), blob.slice(2)));
  writeFileSync(join(clone.path, file), "changed\n");
}
