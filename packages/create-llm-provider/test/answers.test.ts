import { afterAll, describe, expect, test } from "vitest";
import { sampleKeys } from "../../core/test/support/sample-keys.ts";
import { namesOf } from "../src/answers/names-of.ts";
import { answerProblem, parseAnswers } from "../src/answers/parse-answers.ts";
import { emptyFolder, removeFolders, runMain } from "./run-bin.ts";

afterAll(removeFolders);

describe("a hostile answer is refused", () => {
  test.each([
    // npm names, paths, code, shells
    "Acme",
    "Bad Name!",
    "node_modules",
    "favicon.ico",
    ".acme",
    "_acme",
    "1acme",
    "-acme",
    "@scope/acme",
    "../acme",
    "..",
    "/etc/acme",
    "a/b",
    "a\\b",
    "acme.",
    "acme;rm",
    "acme$(id)",
    "acme`id`",
    "acme\n",
    "acme\0",
    "{{acme}}",
    "acmé",
    "аcme", // a Cyrillic a
    "a".repeat(51),
    "index",
    "models",
    "wire",
    "",
    7,
  ])("id %j", (id) => {
    expect(answerProblem("id", id)).toMatch(/^An id .*\.$/);
  });

  test.each([
    "acme",
    "//api.acme.ai/v1",
    "http://api.acme.ai/v1",
    "http://localhost.acme.ai/v1",
    "http://127.0.0.1.nip.io/v1",
    "http://169.254.169.254/latest",
    "ftp://api.acme.ai",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/plain,x",
    "https://user@api.acme.ai/v1",
    "https://user:secret-canary@api.acme.ai/v1",
    "https://api.acme.ai/v1?key=secret-canary",
    "https://api.acme.ai/v1?",
    "https://api.acme.ai/v1#x",
    "https://api.acme.ai/v1/chat/completions",
    "https://api.acme.ai/v1/chat/completions/",
    `https://api.acme.ai/${"x".repeat(300)}`,
    "https://",
    "",
  ])("base URL %j", (baseURL) => {
    const problem = answerProblem("baseURL", baseURL);
    expect(problem).toMatch(/^The base URL .*\.$/);
    expect(problem).not.toContain("secret-canary");
  });

  test.each([
    "",
    " ",
    "a b",
    "a,b",
    "a\nb",
    "a'b",
    'a"b',
    "a`b",
    "a$b",
    "a{{b}}",
    "a#b",
    "- a",
    "&a",
    "*a",
    "!a",
    "__proto__",
    "../a",
    "a\\b",
    "a|b",
    "x".repeat(91),
  ])("model %j", (model) => {
    expect(answerProblem("models", [model])).toMatch(/^A model id .*\.$/);
  });

  test.each([
    "PATH",
    "acme_api_key",
    "ACME",
    "ACME_API_KEY=1",
    "ACME API_KEY",
    "$ACME_API_KEY",
    "sk-1234567890",
    "HOME",
    "_KEY",
    "A\n_KEY",
  ])("key variable %j", (name) => {
    expect(answerProblem("apiKeyEnv", name)).toMatch(/^The key variable .*\.$/);
  });

  test.each(["", " Acme", "a*/b", 'a"b', "a`b", "a\nb", "a${b}", "{{a}}", "<b>", "a: b", "- a", "# a", "x".repeat(51)])(
    "name %j",
    (name) => {
      expect(answerProblem("name", name)).toMatch(/^A name .*\.$/);
    },
  );

  test.each(sampleKeys.filter(({ prefix }) => prefix !== "").map(({ prefix, key }) => [prefix, key] as const))(
    "a key (%s) in any answer is refused, and not repeated",
    (prefix, sample) => {
      const key = sample.replaceAll(/[+/]/g, "x");
      for (const [name, value] of [
        ["id", key],
        ["name", key],
        ["baseURL", `https://api.acme.ai/${key}`],
        ["docs", `https://docs.acme.ai/${key}`],
        ["apiKeyEnv", key],
        ["models", ["acme-small", key]],
      ] as const) {
        const problem = answerProblem(name, value);
        expect(problem, name).toMatch(/\.$/);
        for (let at = prefix.length; at + 8 <= key.length; at++) expect(problem).not.toContain(key.slice(at, at + 8));
      }
    },
  );

  test.each([
    [["acme"]],
    [["acme", "--base-url", "https://a.ai", "--template"]],
    [["acme", "--pm"]],
    [["--json", "acme"]],
  ])("a key after %j is masked in the message", async (words) => {
    const { key, prefix } = sampleKeys.find(({ vendor }) => vendor === "Groq")!;
    for (const word of [key, `--${key}`]) {
      const { code, out, err } = await runMain([...words, word], { folder: emptyFolder() });
      expect(code).toBe(2);
      expect(out + err).not.toContain(key.slice(prefix.length, prefix.length + 8));
    }
  });

  test("a key that would be a valid id is refused", () => {
    const key = `sk-${"0f1e2d3c4b5a6978".repeat(2)}`;
    expect(answerProblem("id", key)).toMatch(/^An id must not contain an API key\./);
    expect(answerProblem("models", [key])).toMatch(/^A model id must not contain an API key\./);
  });

  test.each([
    // design.md asks for plain English: "Unknown option", not "is no answer of this scaffolder".
    [{ id: "acme", baseURL: "https://a.ai", modles: ["a"] }, /^Unknown option "modles"\. Did you mean models\?$/],
    [{ id: "acme", baseURL: "https://a.ai", __proto: 1 }, /^Unknown option "__proto"\. See --print-schema\.$/],
    [{ id: "acme", baseURL: "https://a.ai", models: "a" }, /^models must be of the type array\.$/],
    [{ id: "acme", baseURL: "https://a.ai", models: [7] }, /^models\.0 must be of the type string\.$/],
    [{ id: "acme", baseURL: "https://a.ai", models: [] }, /at least one model/],
    [{ id: "acme", baseURL: "https://a.ai", models: ["a", "a"] }, /named twice/],
    [{ id: "acme", baseURL: "https://a.ai", template: "tool", dialect: "custom" }, /^A tool has no dialect: .*\.$/],
    [{ id: "acme", baseURL: "https://a.ai", template: "tool", models: ["a"] }, /^A tool has no models: .*\.$/],
    [{ id: "acme", baseURL: "https://a.ai", template: "plugin" }, /provider or tool/],
    [{ id: "acme", baseURL: "https://a.ai", dialect: "anthropic" }, /chat-completions or custom/],
    [{ id: "acme", baseURL: "https://a.ai", packageManager: "cnpm" }, /npm, pnpm, yarn or bun/],
  ])("%j", (input, message) => {
    expect(() => parseAnswers(input)).toThrow(message);
  });
});

