// Measures the inspector's page in Chromium: the first paint on loopback, and updates of a list of 200 while 50 requests arrive a
// second. node --conditions=source scripts/bench-inspector.ts [seconds]. The report is bench/inspector.md.
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { chromiumPath } from "../test/chromium.ts";
import { startFakeInspector } from "../packages/gateway/test/inspector/fake-inspector.ts";
import { sampleDetail, sampleHealth, sampleRow, sampleRows } from "../packages/gateway/test/inspector/samples.ts";
import type { InspectorRow } from "../packages/gateway/src/inspector/inspected-request.ts";

declare global {
  var updates: number[];
}

const seconds = Number(process.argv[2] ?? 10);
const fake = await startFakeInspector({ rows: sampleRows(200), detail: sampleDetail, health: sampleHealth });
const browser = await chromium.launch({ executablePath: chromiumPath!, args: ["--no-sandbox"] });

const paints: number[] = [];
const lists: number[] = [];
for (let round = 0; round < 21; round++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(fake.url);
  await page.getByRole("row").nth(200).waitFor();
  const [paint, list] = await page.evaluate(
    () =>
      new Promise<[number, number]>((resolve) => {
        const [entry] = performance.getEntriesByName("first-contentful-paint");
        const [requests] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/requests"));
        resolve([entry!.startTime, (requests as PerformanceResourceTiming).responseEnd]);
      }),
  );
  // The first round also starts the browser's process.
  if (round > 0) {
    paints.push(paint);
    lists.push(list);
  }
  await context.close();
}

const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
// Times each frame's callback and the drawing it triggers, until style and layout are done.
await page.addInitScript(() => {
  const onFrame = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.updates = [];
  globalThis.requestAnimationFrame = (callback) =>
    onFrame((now) => {
      const began = performance.now();
      callback(now);
      queueMicrotask(() => {
        document.body.getBoundingClientRect();
        globalThis.updates.push(performance.now() - began);
      });
    });
});
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable", { timeDomain: "threadTicks" });
/** Processor seconds that the page's thread has used: for scripts, style and layout, and in all, with painting. */
const used = async (): Promise<{ drawn: number; all: number }> => {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string): number => metrics.find((metric) => metric.name === name)!.value;
  return { drawn: of("ScriptDuration") + of("LayoutDuration") + of("RecalcStyleDuration"), all: of("TaskDuration") };
};
await page.goto(fake.url);
await page.getByRole("row").nth(200).waitFor();
const before = await used();
await page.evaluate(() => (globalThis.updates.length = 0));
// Fifty requests a second in twenty events a second. Each is shown at its start, at its first content and at its end.
const waiting: { at: number; row: InspectorRow }[] = [];
const began = Date.now();
for (let event = 0; event < seconds * 20; event++) {
  for (let one = 0; one < 2.5; one++) {
    const done = {
      ...sampleRow(1000 + event * 3 + one),
      time: new Date(Date.UTC(2027, 0, 1) + event * 50 + one).toISOString(),
    };
    const begun = { ...done, status: undefined, total: undefined, usage: undefined, cost: undefined };
    waiting.push({ at: event, row: { ...begun, attempts: [], firstContent: undefined } });
    waiting.push({ at: event + 8, row: begun }, { at: event + 30, row: done });
  }
  const due = waiting.filter(({ at }) => at === event).map(({ row }) => row);
  fake.push(due);
  await sleep(Math.max(0, began + event * 50 - Date.now()));
}
const updates = await page.evaluate(() => globalThis.updates);
const after = await used();
await browser.close();
await fake.close();

const at = (values: readonly number[], share: number): string =>
  values.toSorted((one, other) => one - other)[Math.floor(share * (values.length - 1))]!.toFixed(1);
console.log(`| what | median | 95 % | most | target |
|---|--:|--:|--:|--:|
| first paint, ${paints.length} fresh windows, ms | ${at(paints, 0.5)} | ${at(paints, 0.95)} | ${at(paints, 1)} | 200 |
| the list of 200 has come, ms | ${at(lists, 0.5)} | ${at(lists, 0.95)} | ${at(lists, 1)} | – |
| one update of the list, ${updates.length} of them, ms | ${at(updates, 0.5)} | ${at(updates, 0.95)} | ${at(updates, 1)} | 16 |
| processor for one update: script, style, layout, ms | ${((1000 * (after.drawn - before.drawn)) / updates.length).toFixed(1)} | | | 16 |
| processor for one update: painting too, ms | ${((1000 * (after.all - before.all)) / updates.length).toFixed(1)} | | | 16 |`);
