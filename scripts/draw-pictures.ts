/*
 * Draws the pictures of docs/pictures that show the report of a comparison: `node --conditions=source scripts/draw-pictures.ts`.
 * The results are made up, and the same each time.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { writeReport } from "../packages/compare/src/report/write-report.ts";
import { madeResults } from "../packages/compare/test/made-results.ts";

const folder = process.argv[2] ?? join(import.meta.dirname, "../docs/pictures");
mkdirSync(folder, { recursive: true });
const executablePath = execFileSync("bash", [join(import.meta.dirname, "get-chromium.sh")], {
  encoding: "utf8",
}).trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.setContent(writeReport(madeResults()));
  await page.screenshot({
    path: join(folder, "compare-report.png"),
    clip: { x: 0, y: 0, width: 1280, height: 1180 },
    fullPage: true,
  });
} finally {
  await browser.close();
}
