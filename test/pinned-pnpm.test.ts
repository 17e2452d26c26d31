import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/**
 * `devEngines` of package.json is the one place. The field `packageManager` would be a second one, and it makes
 * `install --frozen-lockfile` fail if a registry lacks this version of pnpm.
 */
const { devEngines, packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  devEngines: { packageManager: { name: string; version: string; onFail: string } };
  packageManager?: string;
};

test("pnpm is pinned in one place, and every command names that version", () => {
  const { name, version, onFail } = devEngines.packageManager;
  expect({ name, onFail, packageManager }).toEqual({ name: "pnpm", onFail: "ignore", packageManager: undefined });
  const files = execFileSync("git", ["grep", "-lE", String.raw`pnpm(@|\\@|", ")[0-9]+\\?\.`], {
    cwd: root,
    encoding: "utf8",
  });
  const found = files
    .trim()
    .split("\n")
    // show-contribute checks a clone of LibreChat's documentation with the pnpm version pinned there.
    .filter((path) => !/^(pnpm-lock|.*CHANGELOG)|package-lock\.json$|show-contribute/.test(path))
    .flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/pnpm(?:@|", ")(\d+\\?\.\d+\\?\.\d+)/g)].map(([, given]) => ({
        path,
        version: given!.replaceAll("\\", ""),
      })),
    );
  expect(found.length).toBeGreaterThan(30);
  expect(found.filter((one) => one.version !== version)).toEqual([]);
});
