// Retakes the pictures of docs/compare.md: the report, and an answer in it. The results are made up, and the same each time.
// node --conditions=source scripts/screenshot-compare.ts [folder]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { writeReport } from "../packages/compare/src/report/write-report.ts";
import { madeResults } from "../packages/compare/test/made-results.ts";
import { chromiumPath } from "../test/chromium.ts";

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../docs/pictures");
mkdirSync(folder, { recursive: true });
// From a file, as a reader opens it: the page's policy is part of the picture.
const scratch = mkdtempSync(join(tmpdir(), "report-"));
const file = join(scratch, "report.html");
writeFileSync(file, writeReport(madeResults()));
const browser = await chromium.launch({ executablePath: chromiumPath!, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1080 }, colorScheme: "light" });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: join(folder, "compare-report.png") });
  await page.click('.matrix button[data-row="3"][data-column="3"]');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: join(folder, "compare-answer.png") });
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
