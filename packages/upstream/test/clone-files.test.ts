import { execFileSync } from "node:child_process";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cloneFiles } from "../src/clone/clone-files.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "clone-files-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe("the files of an untrusted clone", () => {
  const unusual: { readonly [name: string]: readonly [make: (path: string) => void, message: string] } = {
    "a pipe": [(path) => void execFileSync("mkfifo", [path]), "x is a pipe. Name a regular file."],
    "a folder": [(path) => void mkdirSync(path), "x is a folder. Name a regular file."],
    "a link to a device": [(path) => symlinkSync("/dev/zero", path), "x is a link, or its folder is one"],
    "a link to a file": [(path) => symlinkSync("/etc/hosts", path), "x is a link, or its folder is one"],
    "a link to nothing": [(path) => symlinkSync("nowhere", path), "x is a link, or its folder is one"],
  };

  it.each(Object.keys(unusual))("are neither read nor replaced if the path is %s", (name) => {
    const root = folder();
    const [make, message] = unusual[name]!;
    make(join(root, "x"));
    const before = readdirSync(root, { withFileTypes: true }).map(String);
    expect(() => cloneFiles(root).read("x")).toThrow(message);
    expect(() => cloneFiles(root).write("x", "new")).toThrow(message);
    expect(readdirSync(root, { withFileTypes: true }).map(String)).toEqual(before);
  });

  it.each(["../x", "/x", "a//x", "./x", "a\\x", "a\0x", "c:x", ""])(
    "cannot have a path outside the clone, such as %j",
    (path) => {
      expect(() => cloneFiles(folder()).read(path)).toThrow("is not a path inside the clone");
      expect(() => cloneFiles(folder()).write(path, "new")).toThrow("is not a path inside the clone");
    },
  );

  it("are not read if they are too large or not UTF-8", () => {
    const root = folder();
    writeFileSync(join(root, "most"), "x".repeat(256 * 1024));
    writeFileSync(join(root, "huge"), "x".repeat(256 * 1024 + 1));
    writeFileSync(join(root, "latin-1"), Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    expect(cloneFiles(root).read("most")).toHaveLength(256 * 1024);
    expect(() => cloneFiles(root).read("huge")).toThrow(
      "huge is larger than 256 KiB, which is the largest size that is read",
    );
    expect(() => cloneFiles(root).read("latin-1")).toThrow("latin-1 is not UTF-8");
  });

  it("are replaced atomically with the same permissions, and not through a hard link", () => {
    const [root, outside] = [folder(), folder()];
    writeFileSync(join(outside, "theirs"), "\u{feff}theirs", { mode: 0o640 });
    linkSync(join(outside, "theirs"), join(root, "x"));
    const files = cloneFiles(root);
    expect(files.read("x")).toBe("\u{feff}theirs");
    files.write("x", "ours");
    files.write("new/y", "ours");
    expect([files.read("x"), files.read("new/y"), files.read("new/z")]).toEqual(["ours", "ours", undefined]);
    expect(statSync(join(root, "x")).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(outside, "theirs"), "utf8")).toBe("\u{feff}theirs");
    expect(readdirSync(root)).toEqual(["new", "x"]);
  });
});
