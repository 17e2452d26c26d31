import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const bin = join(import.meta.dirname, "../dist/bin.js");

test.for(["SIGTERM", "SIGINT"] as const)(
  "%s ends the gateway with code 0, although a client is connected",
  async (signal) => {
    const child = spawn(process.execPath, [bin, "gateway", "groq", "--twin", "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = new Promise<unknown[]>((resolve) => child.once("exit", (...how) => resolve(how)));
    const url = await new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", resolve));
    // The connection stays open: fetch keeps it for the next request.
    expect((await fetch(`${url.trim()}/models`)).status).toBe(200);
    child.kill(signal);
    expect(await exit).toEqual([0, null]);
  },
);

test("without the gateway's package the command prints the line that installs it", () => {
  const packages = join(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "no-gateway-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const own = join(folder, "node_modules/llm-provider");
  for (const name of ["dist", "package.json"])
    cpSync(join(packages, "cli", name), join(own, name), { recursive: true });
  mkdirSync(join(folder, "node_modules/@llm-provider"));
  const { dependencies } = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as { dependencies: object };
  for (const name of Object.keys(dependencies))
    symlinkSync(realpathSync(join(packages, "cli/node_modules", name)), join(folder, "node_modules", name));
  const { status, stderr } = spawnSync(process.execPath, [join(own, "dist/bin.js"), "gateway", "groq", "openrouter"], {
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /npx -p llm-provider@(\S+) -p @llm-provider\/gateway@\1 llm-provider gateway groq openrouter\n/,
  );
});
