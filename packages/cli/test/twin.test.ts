import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { acme } from "../../testing/test/fixtures/acme.ts";
import { runCommand } from "./run-command.ts";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const fixture = source("../../testing/test/fixtures/acme.ts");

test.each([
  ["SIGINT", "LLM_TWIN_KEY", []],
  ["SIGTERM", "ACME_API_KEY", ["--key", "ACME_API_KEY"]],
] as const)("twin serves until %s, logs requests, and knows its key in %s", async (signal, variable, args) => {
  const twin = spawn(process.execPath, ["--conditions=source", source("../src/bin.ts"), "twin", fixture, ...args], {
    env: { PATH: process.env["PATH"], [variable]: "right-key-123" },
  });
  let [out, err] = ["", ""];
  twin.stderr.on("data", (bytes: Buffer) => (err += bytes.toString()));
  const url = await new Promise<string>((done) => {
    twin.stdout.on("data", (bytes: Buffer) => {
      out += bytes.toString();
      if (out.endsWith("\n")) done(out.trim());
    });
  });
  const ask = (apiKey: string) =>
    acme({ baseURL: url, apiKey, maxRetries: 0 }).chat({
      model: "acme-small",
      messages: [{ role: "user", content: "Hello" }],
    });
  expect((await ask("right-key-123")).text).toContain("Hello");
  await expect(ask("wrong-key-456")).rejects.toMatchObject({ code: "invalid-key" });
  await fetch(`${url}/models?key=right-key-123`);
  const ended = new Promise<number | null>((done) => twin.on("exit", done));
  twin.kill(signal);
  expect(await ended).toBe(0);
  // Issue 17: the notice about a package says what its provider does in this command, and a twin sends no request.
  expect(err).toContain(`${fixture} is a local package: no request is sent to api.acme.test.`);
  expect(err).toContain(`A fake Acme listens at this address. Only the key in ${variable} passes. Models: acme-small`);
  // Issue 17: method, path, status, milliseconds, refused fields.
  expect(err).toMatch(
    /POST \/v1\/chat\/completions 200 \d+ ms\nPOST \/v1\/chat\/completions 401 \d+ ms {2}The key that/,
  );
  expect(err).toMatch(/GET \/v1\/models 401 \d+ ms {2}The key that was sent is not the key of this twin\.\n/);
  expect(out + err).not.toContain("right-key");
});

test.each(["99999", "-1", "high", ""])("twin refuses the port %j", async (port) => {
  const { code, err } = await runCommand(["twin", "groq", `--port=${port}`]);
  expect([code, err]).toEqual([2, expect.stringContaining("takes a number from 0 to 65535")]);
});

test.each([
  ["NOT_SET_KEY", "The variable NOT_SET_KEY is not set."],
  ["gsk_ABCDEFGHIJKLMNOP1234567890abcdefghij", "takes the name of an environment variable"],
  ["lower", "takes the name of an environment variable"],
])("twin refuses --key %s, and repeats no key", async (key, sentence) => {
  const { code, err } = await runCommand(["twin", "groq", "--key", key]);
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  expect(err).not.toContain("ABCDEFGH");
});

test("a port in use gives a clear message", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as { port: number };
  const { code, err } = await runCommand(["twin", "groq", "--port", String(port)]);
  server.close();
  expect([code, err]).toEqual([2, expect.stringContaining(`Port ${port} is in use.`)]);
});
