import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect, test } from "vitest";
import { expectServed } from "./expect-served.ts";

const program = ["--conditions=source", fileURLToPath(new URL("./stdio-server.ts", import.meta.url))];
const request = (id: number, method: string, params: object) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
const hello = request(1, "initialize", {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "test", version: "1" },
});

test("the official client lists and calls tools over stdio", async () => {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: program }));
  await expectServed(client);
  await client.close();
});

test("at the end of its input, the process answers the running calls and ends", async () => {
  const child = spawn(process.execPath, program, { stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  child.stdin.end(hello + request(2, "tools/call", { name: "echo", arguments: { text: "last words" } }));
  const [code] = (await once(child, "close")) as [number];

  expect(code).toBe(0);
  expect(errors).toBe("");
  const answers = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: number; result: { content?: { text: string }[] } });
  expect(answers.map(({ id }) => id)).toEqual([1, 2]);
  expect(answers[1]?.result.content?.[0]?.text).toBe("last words");
});

test("invalid messages are ignored", async () => {
  const child = spawn(process.execPath, program, { stdio: ["pipe", "pipe", "ignore"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stdin.end(`this is not JSON\n{"jsonrpc":"1.0"}\n${hello}`);
  const [code] = (await once(child, "close")) as [number];
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ id: 1, result: { serverInfo: { name: "test-server" } } });
});
