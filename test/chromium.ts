import { spawnSync } from "node:child_process";

const names = [process.env["CHROMIUM_PATH"], "chromium", "chromium-browser", "google-chrome"];

/** The installed browser, as scripts/get-chromium.sh finds it. `CHROMIUM_PATH` overrides it. */
export const chromiumPath: string | undefined = names
  .filter((name) => name !== undefined && name !== "")
  .map((name) => spawnSync("sh", ["-c", 'command -v "$1"', "sh", name!], { encoding: "utf8" }).stdout.trim())
  .find((path) => path !== "");

if (!chromiumPath)
  console.warn(
    "SKIPPED: the tests of pages, because no Chromium was found. Run `bash scripts/get-chromium.sh`, or set CHROMIUM_PATH.",
  );
