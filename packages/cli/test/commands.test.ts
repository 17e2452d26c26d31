import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commands } from "../src/main.ts";
import { providers } from "../src/providers.generated.ts";
import { canary, runCommand } from "./run-command.ts";

const definitions = await Promise.all(Object.values(providers).map(async (load) => (await load()).definition));
const variables = definitions.flatMap(({ auth }) => (auth === "none" ? [] : [auth.env]));

beforeEach(() => {
  for (const name of variables) vi.stubEnv(name, canary);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test("chat prints the answer on stdout, usage and changes on stderr", async () => {
  const { code, out, err } = await runCommand(["chat", "groq", "--twin", "Hello", "-p", 'logit_bias={"1":2}']);
  expect(code).toBe(0);
  expect(out.trim()).not.toBe("");
  expect(err).toMatch(/openai\/gpt-oss-20b · \d+ in .* · \d+ out .* · stop/);
  expect(err).toContain("dropped logit_bias");
  expect(err).toContain("https://console.groq.com/docs/openai");
});

test("chat --json prints one result", async () => {
  const { code, out } = await runCommand(["chat", "deepseek", "--twin", "--json"], { input: "Hello from a pipe" });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ finishReason: "stop", message: { role: "assistant", provider: "deepseek" } });
});

test.each(Object.keys(providers))("chat works with the twin of %s", async (name) => {
  const { code, out, err } = await runCommand(["chat", name, "--twin", "Hello"], { providers });
  expect(err).not.toContain("error");
  expect(code).toBe(0);
  expect(out.trim()).not.toBe("");
});

test("chat --compare asks several models side by side", async () => {
  const { code, out } = await runCommand([
    "chat",
    "--compare",
    "groq,deepseek:deepseek-v4-pro,ollama",
    "--twin",
    "Hello",
  ]);
  expect(code).toBe(0);
  const lines = out.trim().split("\n");
  expect(lines[0]).toMatch(/^provider +first token +tokens\/s +in +out +cost +state$/);
  expect(lines.slice(1).map((line) => line.split(/ +/)[0])).toEqual(["groq", "deepseek:deepseek-v4-pro", "ollama"]);
  expect(lines.slice(1).every((line) => line.endsWith("stop"))).toBe(true);
});

test("models merges the endpoint's list with the catalogue and marks retired models", async () => {
  const { code, out } = await runCommand(["models", "groq", "--twin"]);
  expect(code).toBe(0);
  expect(out).toMatch(/openai\/gpt-oss-20b +131,072/);
  expect(out).toMatch(/llama-3\.1-8b-instant.*retired 2026-08-16/);
  const rows = JSON.parse((await runCommand(["models", "groq", "--twin", "--json"])).out) as {
    id: string;
    isListed: boolean;
  }[];
  expect(rows.find(({ id }) => id === "openai/gpt-oss-20b")).toMatchObject({ isListed: true, context: 131_072 });
});

test("models without a key shows the catalogue and says so", async () => {
  vi.stubEnv("GROQ_API_KEY", "");
  const { code, out, err } = await runCommand(["models", "groq"]);
  expect(code).toBe(0);
  expect(out).toContain("openai/gpt-oss-20b");
  expect(err).toContain("GROQ_API_KEY");
});

test("curl prints a line that a shell parses into the same body, with the key as a variable and the changes above", async () => {
  const { code, out } = await runCommand(["curl", "groq", 'it\'s $HOME `id` "quoted"', "-p", 'logit_bias={"1":2}']);
  expect(code).toBe(0);
  expect(out).toMatch(/^# dropped logit_bias: .* https:\/\//);
  expect(out).toContain('"authorization: Bearer $GROQ_API_KEY"');
  const { execFileSync } = await import("node:child_process");
  const script = `curl() { for a; do printf '%s\\n' "$a"; done; }\n${out}`;
  const shown = execFileSync("sh", ["-c", script], {
    env: { GROQ_API_KEY: "shown-by-the-shell" },
    encoding: "utf8",
  }).split("\n");
  expect(shown).toContain("authorization: Bearer shown-by-the-shell");
  const body = JSON.parse(shown[shown.indexOf("-d") + 1]!) as { messages: { content: string }[]; logit_bias?: unknown };
  expect(body.messages[0]!.content).toBe('it\'s $HOME `id` "quoted"');
  expect(body.logit_bias).toBeUndefined();
});

test("curl --postman prints a collection with the key as its variable", async () => {
  const { out } = await runCommand(["curl", "mistral", "Hello", "--postman"]);
  const { item } = JSON.parse(out) as { item: { request: { header: { key: string; value: string }[] } }[] };
  expect(item[0]!.request.header).toContainEqual({ key: "authorization", value: "Bearer {{MISTRAL_API_KEY}}" });
});

test("twin listens until it is interrupted", async () => {
  const controller = new AbortController();
  const running = runCommand(["twin", "mistral", "--json"], { signal: controller.signal });
  setTimeout(() => controller.abort(), 200);
  const { out, code } = await running;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/) });
});

test.each(["bash", "zsh", "fish"])("completion for %s names every command", async (shell) => {
  const { out, code } = await runCommand(["completion", shell]);
  expect(code).toBe(0);
  for (const name of Object.keys(commands)) expect(out).toContain(name);
});

test("no command prints the key", async () => {
  const lines = [
    ["chat", "groq", "--twin", "Hello"],
    ["chat", "groq", "--twin", "Hello", "--json"],
    ["models", "groq", "--twin", "--json"],
    ["curl", "groq", "Hello"],
    ["curl", "groq", "Hello", "--json"],
    ["curl", "groq", "Hello", "--postman"],
    ["explain", "401", "--provider", "groq"],
    ["chat", "groq", "--base-url", "http://127.0.0.1:65431", "Hello"],
  ];
  for (const line of lines) {
    const { out, err } = await runCommand(line);
    expect(out + err, line.join(" ")).not.toContain(canary.slice(0, 16));
  }
}, 30_000);
