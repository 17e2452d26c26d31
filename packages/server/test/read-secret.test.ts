import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { readSecret } from "@llm-provider/server";

const folder = mkdtempSync(join(tmpdir(), "secret-"));
const env = "LLM_PROVIDER_TEST_TOKEN";
const secret = "a-secret-of-enough-length";
afterEach(() => delete process.env[env]);
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, "token");
  writeFileSync(path, content);
  return path;
}

test("a secret is read from a file, or else from the environment", () => {
  expect(readSecret({ env })).toBeUndefined();
  process.env[env] = ` ${secret} `;
  expect(readSecret({ env })).toBe(secret);
  expect(readSecret({ env, file: file("another-secret-entirely\n") })).toBe("another-secret-entirely");
});

test("a secret that is not safe is refused, and not repeated", () => {
  for (const weak of ["hunter2", "grüße-an-alle-die-das-lesen", "with a space in the middle"]) {
    let message = "";
    try {
      readSecret({ env, file: file(weak) });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain("16 characters or more");
    expect(message).not.toContain(weak);
  }
  expect(() => readSecret({ env, file: file("\n") })).toThrow(/is empty/);
  // design.md, Security: only regular files are read, and every command reports others in the same words.
  for (const path of [folder, "/dev/zero"])
    expect(() => readSecret({ env, file: path })).toThrow(/is a (folder|device)\. Name a regular file/);
  expect(() => readSecret({ env, file: file("x".repeat(64 * 1024 + 1)) })).toThrow(/is larger than 64 KiB/);
  expect(() => readSecret({ env, file: join(folder, "none") })).toThrow(/cannot be read: there is no such file/);
});
