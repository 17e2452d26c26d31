import { expect, test } from "vitest";
import { commands } from "../src/main.ts";
import { sampleKeys } from "../../core/test/support/sample-keys.ts";
import { runCommand } from "./run-command.ts";

test.each([
  [["nonsense"], /There is no command `nonsense`\. Choose one of: chat/],
  [["chta"], /Did you mean `chat`\?/],
  [["chat"], /Which provider\?/],
  [["chat", "groqq", "hi"], /Did you mean `groq`\?/],
  [["chat", "groq"], /There is no prompt/],
  [["chat", "groq", "hi", "--temprature", "1"], /did you mean `--temperature`\?/],
  [["chat", "groq", "hi", "--temperature", "warm"], /takes a number, not "warm"/],
  [["chat", "groq", "hi", "--param", "top_p"], /NAME=JSON/],
  [["chat", "groq", "hi", "--twin", "--base-url", "https://x.ai"], /exclude each other/],
  [["chat", "--compare", "groq", "hi"], /two or more/],
  [["chat", "./nowhere", "hi"], /There is no file or folder/],
  [["models"], /Which provider\?/],
  [["curl"], /Which provider\?/],
  [["explain"], /Explain what\?/],
  [["explain", "422"], /Whose 422\?/],
  [["twin"], /Which provider\?/],
  [["twin", "groq", "--port", "high"], /0 to 65535/],
  [["completion", "tcsh"], /Which shell\?/],
])("%j ends with a clear message and exit code 2", async (args, sentence) => {
  const { code, out, err } = await runCommand(args);
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/\n\s+at /);
  expect(out).toBe("");
  expect(code).toBe(2);
});

test.each(sampleKeys.filter(({ prefix }) => prefix !== "").map(({ prefix, key }) => [prefix, key] as const))(
  "a key (%s) pasted in the wrong place is not repeated",
  async (prefix, key) => {
    const name = key.replaceAll(/[+/]/g, "x");
    for (const args of [
      [name],
      ["chat", name, "hi"],
      ["chat", "groq", "hi", `--${name}`],
      ["chat", "groq", "hi", "--temperature", name],
      ["explain", "--provider", name, "422"],
      ["explain", "--provider", "groq", `400 property '${name}' is unsupported`],
      ["explain", "--provider", "groq", `401 Invalid API Key: ${name}`],
      ["explain", "--provider", "groq", "--json", `401 {"error":{"message":"Invalid API Key ${name}"}}`],
    ]) {
      const { out, err } = await runCommand(args);
      expect(out + err).not.toBe("");
      for (let at = prefix.length; at + 8 <= name.length; at++) expect(out + err).not.toContain(name.slice(at, at + 8));
    }
  },
);

test("without a command the list of commands goes to stderr, with exit code 2", async () => {
  const { code, out, err } = await runCommand([]);
  expect([code, out]).toEqual([2, ""]);
  for (const name of Object.keys(commands)) expect(err).toContain(name);
});

test("an error of the endpoint says what to do, with exit code 1", async () => {
  const { code, err } = await runCommand(["chat", "ollama", "hi", "--base-url", "http://127.0.0.1:65431"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^network .*ECONNREFUSED/);
  expect(err).toContain("what to do:");
}, 30_000);

test.each(Object.keys(commands))("%s --help shows usage, options and an example, in 80 columns", async (name) => {
  const { code, out } = await runCommand([name, "--help"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^Usage: llm-provider /);
  expect(out.split("\n").filter((line) => line.length > 80 && !/ {2}(llm-provider|git|docker) /.test(line))).toEqual(
    [],
  );
});

test("--version prints the version", async () => {
  expect((await runCommand(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
