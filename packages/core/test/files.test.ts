import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRegularFile, readRegularText, writeRegularFile } from "@llm-provider/core/internal/files";
import { describe, expect, it, onTestFinished } from "vitest";

function folder(): string {
  const path = fs.mkdtempSync(join(tmpdir(), "files-"));
  onTestFinished(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

/** No devices here: if a write were not refused, root would replace the device. */
const unusual: { readonly [name: string]: (path: string) => void } = {
  "a pipe": (path) => void execFileSync("mkfifo", [path]),
  "a folder": (path) => void fs.mkdirSync(path),
  "a link to a pipe": (path) => {
    execFileSync("mkfifo", [`${path}.pipe`]);
    fs.symlinkSync(`${path}.pipe`, path);
  },
  "a link to a folder": (path) => fs.symlinkSync(".", path),
  "a link to nothing": (path) => fs.symlinkSync("nowhere", path),
  "a link to itself": (path) => fs.symlinkSync("x", path),
};

describe("a path from the user", () => {
  it.each(Object.keys(unusual))("is refused with a clear message and left alone if it is %s", (name) => {
    const root = folder();
    const path = join(root, "x");
    unusual[name]!(path);
    const before = fs.readdirSync(root, { withFileTypes: true }).map((entry) => [entry.name, entry.isFile()]);
    for (const run of [() => readRegularFile(path), () => writeRegularFile(path, "new")])
      expect(run).toThrow(expect.objectContaining({ message: expect.stringMatching(/^\S+\/x .*\.$/), exitCode: 2 }));
    expect(fs.readdirSync(root, { withFileTypes: true }).map((entry) => [entry.name, entry.isFile()])).toEqual(before);
  });

  it("is refused before reading if it is a device, even behind a link", () => {
    const link = join(folder(), "x");
    fs.symlinkSync("/dev/zero", link);
    for (const path of ["/dev/zero", link]) expect(() => readRegularFile(path)).toThrow(/is a device/);
  });

  it("is read up to a size limit, whatever size it reports", () => {
    const path = join(folder(), "x");
    fs.writeFileSync(path, "x".repeat(100));
    expect(readRegularFile(path, { largest: 100 })).toHaveLength(100);
    expect(() => readRegularFile(path, { largest: 99 })).toThrow(/larger than/);
    fs.writeFileSync(path, Buffer.alloc(6 * 1024 * 1024));
    expect(() => readRegularFile(path)).toThrow(/is larger than 2 MiB, which is the largest size that is read\.$/);
    if (fs.existsSync("/proc/self/status")) {
      expect(fs.statSync("/proc/self/status").size).toBe(0);
      expect(() => readRegularFile("/proc/self/status", { largest: 20 })).toThrow(/larger than/);
    }
  });

  it("gives undefined if nothing is there, and a clear message if it is not UTF-8", () => {
    const path = join(folder(), "x");
    expect(readRegularText(path)).toBeUndefined();
    fs.writeFileSync(path, Buffer.from([0xe4, 0x0a]));
    expect(() => readRegularText(path)).toThrow(/is not UTF-8/);
  });

  it("is not followed through a link with followsLinks: false", () => {
    const root = folder();
    fs.writeFileSync(join(root, "real"), "theirs");
    fs.symlinkSync("real", join(root, "link"));
    expect(readRegularText(join(root, "link"))).toBe("theirs");
    expect(() => readRegularText(join(root, "link"), { followsLinks: false })).toThrow(/is a link/);
    expect(() => writeRegularFile(join(root, "link"), "x", { followsLinks: false })).toThrow(/is a link/);
    writeRegularFile(join(root, "link"), "ours");
    expect([fs.readFileSync(join(root, "real"), "utf8"), fs.readlinkSync(join(root, "link"))]).toEqual([
      "ours",
      "real",
    ]);
  });
});

describe("a written file", () => {
  it("keeps its permissions, is replaced atomically and leaves no draft", () => {
    const root = folder();
    const path = join(root, "x");
    writeRegularFile(path, "one");
    expect(fs.statSync(path).mode & 0o777).toBe(0o644);
    fs.chmodSync(path, 0o600);
    writeRegularFile(path, "two");
    expect([fs.readFileSync(path, "utf8"), fs.statSync(path).mode & 0o777]).toEqual(["two", 0o600]);
    expect(() => writeRegularFile(path, "three", { isNew: true })).toThrow(/is there already/);
    expect(() => writeRegularFile(path, "three", { expected: Buffer.from("one") })).toThrow(/changed by somebody else/);
    expect([fs.readFileSync(path, "utf8"), fs.readdirSync(root)]).toEqual(["two", ["x"]]);
  });

  it("is not replaced if it is read-only, even by root", () => {
    const path = join(folder(), "x");
    fs.writeFileSync(path, "theirs", { mode: 0o444 });
    expect(() => writeRegularFile(path, "ours")).toThrow(/is read-only\. Nothing was changed/);
    expect(fs.readFileSync(path, "utf8")).toBe("theirs");
  });

  it.each([true, false])("is never half-written on a full disk (it already exists: %s)", (isThere) => {
    const root = folder();
    const path = join(root, "x");
    if (isThere) fs.writeFileSync(path, "theirs");
    const restore = fillDisk();
    expect(() => writeRegularFile(path, "much longer than there is room for")).toThrow(
      /the disk is full \(ENOSPC\)\. Nothing was changed\.$/,
    );
    restore();
    expect(fs.readdirSync(root)).toEqual(isThere ? ["x"] : []);
    if (isThere) expect(fs.readFileSync(path, "utf8")).toBe("theirs");
  });

  it("is filled in place if it is a mount, and restored if the disk is full", () => {
    const root = folder();
    const path = join(root, "x");
    fs.writeFileSync(path, "theirs");
    const busy = (): never => {
      throw Object.assign(new Error("busy"), { code: "EBUSY" });
    };
    onTestFinished(replaced("renameSync", busy));
    writeRegularFile(path, "ours");
    expect(fs.readFileSync(path, "utf8")).toBe("ours");
    const real = fs.writeSync;
    let calls = 0;
    const full = ((file: number, bytes: Uint8Array, ...rest: [number, number, number]) => {
      // There is room for the draft but not for the file, and then room for the old content.
      if (++calls === 2) return real(file, bytes, rest[0], 2, rest[2]);
      if (calls === 3) throw Object.assign(new Error("full"), { code: "ENOSPC" });
      return real(file, bytes, ...rest);
    }) as typeof fs.writeSync;
    onTestFinished(replaced("writeSync", full));
    expect(() => writeRegularFile(path, "something longer")).toThrow(/the disk is full/);
    expect([fs.readFileSync(path, "utf8"), fs.readdirSync(root)]).toEqual(["ours", ["x"]]);
  });
});

/** Only half of the written bytes fit. */
function fillDisk(): () => void {
  const real = fs.writeSync;
  let calls = 0;
  return replaced("writeSync", ((file: number, bytes: Uint8Array, at: number, length: number) => {
    if (calls++ > 0) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    return real(file, bytes, at, Math.ceil(length / 2));
  }) as typeof fs.writeSync);
}

/** Replaces one of Node's functions for every module that imported it. */
function replaced<Name extends "renameSync" | "writeSync">(name: Name, other: (typeof fs)[Name]): () => void {
  const real = fs[name];
  fs[name] = other;
  syncBuiltinESMExports();
  return () => {
    fs[name] = real;
    syncBuiltinESMExports();
  };
}
