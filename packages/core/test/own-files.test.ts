import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { ownPackages } from "../../../test/own-packages.ts";

const core = join(import.meta.dirname, "..");
const packages = join(core, "..");
const sources = globSync("src/**/*.ts", { cwd: core }).map((path) => join(core, path));
const built = join(core, "dist/index.js");

/** Returns all files that an entry reaches by run-time imports, and its imports from elsewhere. */
function reach(entry: string): { files: Set<string>; foreign: string[] } {
  const files = new Set<string>();
  const foreign: string[] = [];
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, "utf8").replaceAll(/^import type [\s\S]*?;$|^export type \{[\s\S]*?;$/gm, "");
    const imports =
      /^(?:import|export)\b[^;]*?\bfrom\s*"([^"]+)"|^import\s*"([^"]+)"|\b(?:import|require)\s*\(\s*["'`]([^"'`]+)/gm;
    for (const [, named, bare, called] of text.matchAll(imports)) {
      const specifier = named ?? bare ?? called;
      if (specifier!.startsWith(".")) visit(resolve(dirname(file), specifier!));
      else foreign.push(`${relative(core, file)} imports ${specifier}`);
    }
  };
  visit(entry);
  return { files, foreign };
}

describe("core's main entry imports only its own files", () => {
  it("in its sources", () => {
    const { files, foreign } = reach(join(core, "src/index.ts"));
    expect(foreign).toEqual([]);
    expect(files.size).toBeGreaterThan(40);
    for (const file of files) expect(relative(join(core, "src"), file)).not.toMatch(/^\.\.|check\.ts|schema/);
  });

  it.skipIf(!existsSync(built))("as it is built (skipped before a build)", () => {
    expect(reach(built).foreign).toEqual([]);
  });

  it.skipIf(!existsSync(built))("and loads no package and no module of Node's (skipped before a build)", () => {
    const program = `
      const { registerHooks } = await import("node:module");
      const seen = [];
      registerHooks({ resolve: (specifier, context, next) => (seen.push(specifier), next(specifier, context)) });
      await import(${JSON.stringify(pathToFileURL(built).href)});
      console.log(JSON.stringify(seen.filter((one) => !one.startsWith(".") && !one.startsWith("file:"))));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    expect(JSON.parse(output)).toEqual([]);
  });
});

it("core names no vendor", () => {
  // The ids of adapters and tools. A newly scaffolded one may have any word as its id.
  const ids = ownPackages
    .filter((name) => existsSync(join(packages, name, `src/${name}.ts`)))
    .filter((name) => readFileSync(join(packages, name, "README.md"), "utf8").includes("<!-- generated: facts -->"));
  expect(ids).toContain("groq");
  // "OpenAI Chat Completions" is the name of the format; the page of our own errors is on a host.
  const allowed = /OpenAI Chat Completions|the openai package|github\.com\/llm-provider/g;
  const others = [
    "anthropic",
    "claude",
    "gemini",
    "google",
    "azure",
    "cohere",
    "perplexity",
    "x_groq",
    "grok",
    "qwen",
    "gpt-",
    "llama",
    "ollama",
    "vllm",
    "litellm",
  ];
  const vendors = new RegExp([...ids, ...others].join("|"), "i");
  // The table of key shapes has to name vendors.
  for (const file of sources.filter((path) => !path.endsWith("key-shapes.ts"))) {
    const text = readFileSync(file, "utf8").replaceAll(allowed, "");
    expect(vendors.exec(text)?.[0], relative(core, file)).toBeUndefined();
  }
});

it("core uses only web globals, and Node's environment if there is one", () => {
  // The entry ./internal/files is only for Node; nothing else in core imports it.
  const nodeOnly = reach(join(core, "src/files.ts")).files;
  for (const entry of ["index.ts", "rules.ts", "check.ts", "internal.ts"])
    for (const file of reach(join(core, "src", entry)).files) expect([...nodeOnly]).not.toContain(file);
  for (const file of sources.filter((source) => !nodeOnly.has(source))) {
    const code = readFileSync(file, "utf8")
      .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
      .replaceAll(/\(globalThis as \{ process\?: [^)]*\)\.process\?/g, "");
    const used = /\b(?:process|Buffer|setImmediate|__dirname|__filename|global)\b(?!["'])/.exec(code);
    expect(used?.[0], relative(core, file)).toBeUndefined();
  }
});

it("core's files are small", () => {
  for (const file of sources) {
    expect(readFileSync(file, "utf8").split("\n").length, relative(core, file)).toBeLessThanOrEqual(251);
  }
});
