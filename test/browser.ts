import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { chromiumPath } from "./chromium.ts";

let browser: Promise<Browser> | undefined;

/** A page, and the problems it had: exceptions, console errors, violations of its policy. */
export interface OpenPage {
  readonly page: Page;
  readonly problems: string[];
}

/** Opens an address in a new window, which closes when the test ends. */
export async function openPage(url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  browser ??= chromium.launch({ executablePath: chromiumPath!, args: ["--no-sandbox", "--js-flags=--expose-gc"] });
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("dialog", (dialog) => void problems.push(`dialog: ${dialog.message()}`, String(dialog.dismiss())));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  // A report is one file, so it must load nothing else.
  if (url.startsWith("file:"))
    page.on("request", (request) => {
      if (request.url() !== url) problems.push(`request: ${request.url()}`);
    });
  await page.goto(url);
  return { page, problems };
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The accessibility violations that axe finds in the page now: each rule with the elements that break it. */
export async function violationsIn(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async (only) => {
    type Axe = {
      run(
        options: object,
      ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(only ? { runOnly: only } : {});
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }, rules);
}

/** Whether something is wider than the window, or makes all of it scroll instead of its parts. */
export async function isTooLarge(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return scrollWidth > innerWidth || scrollHeight > innerHeight;
  });
}

/** Whether something is wider than the window. */
export async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}
