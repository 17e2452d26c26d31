import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { ownEscape, paint, toJson } from "@llm-provider/testing/command";
import { makeFolder } from "./make-folder.ts";
import { runCommand } from "./run-command.ts";

// design.md, Security: text from a person or an endpoint is printed to a terminal without control characters.
const attacks = [
  "\u001B]52;c;Y3VybCBldmls\u0007", // writes to the clipboard
  "\u001B]52;c;Y3VybCBldmls\u001B\\",
  "\u001B[2J\u001B[H", // clears the screen
  "\u001Bc", // resets the terminal
  "\u001B]0;title\u0007",
  "\u001B[8mhidden\u001B[0m",
  "\u001B[31mred\u001B[39m", // no colour but ours
  "\u009B2J",
  "\u009D52;c;Y3VybCBldmls\u009C",
  "\b\b\b\rover",
  "\u0000\u007F\u0085",
];
const attack = `start${attacks.join("")}end`;

beforeEach(() => void vi.stubEnv("GROQ_API_KEY", "any-key-at-all"));
afterEach(() => void vi.unstubAllEnvs());

/** Checks that every control character is a line feed or begins one of our colours. */
function expectClean({ out, err }: { out: string; err: string }): void {
  // The styles that `paint` uses: bold, dim, red, green, yellow, cyan, and their ends.
  const rest = (out + err).replaceAll(/\p{Cc}\[(?:1|2|22|31|32|33|36|39)m/gu, "");
  expect(rest.match(/[^\P{Cc}\n]/gu) ?? []).toEqual([]);
  expect(out + err).not.toContain("\u001B[31mred");
}

async function endpoint(answer: (url: string) => { status?: number; body: string; type?: string }): Promise<string> {
  const server = createServer((request, response) => {
    const { status = 200, body, type = "application/json" } = answer(request.url!);
    response.writeHead(status, { "content-type": type }).end(body);
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const line = (delta: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ id: "1", model: attack, choices: [{ index: 0, delta, finish_reason }] })}\n\n`;

test.each([true, false])(
  "an answer, its reasoning, a tool call and the model's name (terminal: %s)",
  async (isTerminal) => {
    const call = { index: 0, id: "call_1", type: "function", function: { name: attack, arguments: attack } };
    const url = await endpoint(() => ({
      type: "text/event-stream",
      body: `${line({ reasoning: attack })}${[...attack].map((content) => line({ content })).join("")}${line({ tool_calls: [call] })}${line({}, "stop")}data: [DONE]\n\n`,
    }));
    const { out, err, code } = await runCommand(["chat", "groq", "Hello", "--base-url", url], { isTerminal });
    expect(code).toBe(0);
    expect(out).toContain("start");
    expectClean({ out, err });
  },
);

test("a whole answer, also as JSON, which loses nothing", async () => {
  const message = { role: "assistant", content: attack };
  const body = JSON.stringify({ id: "1", model: "m", choices: [{ index: 0, message, finish_reason: "stop" }] });
  const url = await endpoint(() => ({ body }));
  expectClean(await runCommand(["chat", "groq", "Hello", "--no-stream", "--base-url", url], { isTerminal: true }));
  const json = await runCommand(["chat", "groq", "Hello", "--json", "--base-url", url], { isTerminal: true });
  expectClean(json);
  expect(JSON.parse(json.out)).toMatchObject({ text: attack });
});

test("an error's text and hint, and the names of models", async () => {
  const url = await endpoint((path) =>
    path.endsWith("/models")
      ? { body: JSON.stringify({ data: [{ id: attack, object: "model" }] }) }
      : { status: 400, body: JSON.stringify({ error: { message: attack, code: attack, type: attack } }) },
  );
  const failed = await runCommand(["chat", "groq", "Hello", "--base-url", url], { isTerminal: true });
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining("start")]);
  expectClean(failed);
  const models = await runCommand(["models", "groq", "--base-url", url], { isTerminal: true });
  expect([models.code, models.out]).toEqual([0, expect.stringContaining("start")]);
  expectClean(models);
  const compared = await runCommand(["chat", "hi", "--compare", `groq:${attack},groq`, "--base-url", url], {
    isTerminal: false,
  });
  expectClean(compared);
});

test("pasted or typed input", async () => {
  expectClean(await runCommand(["explain", attack, "--provider", "groq"], { isTerminal: true }));
  expectClean(await runCommand(["explain", `400 {"error":{"message":${JSON.stringify(attack)}}}`, "-p", "groq"]));
  expectClean(await runCommand([attack], { isTerminal: true }));
  expectClean(await runCommand(["chat", "groq", `--${attack}`]));
  expectClean(await runCommand(["curl", `groq:${attack}`, attack], { isTerminal: true }));
});

test("a librechat.yaml, and the definition of a package", async () => {
  const quoted = JSON.stringify(attack).replaceAll(
    /[\u007F-\u009F]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16)}`,
  );
  const yaml = `version: 1.3.17\nendpoints:\n  custom:\n    - name: ${quoted}\n      apiKey: "\${A_KEY}"\n      baseURL: https://a.test/v1\n      ${quoted}: ${quoted}\n      models: { default: [${quoted}] }\n`;
  const definition = {
    id: "acme",
    name: attack,
    docs: "https://docs.acme.test",
    baseURL: "https://api.acme.test/v1",
    auth: { env: `ACME${attack}_API_KEY`, page: attack },
    sources: { models: [attack, "2026-11-22"] },
    dialect: { name: "openai", settings: {} },
    smallModel: attack,
    models: { [attack]: { context: 1000, source: "models" } },
  };
  const cwd = makeFolder({
    "librechat.yaml": yaml,
    "raw.yaml": `# ${attack}\n${attack}: ${attack}\n`,
    "acme.mjs": `export const acme = Object.assign(() => {}, { definition: ${JSON.stringify(definition)} });`,
  });
  for (const args of [
    ["doctor", "librechat.yaml"],
    ["export", "./acme.mjs"],
    ["export", "./acme.mjs", "--explain"],
    ["add", "./acme.mjs", "--dry-run"],
    ["add", "./acme.mjs", "-c", "new.yaml"],
  ]) {
    const result = await runCommand(["librechat", ...args], { cwd, isTerminal: true });
    expect(result.out + result.err, args.join(" ")).toContain("start");
    expectClean(result);
  }
  for (const command of [["doctor"], ["doctor", "--fix", "--dry-run"], ["add", "groq", "--config"]])
    expectClean(await runCommand(["librechat", ...command, "raw.yaml"], { cwd, isTerminal: true }));
});

test("our own sequences pass, and foreign text cannot produce one", async () => {
  const shown = await runCommand(["--help"], { isTerminal: true });
  expect(shown.out).toContain("\u001B[1mUsage:\u001B[22m");
  expect((await runCommand(["--help"])).out).not.toContain("\u001B");
  expect(ownEscape).toMatch(/^\p{Cc}[0-9a-f]{12}$/u);
  expect(paint({ isTerminal: false }).red("x")).toBe("x");
  expect(JSON.parse(toJson({ attack }))).toEqual({ attack });
});
