import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = join(root, ".tmp", "snippets");

type Manifest = {
  name: string;
  exports?: Record<string, { source?: string }>;
  dependencies?: object;
  devDependencies?: object;
};

test("every TypeScript block of the READMEs and docs compiles", () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pages = globSync(["*.md", "docs/**/*.md", "packages/*/README.md", "examples/**/README.md"], {
    cwd: root,
    exclude: (path) => path.includes("node_modules"),
  });
  let blocks = 0;
  for (const page of pages) {
    for (const [index, [, code]] of [
      ...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm),
    ].entries()) {
      blocks++;
      writeFileSync(join(folder, `${page.replaceAll(/[^a-zA-Z0-9]+/g, "-")}-${index + 1}.ts`), `${code}\nexport {};\n`);
    }
  }
  expect(blocks).toBeGreaterThan(0);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.test.json",
      compilerOptions: { paths: sources(), noUnusedLocals: false },
      include: ["*.ts"],
    }),
  );
  expect(compile()).toBe("");
}, 60_000);

/** Where a reader's `import` finds our packages, and the libraries that the examples use. */
function sources(): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const path of globSync("packages/*/package.json", { cwd: root })) {
    const {
      name,
      exports = {},
      dependencies = {},
      devDependencies = {},
    } = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
    for (const [subpath, { source }] of Object.entries(exports))
      if (source) paths[join(name, subpath)] = [join(root, dirname(path), source)];
    for (const dependency of Object.keys({ ...dependencies, ...devDependencies })) {
      const installed = join(root, dirname(path), "node_modules", dependency);
      if (!dependency.startsWith("@llm-provider/") && existsSync(installed)) paths[dependency] ??= [installed];
    }
  }
  paths["vitest"] = [join(root, "node_modules", "vitest")];
  return paths;
}

function compile(): string {
  try {
    execFileSync(join(root, "node_modules", ".bin", "tsc"), ["-p", folder], { cwd: root, encoding: "utf8" });
    return "";
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  }
}
