import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { closeBrowser, openPage } from "../../../test/browser.ts";
import { chromiumPath } from "../../../test/chromium.ts";
import { startFakeInspector, type FakeInspector } from "./inspector/fake-inspector.ts";
import { sampleDetail, sampleHealth, sampleRow, sampleRows } from "./inspector/samples.ts";

async function fakeInspector(latencies: readonly number[] = []): Promise<FakeInspector> {
  const [first, ...others] = sampleHealth.targets;
  const health = { ...sampleHealth, targets: [{ ...first!, latencies }, ...others] };
  const fake = await startFakeInspector({ rows: sampleRows(10), detail: sampleDetail, health });
  onTestFinished(() => fake.close());
  return fake;
}

describe.skipIf(!chromiumPath)("the controls of the inspector's page in Chromium", { timeout: 60_000 }, () => {
  afterAll(closeBrowser);

  test("Pause keeps the list as it is and counts what comes meanwhile; Resume shows it", async () => {
    const fake = await fakeInspector();
    const { page } = await openPage(fake.url, { viewport: { width: 1280, height: 800 } });
    await page.getByText("Live", { exact: true }).waitFor();
    const ids = (): Promise<(string | null)[]> =>
      page.locator("tbody [data-id]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-id")));
    const before = await ids();
    expect(before).toHaveLength(10);

    const button = page.locator("button.pause");
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    const time = (minute: number): string => `2099-01-01T00:0${minute}:00.000Z`;
    const fresh = [1, 2].map((minute) => ({ ...sampleRow(80 + minute), id: `fresh_${minute}`, time: time(minute) }));
    fake.push(fresh);
    await page.getByRole("button", { name: "Resume (2 new)" }).waitFor();
    expect(await ids()).toEqual(before);

    await button.click();
    await page.locator('[data-id="fresh_2"]').waitFor();
    expect((await ids()).slice(0, 2)).toEqual(["fresh_2", "fresh_1"]);
    expect(await ids()).toHaveLength(12);
    expect(await button.innerText()).toBe("Pause");
    expect(await button.getAttribute("aria-pressed")).toBe("false");
  });

  test("a sparkline goes over the whole width, and is highest at the slowest request", async () => {
    const latencies = [200, 400, 0, 800, 600];
    const { url } = await fakeInspector(latencies);
    const { page } = await openPage(`${url}#/health`, { viewport: { width: 1280, height: 800 } });
    const line = page.locator(".sparkline:visible").first();
    await line.waitFor();
    expect(await line.getAttribute("aria-label")).toMatch(/^From 0 ms to 800 ms over 5 requests$/);
    const points = (await line.locator("polyline").getAttribute("points"))!
      .split(" ")
      .map((point) => point.split(",").map(Number));
    expect(points.map(([x]) => x)).toEqual([0, 30, 60, 90, 120]);
    const heights = points.map(([, y]) => 24 - y!);
    expect(heights).toEqual(latencies.map((value) => (value / 800) * 22));
    const { width, height } = (await line.boundingBox())!;
    expect([width, height]).toEqual([120, 26]);
  });
});
