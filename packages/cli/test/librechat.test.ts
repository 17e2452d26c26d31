import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema } from "@llm-provider/librechat";
import { makeFolder } from "./make-folder.ts";
import { canary, runCommand } from "./run-command.ts";

const good = `version: 1.3.17
endpoints:
  custom:
    - name: Acme
      apiKey: "\${ACME_API_KEY}"
      baseURL: https://api.acme.ai/v1
      models:
        default: [acme-large]
`;
const broken = good.replace("models:", "modles:");

test.each([
  [[], /Usage: llm-provider librechat <command>/],
  [["docter"], /There is no command `librechat docter`\. Did you mean `doctor`\?/],
  // Missing and surplus arguments give the command-line library's message (issue 15).
  [["add"], /Which provider\? Such as `llm-provider librechat add groq/],
  [["add", "groqq"], /Did you mean `groq`\?/],
  [["add", "groq", "--confg", "x"], /did you mean `--config`\?/],
  [["add", "groq", "--config", "."], /is a folder/],
  [["add", "groq", "--keys", "mine"], /takes env or user/],
  [["add", "groq", "--target", "0.7"], /Choose one of: 0\.8\.7, 0\.8\.8/],
  [["export"], /Which provider\? Such as `llm-provider librechat export groq/],
  [["export", "groq", "mistral"], /Expected 1 argument but got 2/],
  [["doctor"], /Which file\?/],
  [["schema", "librechat.yaml"], /Too many arguments/],
  [["doctor", "nowhere.yaml"], /There is no file nowhere\.yaml/],
  [["doctor", "a.yaml", "b.yaml"], /Expected 1 argument but got 2/],
  [["doctor", "a.yaml", "--dry-run"], /needs `--fix`/],
  [["doctor", "a.yaml", "--env-file", "nowhere.env"], /nowhere\.env cannot be read/],
])("librechat %j ends with a clear message and exit code 2", async (args, sentence) => {
  const cwd = makeFolder({ "a.yaml": good, "b.yaml": good });
  const { code, out, err } = await runCommand(["librechat", ...args], { cwd });
  expect(err).toMatch(sentence);
  expect([code, out]).toEqual([2, ""]);
  expect(err).not.toMatch(/\n\s+at /);
  expect(readdirSync(cwd)).toEqual(["a.yaml", "b.yaml"]);
});

