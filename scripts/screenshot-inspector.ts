// Retakes the pictures of docs/inspector.md: the list, one request and its stream, wide and narrow, light and dark. The data
// is the same at each run. node --conditions=source scripts/screenshot-inspector.ts [folder] [--all]
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { chromiumPath } from "../test/chromium.ts";
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
      deviceScaleFactor: width < 1000 ? 1.5 : 1,
    });
    const page = await context.newPage();
    for (const [name, hash] of Object.entries(shots)) {
      if (!isAll && !kept.includes(name)) continue;
      await page.goto(`${fake.url}${hash}`);
      await page.getByText("Live", { exact: true }).waitFor();
      await page.locator("tbody tr, .panel, .health h1, .comparison .text").first().waitFor({ state: "attached" });
      await page.waitForTimeout(200);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      if (width < 1000 && name !== "list")
        await page
          .locator("[role=tablist]")
          .first()
          .evaluate(toTop)
          .catch(() => {});
      const file = join(folder, `inspector-${name}-${width}-${colorScheme}.webp`);
      writeFileSync(file, await toWebp(browser, await page.screenshot()));
    }
    await context.close();
  }
}
await browser.close();
await fake.close();

function toTop(element: Element): void {
  element.scrollIntoView();
}

/** A third of the size of a PNG, and as sharp to the eye. */
async function toWebp(by: Browser, png: Buffer): Promise<Buffer> {
  const page = await by.newPage();
  const webp = await page.evaluate(
    async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
      canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
      return canvas.toDataURL("image/webp", 0.75);
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  await page.close();
  return Buffer.from(webp.split(",")[1]!, "base64");
}
