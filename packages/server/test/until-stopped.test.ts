import { spawn } from "node:child_process";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("./stopped-server.ts", import.meta.url));

test.for(["SIGTERM", "SIGINT"] as const)(
  "%s ends a server with code 0, although a connection is open",
  async (signal) => {
    const child = spawn(process.execPath, ["--conditions=source", program], { stdio: ["ignore", "pipe", "inherit"] });
    const exit = new Promise<unknown[]>((resolve) => child.once("exit", (...how) => resolve(how)));
    const url = await new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", resolve));
    const socket = connect(Number(new URL(url.trim()).port), "127.0.0.1");
    const closed = new Promise((resolve) => socket.on("error", () => undefined).once("close", resolve));
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.write("GET /hang HTTP/1.1\r\nhost: localhost\r\n\r\n");
    child.kill(signal);
    expect(await exit).toEqual([0, null]);
    await closed;
  },
);