describe("an unusual but valid answer passes", () => {
  test.each([
    ["https://API.acme.ai/v1/", "https://api.acme.ai/v1"],
    ["https://api.acme.ai/v1///", "https://api.acme.ai/v1"],
    ["https://api.acme.ai", "https://api.acme.ai"],
    ["http://localhost:11434/v1", "http://localhost:11434/v1"],
    ["http://[::1]:8080", "http://[::1]:8080"],
    ["http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"],
    [" https://api.acme.ai/v1\n", "https://api.acme.ai/v1"],
    ['https://api.acme.ai/v1/{{x}}`"', "https://api.acme.ai/v1/%7B%7Bx%7D%7D%60%22"],
    ["https://bücher.example/v1", "https://xn--bcher-kva.example/v1"],
  ])("base URL %j", (given, written) => {
    expect(parseAnswers({ id: "acme", baseURL: given }).baseURL).toBe(written);
  });

  test.each([
    "gpt-4.1",
    "org/model:free",
    "accounts/fireworks/models/x",
    "@cf/meta/llama",
    "hf.co/a/b:Q4_K_M",
    "constructor",
    "toString",
    "1",
  ])("model %j", (model) => {
    expect(answerProblem("models", [model])).toBeUndefined();
  });
});

test.each([
  ["acme", "acme"],
  ["acme-ai", "acmeAi"],
  ["a--b-", "aB"],
  ["class", "classProvider"],
  ["default", "defaultProvider"],
  ["openai", "openaiProvider"],
  ["chat-completions", "chatCompletionsProvider"],
  ["define-provider", "defineProviderProvider"],
  ["await", "awaitProvider"],
])("the id %s exports %s", (id, name) => {
  expect(namesOf(id, "provider").exportName).toBe(name);
});

test("a display name comes from the id", () => {
  expect(["acme", "acme-ai", "a--b-"].map((id) => namesOf(id).displayName)).toEqual(["Acme", "Acme AI", "A B"]);
});
