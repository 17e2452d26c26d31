import { readFileSync } from "node:fs";
import type { Definition } from "@llm-provider/core";
import { afterAll, describe, expect, test } from "vitest";
import { unreadPages } from "./publish-problems.ts";
import { toSubject, updateReadme } from "./update-readme.ts";

export interface DescribeDocsOptions {
  /** `new URL("../README.md", import.meta.url)` */
  readonly readme: URL | string;
  /** The package's package.json. @default `package.json` in the folder of `readme` */
  readonly manifest?: URL | string;
}

/**
 * Registers a test that fails if the generated parts of the README differ from the definition. Afterwards it prints the pages that are
 * still marked unread.
 */
export function describeDocs(
  factory: Parameters<typeof toSubject>[0],
  { readme, manifest = new URL("package.json", readme) }: DescribeDocsOptions,
): void {
  const { name: packageName } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string };
  describe("README.md", () => {
    test("follows the definition", () => {
      const text = readFileSync(readme, "utf8");
      expect(text, "Run the script `docs` of package.json: it writes what changed.").toBe(
        updateReadme(text, toSubject(factory, { packageName })),
      );
    });
  });
  afterAll(() => {
    const pages = "sources" in factory.definition ? unreadPages(factory.definition as Definition) : [];
    if (pages.length > 0) {
      const list = pages.map(({ key, url }) => `${key} (${url})`).join(", ");
      console.log(`Not read yet: ${list}. Read these pages before you publish the package.`);
    }
  });
}
