import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { closeBrowser, isTooWide, openPage, violationsIn, type OpenPage } from "../../../test/browser.ts";
import { chromiumPath } from "../../../test/chromium.ts";
import { writeReport } from "../src/report/write-report.ts";
import type { Results } from "../src/results/results.ts";
import { hostileResults, hostileTexts } from "./hostile-results.ts";
import { madeModels, madeResults } from "./made-results.ts";

const folder = mkdtempSync(join(tmpdir(), "compare-report-"));

afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true });
});

async function open(results: Results, options?: BrowserContextOptions): Promise<OpenPage> {
  const file = join(folder, `${crypto.randomUUID()}.html`);
  writeFileSync(file, writeReport(results));
  return openPage(pathToFileURL(file).href, options);
}

const many = madeResults(
  [
    ...madeModels,
    ...["a", "b", "c"].map((name, index) => ({ ...madeModels[index]!, model: `acme:lab/model-${name}` })),
  ],
  { tasks: 200, runsPerTask: 3 },
);

describe.skipIf(!chromiumPath)("the report in a browser", { timeout: 60_000 }, () => {
  test.each([
    ["light", 1280],
    ["light", 390],
    ["dark", 1280],
    ["dark", 390],
  ] as const)(
    "axe finds no violations in %s mode at %i px, with and without an open answer",
    async (colorScheme, width) => {
      const { page, problems } = await open(madeResults(), { colorScheme, viewport: { width, height: 800 } });
      expect(await violationsIn(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await page.click('button[data-row="3"][data-column="4"]');
      expect(await violationsIn(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      expect(problems).toEqual([]);
    },
  );

  test("the keyboard reaches every answer, and Escape returns to its cell", async () => {
    const { page, problems } = await open(madeResults());
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement!.getAttribute("aria-label"));
    await page.focus("#show");
    await page.keyboard.press("Tab");
    expect(await focused()).toMatch(/^parse-duration, gpt-oss-120b: /);
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft"])
      await page.keyboard.press(key);
    expect(await focused()).toMatch(/^roman-numerals, gpt-5-mini: /);
    await page.keyboard.press("Enter");
    expect(await page.textContent("#answer-title")).toBe("roman-numerals");
    expect(await page.textContent(".outcome")).toContain("openai:gpt-5-mini run 1");
    // The last run of another model, then the next task.
    await page.focus('.others button[aria-label^="codellama, run 3"]');
    await page.keyboard.press("Enter");
    expect(await page.textContent(".outcome")).toContain("ollama:codellama run 3");
    await page.focus("#next-task");
    await page.keyboard.press("Enter");
    expect(await page.textContent("#answer-title")).toBe("csv-line");
    await page.keyboard.press("Escape");
    expect(await page.isVisible("dialog")).toBe(false);
    // The dialog's close event fires a moment later.
    await expect.poll(focused).toMatch(/^csv-line, codellama: /);
    await page.keyboard.press("Home");
    expect(await focused()).toMatch(/^csv-line, gpt-oss-120b: /);
    await page.keyboard.press("PageDown");
    expect(await focused()).toMatch(/^bracket-match, gpt-oss-120b: /);
    await page.keyboard.press("Control+Home");
    expect(await focused()).toMatch(/^parse-duration, gpt-oss-120b: /);
    await page.keyboard.press("Control+End");
    expect(await focused()).toMatch(/^text-table, codellama: /);
    // The matrix is a single tab stop.
    expect(await page.locator('.matrix button[tabindex="0"]').count()).toBe(1);
    expect(problems).toEqual([]);
  });

  test("the filter hides tasks, and the arrow keys skip them", async () => {
    const { page } = await open(madeResults());
    await page.selectOption("#show", "all");
    const shown = await page.locator(".matrix tbody tr:visible").count();
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(24);
    expect(await page.textContent("#shown")).toBe(`${shown} of 24 tasks`);
    await page.focus("#show");
    for (const key of ["Tab", "ArrowDown", "ArrowDown"]) {
      await page.keyboard.press(key);
      expect(await page.evaluate(() => document.activeElement!.closest("tr")!.hidden)).toBe(false);
    }
  });

  test("text from models, tasks and endpoints stays text", async () => {
    const { page, problems } = await open(hostileResults());
    for (const row of hostileTexts.keys()) {
      await page.click(`button[data-row="${row}"][data-column="0"]`);
      expect(await page.locator("#answer-body img, #answer-body script, #answer-body iframe, main img").count()).toBe(
        0,
      );
      const written = await page.textContent("#answer-body");
      expect(written!.replaceAll("\n", "")).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
      await page.click("#close");
    }
    expect(await page.evaluate(() => (globalThis as { broken?: boolean }).broken)).toBeUndefined();
    expect(problems).toEqual([]);
  });

  test("the page stays usable with 200 tasks, 8 models and 3 runs", async () => {
    const { page, problems } = await open(many);
    expect(await page.locator(".matrix button").count()).toBe(1600);
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    const took = await page.evaluate(() => {
      const click = (row: number): number => {
        const began = performance.now();
        document.querySelector<HTMLButtonElement>(`button[data-row="${row}"][data-column="7"]`)!.click();
        return performance.now() - began;
      };
      return [click(199), click(100)];
    });
    console.log(
      `200 × 8 × 3: first paint after ${Math.round(paint ?? NaN)} ms; the first answer opens in ${Math.round(took[0]!)} ms, another in ${Math.round(took[1]!)} ms.`,
    );
    expect(await page.textContent("#answer-body pre")).toBeTruthy();
    // A page that renders every answer at once would have tens of thousands of elements more.
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(8_000);
    expect(problems).toEqual([]);
  });

  test("the printed page has charts, tables and the matrix in dark ink, and no controls", async () => {
    const { page } = await open(many, { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    expect(await page.isVisible("#filter")).toBe(false);
    expect(await page.isVisible(".matrix tbody tr:last-child")).toBe(true);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await page.isVisible("main details table")).toBe(true);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
  });
});
