import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

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
