import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";
import {
  addToConfig,
  diagnose,
  rules,
  schemaSource,
  targets,
  toEndpoint,
  toMcpServer,
  toRemoteMcpServer,
  type Diagnostic,
  type Target,
} from "../../packages/librechat/src/index.ts";
import { shapeIssues } from "../../packages/librechat/src/schema/shape-issues.ts";
import { readConfigFile, type ConfigFile } from "../../packages/librechat/src/doctor/config-file.ts";
import { tools } from "../../packages/cli/src/providers.generated.ts";
import { definitions } from "./providers.ts";

type Path = (string | number)[];
type Issue = { code?: string; path: Path; message: string; keys?: string[] };
type ZodSchema = { safeParse(value: unknown): { success: boolean; error?: { issues: Issue[] } } };

const require = createRequire(import.meta.url);
const { configSchema, endpointSchema } = require("librechat-data-provider") as {
  configSchema: { strict(): ZodSchema };
  endpointSchema: ZodSchema;
};
const textRules: readonly string[] = rules.filter(({ on }) => on === "text").map(({ id }) => id);
const fixtures = new URL("../../packages/librechat/test/doctor/", import.meta.url);

/** Checks that LibreChat's own schema accepts our exports, and judges the doctor's files as the doctor does. */
export async function checkSchema(): Promise<string[]> {
  let blocks = 0;
  for (const target of Object.keys(targets) as Target[]) {
    for (const keys of ["env", "user"] as const) {
      let text = "";
      for (const definition of definitions) {
        const endpoint = toEndpoint(definition, { target, keys });
        assert.ok(endpointSchema.safeParse(endpoint).success, `${definition.name} for ${target}, ${keys}`);
        ({ text } = addToConfig(text, { endpoint }, { target }));
        blocks++;
      }
      assert.deepEqual(issuesOf(parse(text)), [], `all in one file for ${target}, ${keys}`);
      const found = diagnose(text, { definitions, target });
      // The doctor remarks on Docker for a server on the same machine.
      assert.deepEqual(
        found.filter(({ severity }) => severity !== "info"),
        [],
        `${target}, ${keys}`,
      );
    }
  }

  for (const { id, auth, variables, package: name, builtin } of Object.values(tools)) {
    const facts = { auth, ...(variables && { variables }) };
    const servers = [
      toMcpServer(facts, { command: "npx", args: ["-y", name] }),
      toRemoteMcpServer("http://host.docker.internal:3333/mcp", "ANY_MCP_TOKEN"),
      ...(builtin ? [toRemoteMcpServer(builtin.url, auth.env)] : []),
    ];
    for (const mcpServer of servers)
      for (const target of Object.keys(targets) as Target[]) {
        const { text } = addToConfig("", { name: id, mcpServer }, { target });
        assert.deepEqual(issuesOf(parse(text)), [], `${id} for ${target}`);
        const environment = Object.fromEntries([...text.matchAll(/\$\{(\w+)\}/g)].map(([, one]) => [one!, "x"]));
        assert.deepEqual(
          diagnose(text, { target, environment }).filter(({ severity }) => severity !== "info"),
          [],
          `${id} for ${target}`,
        );
        blocks++;
      }
  }

  const counts = { good: 0, broken: 0, real: 0, changed: 0 };
  for (const kind of ["good", "broken", "real"] as const) {
    for (const name of readdirSync(new URL(`${kind}/`, fixtures))) {
      const text = readFileSync(new URL(`${kind}/${name}`, fixtures), "utf8");
      const environment = environmentOf(text) ?? {};
      const found = diagnose(text, { definitions, ...(environmentOf(text) && { environment }) });
      const file = readConfigFile(text);
      // Invalid YAML has no value to check.
      const issues = found.some(({ rule }) => textRules.includes(rule))
        ? []
        : issuesOf(withUrls(file.value, environment));
      const untold = issues.filter((issue) => !isTold(file, issue, found));
      assert.deepEqual(untold, [], `${kind}/${name}: LibreChat's schema reports issues that the doctor does not`);
      if (found.some(({ rule, severity }) => rule === "schema" && severity === "error"))
        assert.notDeepEqual(issuesOf(file.value), [], `${kind}/${name}: LibreChat's schema accepts it`);
      if (kind === "good") counts.changed += compareVerdicts(file.value, name);
      if (kind === "real") assert.deepEqual(issues, [], `${kind}/${name}: LibreChat's schema refuses it`);
      counts[kind]++;
    }
  }
  const release = schemaSource.dataProvider;
  return [
    `schema ${release}: ${blocks} exported blocks accepted`,
    `schema ${release}: ${counts.good + counts.real} good and ${counts.broken} broken files, the doctor reports all that it refuses`,
    `schema ${release}: ${counts.changed} files with one value changed, the JSON Schema refuses what it refuses`,
  ];
}

