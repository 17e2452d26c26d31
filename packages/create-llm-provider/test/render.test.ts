import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { render, renderPackage } from "../src/render/render.ts";
import { resources } from "../src/resources.ts";
import { combinations } from "./combinations.ts";

const { templates } = resources();

describe.each(["provider", "tool"] as const)("the %s template", (template) => {
  describe.each(combinations(template))("$name", ({ context }) => {
    const files = renderPackage(templates, context);

    test("leaves no template syntax behind", () => {
      for (const [path, text] of files) {
        const found = text.match(/(?<!\$)\{\{.*|: \$$.*|: \$\s|&(amp|quot|lt|gt|#x?\w+);|\[object/m)?.[0];
        // An address may contain anything; it is encoded in place.
        expect(found && `${path}: ${found}`).toBeUndefined();
        expect(text.endsWith("\n") && !text.endsWith("\n\n"), `${path} ends with one line break`).toBe(true);
      }
    });

    test("imports only existing files", () => {
      for (const [path, text] of files) {
        for (const [, target] of text.matchAll(/from "(\.[^"]+)"/g)) {
          expect(files.has(posix.join(posix.dirname(path), target!)), `${path} imports ${target}`).toBe(true);
        }
      }
    });

    test("contains valid JSON and YAML", () => {
      for (const [path, text] of files) {
        if (path.endsWith(".json")) expect(JSON.parse(text)).toBeTypeOf("object");
        if (path.endsWith(".yml")) expect(parse(text)).toBeTypeOf("object");
      }
      const yaml = /```yaml\n([^]*?)```/.exec(files.get("README.md")!)?.[1];
      if (context.customDialect && template === "provider") return expect(yaml).toBeUndefined();
      const block = parse(yaml!) as { endpoints?: { custom: object[] }; mcpServers?: object };
      if (template === "provider") {
        const apiKey = context.env ? `\${${context.env}}` : context.id;
        expect(block.endpoints!.custom).toMatchObject([
          { baseURL: context.baseURL, models: { default: context.models } },
        ]);
        // OpenRouter and similar providers have LibreChat's own names.
        if (context.id === "acme") expect(block.endpoints!.custom).toMatchObject([{ apiKey, name: context.name }]);
      }
    });

    test("has the files that a package needs", () => {
      const always = [
        "README.md",
        "package.json",
        "src/index.ts",
        `src/${context.id}.ts`,
        "test/contract.test.ts",
        "tsconfig.json",
      ];
      const alone = [".env.example", ".gitignore", "AGENTS.md", "CONTRIBUTING.md", "LICENSE", "test/docs.test.ts"];
      // Issue 19: in another repository they would have no effect.
      const atTheRoot = [".changeset/config.json", ".github/workflows/ci.yml", ".github/workflows/release.yml"];
      const wanted = [...always, ...(context.inWorkspace ? [] : alone), ...(context.standalone ? atTheRoot : [])];
      expect([...files.keys()]).toEqual(expect.arrayContaining(wanted));
      for (const path of [...alone, ...atTheRoot]) expect(files.has(path), path).toBe(wanted.includes(path));
    });
  });

  test("GitHub's expressions are kept, and actions are pinned", () => {
    const { context } = combinations(template)[0]!;
    const files = renderPackage(templates, context);
    expect(files.get(".github/workflows/ci.yml")).toContain("group: ci-${{ github.ref }}\n");
    // The owner of a tag can move it.
    for (const name of ["ci", "release"]) {
      for (const [line] of files.get(`.github/workflows/${name}.yml`)!.matchAll(/uses: .*/g)) {
        expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
    }
  });
});

describe("render", () => {
  const one = (name: string, text: string, context: object = {}) => render([new Map([[name, text]])], context);

  test("a misspelt variable is an error that names the template", () => {
    expect(() => one("a.hbs", "{{nope}}")).toThrow(/template a\.hbs .*nope/);
  });

  test("an unescaped GitHub expression is an error, not a lone dollar sign", () => {
    expect(() => one("a.hbs", "on: ${{ github.ref }}")).toThrow();
    expect(one("a.hbs", "on: $\\{{ github.ref }}").get("a")).toBe("on: ${{ github.ref }}");
    expect(one("a", "on: ${{ github.ref }}").get("a")).toBe("on: ${{ github.ref }}");
  });

  test("values are neither escaped for HTML nor treated as templates", () => {
    expect(one("a.hbs", "{{x}} {{json x}}", { x: `{{y}} & "Bob's"` }).get("a")).toBe(
      `{{y}} & "Bob's" "{{y}} & \\"Bob's\\""`,
    );
  });

  test.each(["../a", "a/../../b", "/a", "a//b", "a b", "a\nb", ""])("a file cannot be named %j", (name) => {
    expect(() => one("{{name}}.hbs", "x", { name })).toThrow(/no safe name/);
  });

  test("a file that renders to nothing is left out", () => {
    expect(one("a.hbs", "{{#if x}}\n1\n{{/if}}\n", { x: false }).has("a")).toBe(false);
  });

  test("the last layer wins", () => {
    expect(render([new Map([["a", "1"]]), new Map([["a.hbs", "2"]])], {}).get("a")).toBe("2");
  });
});