test.each([[], ["add"], ["doctor"], ["export"], ["schema"]])(
  "librechat %s --help shows an example, in 80 columns",
  async (...path) => {
    const { code, out } = await runCommand(["librechat", ...path.filter(Boolean), "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: llm-provider librechat /);
    expect(out).toMatch(/\nExamples:\n {2}llm-provider librechat /);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  },
);

test("export prints the block, and on request the fact and the source behind every line", async () => {
  const { code, out, err } = await runCommand(["librechat", "export", "mistral"]);
  expect([code, err]).toEqual([0, ""]);
  const { code: explainedCode, out: explained } = await runCommand(["librechat", "export", "mistral", "--explain"]);
  expect(explainedCode).toBe(0);
  expect(parse(explained)).toEqual(parse(out));
  expect(explained.match(/# https:\/\/\S+ \(read 2026-\d\d-\d\d\)\n/g)!.length).toBeGreaterThan(20);
  const json = await runCommand(["librechat", "export", "@llm-provider/mistral", "--json"]);
  expect(parse(out).endpoints.custom).toEqual([JSON.parse(json.out)]);
  const tool = await runCommand(["librechat", "export", "serpapi"]);
  expect(parse(tool.out).mcpServers.serpapi.env).toEqual({ SERPAPI_API_KEY: "${SERPAPI_API_KEY}" });
});

test("schema prints only the JSON Schema; its help gives the line that editors read", async () => {
  const { code, out, err } = await runCommand(["librechat", "schema"]);
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toEqual(configSchema());
  const help = await runCommand(["librechat", "schema", "--help"]);
  expect(help.out).toContain("# yaml-language-server: $schema=librechat.schema.json\n");
  expect(help.out).toContain("llm-provider librechat schema > librechat.schema.json");
});

test("add to a new file and export on a terminal say how an editor gets the schema", async () => {
  const cwd = makeFolder();
  const hint = "`llm-provider librechat schema --help`";
  expect((await runCommand(["librechat", "add", "groq"], { cwd })).err).toContain(hint);
  expect((await runCommand(["librechat", "add", "mistral"], { cwd })).err).not.toContain(hint);
  const shown = await runCommand(["librechat", "export", "groq"], { isTerminal: true });
  expect(shown.err).toContain(hint);
  expect(shown.out).not.toContain(hint);
});

test("the doctor's advice names the given file", async () => {
  const block = await runCommand(["librechat", "export", "mistral"]);
  const text = `version: "1.3.17"\n${block.out.replace(/\n {6}tokenConfig:[^]*$/, "\n")}`;
  const cwd = makeFolder({ "team.yaml": text });
  const { out } = await runCommand(["librechat", "doctor", "team.yaml"], { cwd, columns: 100 });
  expect(out.replaceAll(/\s+/g, " ")).toContain("llm-provider librechat add mistral -c team.yaml");
});

test("the doctor exits with 0 without problems and with 1 otherwise", async () => {
  const cwd = makeFolder({ "good.yaml": good, "broken.yaml": broken });
  const clean = await runCommand(["librechat", "doctor", "good.yaml"], { cwd });
  expect([clean.code, clean.out]).toEqual([0, "No problems found in good.yaml.\n"]);
  expect(clean.err).toMatch(/^Schema: .*librechat-data-provider \d+\.\d+\.\d+/);
  const { code, out } = await runCommand(["librechat", "doctor", "broken.yaml"], { cwd });
  expect(code).toBe(1);
  // Issue 17, item 2: findings are grouped by rule, errors first.
  expect(out).toMatch(/^error \S+\n {2}broken\.yaml:7:7 .*modles/);
  expect(out).toContain("    Why: ");
  expect(out).toMatch(/Fix: .*`?models/);
  expect(out).not.toContain("\u001b");
  expect((await runCommand(["librechat", "doctor", "broken.yaml"], { cwd, isTerminal: true })).out).toContain(
    "\u001b[",
  );
});

test("the doctor prints errors first, groups like findings, and prints the reason once", async () => {
  const endpoint = (name: string): string =>
    `    - name: ${name}\n      apiKey: none\n      baseURL: https://${name}.example.com/v1\n      models: { default: [m] }\n      dropParams: [frequency_penalty]\n`;
  const many = `version: 1.3.17\nendpoints:\n  custom:\n${["one", "two", "three"].map(endpoint).join("")}unknown: 1\n`;
  const cwd = makeFolder({ "many.yaml": many });
  const { out } = await runCommand(["librechat", "doctor", "many.yaml"], { cwd });
  expect(out).toMatch(/^error unknown-key\n {2}many\.yaml:19:1 /);
  const flat = out.replaceAll(/\s+/g, " ");
  expect(flat.match(/has no effect: a user/g)).toHaveLength(1);
  expect(flat).toContain('The same for "two", "three": lines 13, 18.');
  expect(out.match(/Why: /g)).toHaveLength(2);
  expect(out).toContain("1 error, 3 warnings.");
});

test("a remark alone does not fail", async () => {
  const local = good.replace("https://api.acme.ai/v1", "http://localhost:8000/v1");
  const cwd = makeFolder({ "local.yaml": local });
  const { code, out } = await runCommand(["librechat", "doctor", "local.yaml"], { cwd });
  expect(code).toBe(0);
  expect(out).toMatch(/^info base-url\n[\s\S]*host\.docker\.internal/);
});

test("a diff never shows the value of a header or a password", async () => {
  const secret = good.replace(
    "models:",
    `headers:\n        Cookie: ${canary}\n      dropParams: [frequency_penalty]\n      models:`,
  );
  const cwd = makeFolder({ "a.yaml": secret });
  const fixed = await runCommand(["librechat", "doctor", "a.yaml", "--fix", "--dry-run"], { cwd });
  const added = await runCommand(["librechat", "add", "groq", "-c", "a.yaml", "--dry-run"], { cwd });
  expect(fixed.out).toContain("+");
  expect(fixed.out).toContain('Cookie: "[hidden]"');
  for (const { out, err } of [fixed, added]) expect(out + err).not.toContain(canary);
});

test("another program's file is recognised and not written to", async () => {
  const compose = "services:\n  api:\n    image: registry.example.com/librechat\n";
  const cwd = makeFolder({ "compose.yaml": compose });
  const doctor = await runCommand(["librechat", "doctor", "compose.yaml"], { cwd });
  expect([doctor.code, doctor.out.match(/^ {2}compose/gm)!.length]).toEqual([1, 1]);
  const add = await runCommand(["librechat", "add", "groq", "-c", "compose.yaml"], { cwd });
  expect([add.code, add.out]).toEqual([1, ""]);
  expect(add.err).toMatch(/Docker compose file, not a librechat\.yaml/);
  expect(readFileSync(join(cwd, "compose.yaml"), "utf8")).toBe(compose);
});

test("--json prints only the diagnostics", async () => {
  const cwd = makeFolder({ "good.yaml": good, "broken.yaml": broken });
  const clean = await runCommand(["librechat", "doctor", "good.yaml", "--json"], { cwd });
  expect(JSON.parse(clean.out)).toEqual({ diagnostics: [] });
  const { code, out } = await runCommand(["librechat", "doctor", "broken.yaml", "--json"], { cwd });
  expect(code).toBe(1);
  const { diagnostics, ...rest } = JSON.parse(out);
  expect(rest).toEqual({});
  for (const diagnostic of diagnostics) {
    expect(diagnostic).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    const { fix = "", ...needed } = diagnostic;
    expect(typeof fix).toBe("string");
    expect(Object.keys(needed).sort()).toEqual(["column", "line", "message", "rule", "severity", "why"]);
  }
});

test("--env-file reports unset variables and shows no value", async () => {
  const cwd = makeFolder({
    "good.yaml": good,
    "unset.env": `OTHER=${canary}\n`,
    "set.env": `ACME_API_KEY=${canary}\n`,
  });
  const set = await runCommand(["librechat", "doctor", "good.yaml", "--env-file", "set.env"], { cwd });
  expect(set.code).toBe(0);
  const unset = await runCommand(["librechat", "doctor", "good.yaml", "-e", "unset.env"], { cwd });
  expect([unset.code, unset.out]).toEqual([1, expect.stringContaining("ACME_API_KEY")]);
  expect(set.out + set.err + unset.out + unset.err).not.toContain(canary);
});

test("--fix repairs the file, keeps a backup, and lists the remaining problems", async () => {
  const cwd = makeFolder({ "broken.yaml": broken });
  const dry = await runCommand(["librechat", "doctor", "broken.yaml", "--fix", "--dry-run"], { cwd });
  expect([dry.code, dry.out]).toEqual([1, expect.stringContaining("\n-      modles:\n+      models:\n")]);
  expect(readFileSync(join(cwd, "broken.yaml"), "utf8")).toBe(broken);
  const { code, out, err } = await runCommand(["librechat", "doctor", "broken.yaml", "--fix"], { cwd });
  expect([code, out]).toEqual([0, "No problems found in broken.yaml.\n"]);
  expect(err).toContain("mended line 7");
  expect(readFileSync(join(cwd, "broken.yaml"), "utf8")).toBe(good);
  expect(readFileSync(join(cwd, "broken.yaml.bak"), "utf8")).toBe(broken);
});
