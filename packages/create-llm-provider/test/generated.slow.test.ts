import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Definition, ProviderFactory } from "@llm-provider/core";
import { checkDefinition } from "@llm-provider/core/check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FileTree, renderPackage } from "../src/render/render.ts";
import { resources } from "../src/resources.ts";
import { combinations } from "./combinations.ts";

// Inside this package, so that Node finds the workspace's packages; git ignores .tmp.
const folder = fileURLToPath(new URL(`../.tmp/generated-${process.pid}/`, import.meta.url));
// Outside, because formatter and linter skip files that git ignores.
const formed = mkdtempSync(join(tmpdir(), "create-llm-provider-"));
const root = fileURLToPath(new URL("../../../", import.meta.url));
// Whose formatter and linter settings apply.
const flavours = ["package", "workspace"] as const;
const { templates } = resources();
const cases = (["provider", "tool"] as const).flatMap((template) =>
  combinations(template).map(({ name, context }, index) => ({
    name: `${template}: ${name}`,
    at: join(folder, `${template}-${index}`),
    formedAt: join(formed, context.inWorkspace ? "workspace" : "package", `${template}-${index}`),
    context,
  })),
);

beforeAll(() => {
  for (const { at, formedAt, context } of cases) {
    const files = renderPackage(templates, context);
    // One project for all of them, below.
    write(at, new Map([...files].filter(([path]) => path !== "tsconfig.json")));
    write(formedAt, files);
  }
  for (const name of [".oxfmtrc.json", ".oxlintrc.json"]) {
    writeFileSync(join(formed, `package${name}`), templates.package[`${name}.hbs`]!);
    copyFileSync(join(root, name), join(formed, `workspace${name}`));
  }
  const config = { extends: "../../../../tsconfig.test.json", include: ["*/src/**/*.ts", "*/test/**/*.ts", "*/*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
});

afterAll(() => {
  for (const made of [folder, formed]) rmSync(made, { recursive: true, force: true });
});

function write(at: string, files: FileTree): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
}

function run(program: string, words: string[]): void {
  try {
    execFileSync(join(root, "node_modules/.bin", program), words, { cwd: formed, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    expect.fail(`${program} found something:\n${stdout}${stderr}`);
  }
}

describe("generated code, for any answers", () => {
  test("compiles under strict", () => run("tsc", ["-p", folder]));
  test.each(flavours)("passes the formatter and the linter of its %s", (flavour) => {
    const at = join(formed, flavour);
    run("oxfmt", ["--check", "-c", `${at}.oxfmtrc.json`, at]);
    run("oxlint", ["--deny-warnings", "-c", `${at}.oxlintrc.json`, at]);
  });
});

test.each(cases.filter(({ context }) => context.bridges.length > 0))(
  "the tests in AI SDK and LangChain pass: $name",
  ({ at, context: { bridges } }) => {
    const files = bridges.map((bridge) => `test/${bridge}.test.ts`);
    const stdout = execFileSync(join(root, "node_modules/.bin/vitest"), ["run", "--root", at, ...files], {
      encoding: "utf8",
      stdio: "pipe",
      env: { ...process.env, SLOW_TESTS: "", NO_COLOR: "1" },
    });
    expect(stdout).toContain(`Tests  ${bridges.length} passed`);
  },
);

describe("the definition", () => {
  test.each(cases.filter(({ context }) => !context.isTool))(
    "matches the definition behind the cassettes: $name",
    async ({ at, context }) => {
      const exported = (await import(join(at, "src/index.ts"))) as { [name: string]: ProviderFactory };
      expect(Object.keys(exported)).toEqual([context.exportName]);
      const { definition } = exported[context.exportName]!;
      expect(checkDefinition(definition)).toEqual([]);
      expect(comparable(definition)).toEqual(comparable(context.definition!));
    },
  );
});

/** Compares functions of a dialect by their source text. */
function comparable({ dialect, ...facts }: Definition): object {
  return { ...facts, dialect: JSON.stringify(dialect) };
}