/** The issues of LibreChat's own schema; an unknown key is reported at its own path. */
function issuesOf(config: unknown): Issue[] {
  // One of its refinements throws on URLs that contain an unset variable.
  try {
    const issues = configSchema.strict().safeParse(config).error?.issues ?? [];
    return issues.flatMap(({ code, path, message, keys }) =>
      keys ? keys.map((key) => ({ code, path: [...path, key], message })) : [{ code, path, message }],
    );
  } catch (error) {
    return [{ path: [], message: String(error) }];
  }
}

/** Replaces each part of a file by each of these values: LibreChat's schema and ours must agree whether to refuse it. */
const replacements: readonly unknown[] = [null, 3, "text", true, [], [3], {}, { zzz: 1 }];

function compareVerdicts(config: unknown, name: string): number {
  let compared = 0;
  for (const [holder, key] of partsOf(config)) {
    const kept = holder[key];
    for (const other of replacements) {
      holder[key] = other;
      const issues = issuesOf(config);
      // The doctor has its own rules for everything that LibreChat checks with code.
      if (issues.some(({ code }) => code === undefined || code === "custom")) continue;
      const ours = shapeIssues(structuredClone(config) as object).filter(
        (issue) => issue.kind !== "unknown" || issue.isFatal,
      );
      assert.equal(ours.length > 0, issues.length > 0, `${name}: ${key} as ${JSON.stringify(other)}`);
      compared++;
    }
    holder[key] = kept;
  }
  return compared;
}

function* partsOf(value: unknown): Generator<[holder: { [key: string]: unknown }, key: string]> {
  if (typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value)) {
    yield [value as { [key: string]: unknown }, key];
    yield* partsOf((value as { [key: string]: unknown })[key]);
  }
}

/** Whether the doctor reports an error at the place of an issue, or a schema error inside that place. */
function isTold(file: ConfigFile, { path }: Issue, found: readonly Diagnostic[]): boolean {
  const [first, end] = [file.keyPosition(path).line, file.nodeAt(path)?.range?.[1]];
  const last = end === undefined ? first : file.positionOf(end).line;
  return found.some(({ rule, severity, line }) =>
    rule === "schema" || rule === "mcp-server"
      ? path.length === 0 || (first <= line && line <= last)
      : severity === "error" && [first, file.valuePosition(path).line].includes(line),
  );
}

/** LibreChat's schema expects expanded URLs, so an unknown variable expands to one. */
function withUrls(value: unknown, environment: { readonly [name: string]: string }, key = ""): unknown {
  if (typeof value === "string")
    return key === "" || /url$|^proxy$/i.test(key)
      ? value.replace(
          /\$\{([^}]+)\}/g,
          (whole, name: string, at: number) => environment[name] || (at === 0 ? "https://variable.example" : whole),
        )
      : value;
  if (Array.isArray(value)) return value.map((item) => withUrls(item, environment));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withUrls(inner, environment, name)]));
}

/** The variables in the comment at the top of a file. */
function environmentOf(text: string): { [name: string]: string } | undefined {
  const variables = /^# Env (.*)$/m.exec(text)?.[1];
  return variables === undefined
    ? undefined
    : Object.fromEntries(variables.split(";").map((one) => one.split("=") as [string, string]));
}
