import { readdirSync, readFileSync } from "node:fs";
import { Validator, type Schema } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema, diagnose, schemaSource, targets, toEndpoint, type Target } from "@llm-provider/librechat";
import { shapeIssues } from "../src/schema/shape-issues.ts";
import { definitions } from "./definitions.ts";

const folder = new URL("./doctor/", import.meta.url);
const validator = new Validator(configSchema() as Schema, "7");
const accepts = (value: unknown): boolean => validator.validate(value).valid;
const broken = readdirSync(new URL("broken/", folder));

const withServer = (lines: string): string =>
  `version: 1.3.17\nmcpServers:\n  files:\n${lines.replace(/^/gm, "    ")}\n`;

test("the schema is draft-07 and names the releases behind it", () => {
  const schema = configSchema();
  expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
  expect(schema["x-librechat"]).toEqual(schemaSource);
  expect(schemaSource).toMatchObject({
    version: expect.stringMatching(/^v\d/),
    config: targets["0.8.8"].configVersion,
    dataProvider: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
});

test("each caller gets a copy", () => {
  (configSchema() as { title: string }).title = "changed";
  expect(configSchema().title).toBe("librechat.yaml");
});

test("the schema accepts every good file of the doctor's tests", () => {
  for (const name of readdirSync(new URL("good/", folder)))
    expect(accepts(parse(readFileSync(new URL(`good/${name}`, folder), "utf8"))), name).toBe(true);
});

test("the schema refuses every file in which the doctor finds an unknown key or a wrong shape", () => {
  let refused = 0;
  for (const name of broken) {
    const text = readFileSync(new URL(`broken/${name}`, folder), "utf8");
    if (!/^# Expect (schema|unknown-key) /m.test(text)) continue;
    expect(accepts(parse(text)), name).toBe(false);
    refused++;
  }
  expect(refused).toBeGreaterThan(20);
});

test("the schema accepts every endpoint that we export", () => {
  for (const target of Object.keys(targets) as Target[])
    for (const keys of ["env", "user"] as const) {
      const custom = definitions.map((definition) => toEndpoint(definition, { target, keys }));
      expect(validator.validate({ version: targets[target].configVersion, endpoints: { custom } }).errors).toEqual([]);
    }
});

test("if shapes differ by one value, the doctor lists the values of all", () => {
  const text = "version: 1.3.17\nsummarization:\n  trigger:\n    type: sometimes\n    value: 2\n";
  expect(diagnose(text)).toMatchObject([
    { rule: "schema", line: 4, fix: "Write token_ratio, remaining_tokens or messages_to_refine." },
  ]);
});

test("null is accepted where LibreChat accepts it", () => {
  expect(
    diagnose("version: 1.3.17\nwebSearch:\n  firecrawlOptions:\n    changeTrackingOptions:\n      tag: null\n"),
  ).toEqual([]);
});

test("a key of another kind of MCP server is reported by its name", () => {
  const text = withServer("type: stdio\ncommand: npx\nargs: []\nobo: { scopes: x }");
  expect(diagnose(text)).toMatchObject([
    {
      rule: "unknown-key",
      severity: "error",
      line: 7,
      column: 5,
      fix: expect.stringContaining("another kind of MCP server"),
    },
  ]);
});

test("a string that violates two bounds is reported once", () => {
  const text =
    'version: 1.3.17\nskillSync:\n  github:\n    sources:\n      - { id: "", owner: a, repo: b, paths: [c] }\n';
  const found = diagnose(text).filter(({ message }) => message.includes("sources[0].id"));
  expect(found).toMatchObject([
    { message: "`skillSync.github.sources[0].id` is out of bounds: it must not be empty." },
  ]);
});

test("the message asks for a whole number in words", () => {
  const text = "version: 1.3.17\nendpoints:\n  custom:\n    - name: a\n      activityMaxPerRun: 2.5\n";
  expect(diagnose(text).map(({ message }) => message)).toContain(
    "`endpoints.custom[0].activityMaxPerRun` is out of bounds: it must be a whole number.",
  );
});

test("a value must be a URL or a variable", () => {
  const withIssuer = (issuer: string): string =>
    `version: 1.3.17\nendpoints:\n  agents:\n    remoteApi:\n      auth:\n        oidc:\n          issuer: ${issuer}\n`;
  expect(diagnose(withIssuer('"${ISSUER}"'))).toEqual([]);
  expect(diagnose(withIssuer("https://id.acme.ai"))).toEqual([]);
  expect(diagnose(withIssuer("acme"))).toMatchObject([
    { line: 7, message: expect.stringContaining("it must be a URL") },
  ]);
});

test("keys with characters of a JSON pointer are located correctly", () => {
  expect(diagnose('version: 1.3.17\nmcpServers:\n  "a/b~c#d%41 é": 3\n')).toMatchObject([
    { line: 3, message: "`mcpServers.a/b~c#d%41 é` is a number; LibreChat expects a mapping." },
  ]);
});

test("an invalid Unicode key and a file full of mistakes are reported, not thrown", () => {
  expect(diagnose('version: 1.3.17\n"a\\ud800": 1\n')).toMatchObject([{ message: expect.stringContaining("Unicode") }]);
  const many = { version: "1.3.17", endpoints: { custom: [{ models: { default: Array(60_000).fill(3) } }] } };
  expect(shapeIssues(many)).toEqual([{ kind: "bound", path: [], bound: "it has too many mistakes to list" }]);
});
