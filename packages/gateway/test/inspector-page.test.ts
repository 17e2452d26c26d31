import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { inspectorFile, inspectorSource } from "../../../scripts/build-inspector.ts";
import { inspectorPage } from "../src/inspector/page.generated.ts";

const folder = join(import.meta.dirname, "../page");

test("the generated page matches its sources (`node scripts/build-inspector.ts` writes it)", async () => {
  expect(readFileSync(inspectorFile, "utf8") === (await inspectorSource())).toBe(true);
});

test("the compressed page has at most 45 kB", () => {
  expect(gzipSync(inspectorPage.html).length).toBeLessThan(45_000);
});

test("the policy allows only the page's own script and style", () => {
  const { html, policy } = inspectorPage;
  const hashes = ["script", "style"].map((name) => {
    const [, text] = new RegExp(`<${name}[^>]*>(.*?)</${name}>`, "s").exec(html)!;
    return `${name}-src 'sha256-${createHash("sha256").update(text!).digest("base64")}'`;
  });
  for (const hash of hashes) expect(policy).toContain(`; ${hash};`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(html.match(/<script/g)).toHaveLength(1);
});

test("the page contains the licenses of its libraries", () => {
  expect(inspectorPage.html).toContain("Jason Miller");
  expect(inspectorPage.html).toContain("Espen Hovlandsdal");
});

test("the page loads nothing from other hosts", () => {
  expect(inspectorPage.html.match(/\b(?:src|href)="(?!data:)[^"]*"|@import|url\(/g)).toBeNull();
});

test("no source of the page writes markup, so untrusted text always becomes a text node", () => {
  const markup =
    /dangerouslySetInnerHTML|(?:inner|outer)HTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(/;
  const sources = globSync("*.{ts,tsx}", { cwd: folder });
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.filter((name) => markup.test(readFileSync(join(folder, name), "utf8")))).toEqual([]);
});
