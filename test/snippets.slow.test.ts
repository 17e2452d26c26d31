import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const folder = join(root, ".tmp", "snippets");

type Manifest = {
  name: string;
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
      compilerOptions: { noUnusedLocals: false },
      include: ["*.ts"],
    }),
  );
  install();
  expect(compile()).toBe("");
}, 60_000);

/** Links our packages and the libraries of the examples, as a reader would have them installed. */
function install(): void {
  for (const path of globSync("packages/*/package.json", { cwd: root })) {
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
    link(manifest.name, join(root, dirname(path)));
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      link(dependency, join(root, dirname(path), "node_modules", dependency));
    }
  }
  link("vitest", join(root, "node_modules", "vitest"));
}

function link(name: string, target: string): void {
  const path = join(folder, "node_modules", name);
  if (existsSync(path) || !existsSync(target)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function compile(): string {
  try {
    execFileSync(join(root, "node_modules", ".bin", "tsc"), ["-p", folder], { cwd: root, encoding: "utf8" });
    return "";
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  }
}
