// Takes the pictures of docs/inspector.md anew: the list, one request and its stream, wide and narrow, light and dark. The data
// is the same at each run. node --conditions=source scripts/screenshot-inspector.ts [folder]
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromiumPath } from "../packages/gateway/test/inspector/chromium.ts";
import { startFakeInspector } from "../packages/gateway/test/inspector/fake-inspector.ts";
import { sampleDetail, sampleHealth, sampleRequest, sampleRows } from "../packages/gateway/test/inspector/samples.ts";

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../docs/pictures");
const shots = {
  list: "#/",
  request: "#/requests/req_1003/request",
  stream: "#/requests/req_1003/stream",
  answer: "#/requests/req_1003",
  attempts: "#/requests/req_1003/attempts",
  refusal: "#/requests/req_1009/response",
  health: "#/health",
  compare: "#/compare/req_1003/req_1009",
};
const kept = ["list", "request", "stream"];
const isAll = process.argv.includes("--all");
const rows = sampleRows();
rows[3] = sampleRequest("req_1003").row;
const fake = await startFakeInspector({
  rows,
  detail: (row) => (row.id === "req_1003" ? sampleRequest(row.id) : sampleDetail(row)),
  health: sampleHealth,
});
const browser = await chromium.launch({ executablePath: chromiumPath!, args: ["--no-sandbox"] });
mkdirSync(folder, { recursive: true });
for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height },
      timezoneId: "UTC",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    for (const [name, hash] of Object.entries(shots)) {
      if (!isAll && !kept.includes(name)) continue;
      await page.goto(`${fake.url}${hash}`);
      await page.getByText("Live", { exact: true }).waitFor();
      await page.locator("tbody tr, .panel, .health h1, .comparison .text").first().waitFor({ state: "attached" });
      await page.waitForTimeout(200);
      await page.mouse.click(width - 1, height - 1);
      await page.screenshot({ path: join(folder, `inspector-${name}-${width}-${colorScheme}.png`) });
    }
    await context.close();
  }
}
await browser.close();
await fake.close();
