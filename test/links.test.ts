import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProviderError } from "@llm-provider/core";
import { expect, test } from "vitest";
import { anchorOf, anchorsOf } from "../scripts/markdown/anchors.ts";
import { brokenLinks, relativeLinks, repositoryURL } from "../scripts/markdown/broken-links.ts";
import { errorCodes } from "./error-codes.ts";

const root = join(import.meta.dirname, "..");

test("every link of a page, and every link that a package prints, resolves", () => {
  expect(brokenLinks(root)).toEqual([]);
});

test("the help page that each error names has an entry for its code", () => {
  const codes = errorCodes();
  expect(codes.length).toBeGreaterThan(15);
  for (const code of codes) {
    const { help } = new ProviderError("refused", { code, provider: "acme" });
    const [page, anchor] = help.split("#");
    expect(page!.startsWith(`${repositoryURL}/blob/main/`), help).toBe(true);
    const text = readFileSync(join(root, page!.slice(`${repositoryURL}/blob/main/`.length)), "utf8");
    expect([...anchorsOf(text)], help).toContain(anchor);
  }
});

test("anchors match GitHub's", () => {
  expect(anchorOf("What a `provider` is, and isn't")).toBe("what-a-provider-is-and-isnt");
  expect(anchorOf("`property 'x' is unsupported` (HTTP 400)")).toBe("property-x-is-unsupported-http-400");
  expect([...anchorsOf("# A\n\n## B\n\n```sh\n# no heading\n```\n\n## B\n")]).toEqual(["a", "b", "b-1"]);
});

test("a README shown on npm has no link that only works in the repository", () => {
  const readmes = globSync("packages/*/README.md", { cwd: root });
  expect(readmes.length).toBeGreaterThan(20);
  const relative = readmes.flatMap((page) =>
    relativeLinks(readFileSync(join(root, page), "utf8"))
      .filter((link) => !link.startsWith("#"))
      .map((link) => `${page}: ${link}`),
  );
  expect(relative).toEqual([]);
});
