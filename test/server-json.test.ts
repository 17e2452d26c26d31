import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "../packages/core/node_modules/zod/index.js";
import { withVersion } from "../scripts/write-server-versions.ts";

// The registry's schema of 2025-12-11 and its further rules (modelcontextprotocol.io/registry, read 2026-11-22), in our words.
// The objects are strict, so a misspelt field fails here; the registry would ignore it.
const input = z.strictObject({
  description: z.string().optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  format: z.enum(["string", "number", "boolean", "filepath"]).optional(),
  value: z.string().optional(),
  default: z.string().optional(),
  placeholder: z.string().optional(),
  choices: z.array(z.string()).optional(),
});
const named = input.extend({ name: z.string().min(1) });
const exactVersion = z
  .string()
  .regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  .max(255);
const transport = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("stdio") }),
  z.strictObject({
    type: z.literal("streamable-http"),
    url: z.string().regex(/^https?:\/\/\S+$/),
    headers: z.array(named).optional(),
  }),
]);
const server = z.strictObject({
  $schema: z.literal("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version: exactVersion,
  repository: z.strictObject({ url: z.url(), source: z.literal("github"), subfolder: z.string() }),
  packages: z
    .array(
      z.strictObject({
        registryType: z.literal("npm"),
        registryBaseUrl: z.literal("https://registry.npmjs.org"),
        identifier: z.string(),
        version: exactVersion,
        runtimeHint: z.literal("npx"),
        transport,
        packageArguments: z.array(named.extend({ type: z.literal("named") })).optional(),
        environmentVariables: z.array(named).optional(),
      }),
    )
    .min(1),
});

const packages = join(import.meta.dirname, "../packages");
const servers = globSync("*/server.json", { cwd: packages }).map((path) => dirname(path));

test("exactly the tools with their own MCP server have a server.json", () => {
  expect(servers.toSorted()).toEqual(["serpapi", "weaviate"]);
});

describe.each(servers)("server.json of %s", (name) => {
  const read = (file: string): string => readFileSync(join(packages, name, file), "utf8");
  const description = server.parse(JSON.parse(read("server.json")));
  const manifest = JSON.parse(read("package.json")) as {
    name: string;
    version: string;
    mcpName: string;
    files: string[];
    bin: object;
  };

  test("follows the registry's schema", () => {
    expect(server.safeParse({ ...description, version: "latest" }).success).toBe(false);
    expect(server.safeParse({ ...description, description: "x".repeat(101) }).success).toBe(false);
  });

  test("names this package and version, and package.json confirms its name as mcpName", () => {
    expect(description.name).toBe(manifest.mcpName);
    expect(description.version).toBe(manifest.version);
    for (const { identifier, version } of description.packages) {
      expect({ identifier, version }).toEqual({ identifier: manifest.name, version: manifest.version });
    }
    expect(manifest.files).toContain("server.json");
    // npx runs a package's only bin, whatever its name.
    expect(Object.keys(manifest.bin)).toHaveLength(1);
  });

  test("lists the arguments that its address uses, and marks every secret", () => {
    for (const {
      transport: { type },
      ...entry
    } of description.packages) {
      const names = entry.packageArguments?.map((argument) => argument.name) ?? [];
      if (type === "streamable-http") expect(names).toEqual(["--http", "--port"]);
      for (const variable of entry.environmentVariables ?? [])
        expect(variable.isSecret, variable.name).toBe(/_(KEY|TOKEN)$/.test(variable.name));
    }
  });

  test("gets the new version at a release, and nothing else changes", () => {
    const text = read("server.json");
    expect(withVersion(text, manifest.version)).toBe(text);
    expect(withVersion(text, "9.8.7").match(/9\.8\.7/g)).toHaveLength(1 + description.packages.length);
  });
});
