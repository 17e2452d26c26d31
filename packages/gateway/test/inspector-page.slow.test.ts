import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { InspectedRequest, InspectorRow } from "../src/inspector/inspected-request.ts";
import { closeBrowser, isTooLarge, openPage, violationsIn } from "../../../test/browser.ts";
import { chromiumPath } from "../../../test/chromium.ts";
import { startFakeInspector, type FakeInspector } from "./inspector/fake-inspector.ts";
import {
  sampleDetail,
  sampleHealth,
  sampleRefusal,
  sampleRequest,
  sampleRow,
  sampleRows,
} from "./inspector/samples.ts";

/*
 * The page with made-up data, for situations that a gateway cannot be forced into, or too slowly.
 * inspector-gateway.slow.test.ts tests the page with a real gateway.
 */

const request = sampleRequest("req_1");
const refusal = sampleRefusal("req_2");
const detail = (row: InspectorRow): InspectedRequest =>
  row.id === "req_1" ? request : row.id === "req_2" ? refusal : sampleDetail(row);
const views = [
  "#/",
  ...["answer", "request", "attempts", "stream", "response"].flatMap((tab) => [
    `#/requests/req_1/${tab}`,
    `#/requests/req_2/${tab}`,
  ]),
  "#/compare/req_1/req_2",
  "#/health",
];

async function fakeInspector(change: Partial<Parameters<typeof startFakeInspector>[0]> = {}): Promise<FakeInspector> {
  const rows = [...sampleRows(40), refusal.row, request.row];
  const fake = await startFakeInspector({ rows, detail, health: sampleHealth, ...change });
  onTestFinished(() => fake.close());
  return fake;
}

describe.skipIf(!chromiumPath)("the inspector's page in Chromium", { timeout: 120_000 }, () => {
  afterAll(closeBrowser);

  test.each([
    ["in any view", "light", undefined],
    ["in the colours of the dark views", "dark", ["color-contrast"]],
  ] as const)("axe finds no violations %s", { timeout: 300_000 }, async (_, colorScheme, rules) => {
    const { url } = await fakeInspector({ rows: [...sampleRows(8), refusal.row, request.row] });
    const { page } = await openPage(url, { colorScheme, bypassCSP: true, reducedMotion: "reduce" });
    for (const view of views) {
      await page.goto(url + view);
      await page
        .getByRole(view.includes("requests") ? "tabpanel" : "heading")
        .first()
        .waitFor();
      await page
        .getByText(view.includes("health") ? "usd per day" : "fireworks")
        .first()
        .waitFor();
      for (const summary of await page.locator("details:not([open]) > summary").all()) await summary.click();
      expect(await violationsIn(page, rules), view).toEqual([]);
    }
  });

  test("no view is wider than the window, from 360 px to 4k", async () => {
    const { url } = await fakeInspector();
    for (const width of [360, 1000, 3840]) {
      const { page } = await openPage(url, { viewport: { width, height: 800 } });
      for (const view of views) {
        await page.goto(url + view);
        await page.getByText("Live", { exact: true }).waitFor();
        if (view.includes("requests")) await page.getByRole("tabpanel").waitFor();
        expect(await isTooLarge(page), `${width} px, ${view}`).toBe(false);
      }
    }
  });

  test("the page follows the system's color scheme until a button overrides it permanently", async () => {
    const { url } = await fakeInspector();
    const { page } = await openPage(url, { colorScheme: "dark" });
    const ground = (): Promise<number> =>
      page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)![0]));
    expect(await ground()).toBeLessThan(40);
    await page.getByRole("button", { name: "system" }).click();
    expect(await ground()).toBeGreaterThan(220);
    await page.reload();
    await page.getByRole("button", { name: "light" }).waitFor();
    expect(await ground()).toBeGreaterThan(220);
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("button", { name: "light" }).click();
    expect(await ground()).toBeLessThan(40);
  });

  test("filtering, opening, reading, explaining, comparing and going back work with the keyboard alone", async () => {
    const fake = await fakeInspector();
    const { page } = await openPage(fake.url);
    const focused = page.locator(":focus");
    const press = (...keys: string[]): Promise<void> =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    await page.getByText("Live", { exact: true }).waitFor();
    await press("/");
    await page.keyboard.type("fast fireworks");
    expect(await page.getByRole("searchbox", { name: "Filter requests" }).inputValue()).toBe("fast fireworks");
    const shown = await page.getByRole("row").count();
    expect(shown).toBeGreaterThan(2);
    expect(shown).toBeLessThan(20);
    await press("Escape");
    await page.getByRole("row").nth(41).waitFor();
    await press("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home");
    const first = await focused.innerText();
    expect(first).toBe(await page.getByRole("row").nth(1).getByRole("link").innerText());
    // The focus is visible.
    expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
    const wanted = page.locator('[data-id="req_1"] a');
    for (let steps = 0; steps < 42 && !(await wanted.evaluate((link) => link === document.activeElement)); steps++)
      await press("ArrowDown");
    await press("Enter");
    await page.getByRole("heading", { level: 1, name: /fast.*kimi/ }).waitFor();
    expect(await focused.getAttribute("tabindex")).toBe("-1");

    await page.getByRole("tab", { name: "Answer" }).focus();
    await press("ArrowRight");
    await page.getByRole("group", { name: "Difference" }).waitFor();
    expect(await page.getByRole("tab", { name: "Request" }).getAttribute("aria-selected")).toBe("true");
    await page.getByRole("button", { name: '"temperature"' }).focus();
    const note = page.getByRole("note");
    await note.getByText("From 0 to 2; the model card asks for 0.6").waitFor();
    await press("Tab");
    expect(await focused.getAttribute("href")).toBe("https://docs.fireworks.ai/api-reference/post-chatcompletions");
    await press("Escape");
    expect(await note.count()).toBe(0);
    expect(await focused.innerText()).toBe('"temperature"');
    await press("Escape");
    await page.getByRole("region", { name: "Request" }).waitFor({ state: "detached" });
    expect(await wanted.evaluate((link) => link === document.activeElement)).toBe(true);

    await press("Enter");
    await page.getByRole("combobox", { name: "Another target" }).focus();
    await press("ArrowDown", "Tab", "Enter");
    await page.getByRole("heading", { level: 1, name: "Side by side" }).waitFor();
    expect(fake.asked).toEqual(['POST /requests/req_1/replay {"target":"mistral:mistral-small-latest"}']);
    await press("Escape");
    await page.getByRole("region").waitFor({ state: "detached" });
    // The list is a single tab stop, and the arrow keys move inside it.
    await page.getByRole("button", { name: "Pause" }).focus();
    await press("Tab");
    expect(await focused.evaluate((element) => element.closest("tbody") !== null)).toBe(true);
    await press("Tab");
    expect(await focused.evaluateAll((elements) => elements.some((element) => element.closest("tbody")))).toBe(false);
  });

  test("after 10,000 requests the list keeps 200, the heap has not grown, and the page responds", async () => {
    const fake = await fakeInspector({ rows: [] });
    const { page, problems } = await openPage(fake.url);
    await page.getByText("Live", { exact: true }).waitFor();
    const heap = async (): Promise<number> =>
      page.evaluate(() => {
        (globalThis as unknown as { gc(): void }).gc();
        return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
      });
    await page.evaluate(() => {
      const state = { longest: 0, last: performance.now() };
      Object.assign(globalThis, { frames: state });
      const onFrame = (now: number): void => {
        state.longest = Math.max(state.longest, now - state.last);
        state.last = now;
        requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
    });
    const base = Date.UTC(2026, 10, 28);
    const push = async (from: number, to: number): Promise<void> => {
      for (let index = from; index < to; index += 20) {
        const time = new Date(base + index * 1000).toISOString();
        const rows = Array.from({ length: 20 }, (_, more) => ({
          ...sampleRow(index + more),
          id: `r${index + more}`,
          time,
        }));
        fake.push(rows);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await page.locator(`[data-id="r${to - 1}"]`).waitFor();
    };
    await push(0, 2000);
    const before = await heap();
    await push(2000, 10_000);
    const after = await heap();
    expect(await page.getByRole("row").count()).toBe(201);
    expect(after - before).toBeLessThan(3 * 1024 * 1024);
    const { longest } = await page.evaluate(() => (globalThis as unknown as { frames: { longest: number } }).frames);
    // The limit is generous, since other work on the machine counts too.
    expect(longest).toBeLessThan(4000);
    await page.getByRole("searchbox", { name: "Filter requests" }).fill("9999");
    await page.getByText("No request matches the filter.").or(page.getByRole("row").nth(1)).waitFor();
    expect(problems).toEqual([]);
  });

  test("columns and rows do not move while requests arrive and change", async () => {
    const fake = await fakeInspector();
    const { page } = await openPage(fake.url);
    await page.getByText("Live", { exact: true }).waitFor();
    const places = (): Promise<string> =>
      page.evaluate(() =>
        [...document.querySelectorAll("th, tbody tr:nth-child(-n+20)")]
          .map((element) => element.getBoundingClientRect())
          .map(({ x, y, width, height }) => [x, y, width, height].join())
          .join(" "),
      );
    const before = await places();
    const running = sampleRow(70, true);
    const long = "a-model-with-a-name-that-no-column-has-room-for-".repeat(4);
    for (const row of [
      { ...running, attempts: [], firstContent: undefined },
      running,
      {
        ...running,
        status: 200,
        total: 3_725_000,
        cost: 0.00000123,
        isEstimated: true as const,
        client: long,
        target: `x:${long}`,
      },
    ]) {
      fake.push([row]);
      await page.locator(`[data-id="${running.id}"]`).waitFor();
      await page.waitForTimeout(60);
      expect(await places()).toBe(before);
    }
  });

  test("markup, terminal escapes and reversed text in untrusted fields have no effect", async () => {
    const trap = `<img src=x onerror="window.hit=1"><script>window.hit=1</script>\u001b]0;owned\u0007\u001b[31m\u202etxt.exe`;
    const poisoned = <Value>(value: Value, name = ""): Value => {
      if (typeof value === "string") {
        const isOurs = ["id", "time", "kind", "action", "state", "replayOf"].includes(name) && !name.startsWith("x-");
        return (
          isOurs ? value : name === "source" || name === "page" ? `javascript:window.hit=1//${trap}` : trap + value
        ) as Value;
      }
      if (Array.isArray(value)) return value.map((one) => poisoned(one, name)) as Value;
      if (typeof value !== "object" || value === null) return value;
      const entries = Object.entries(value).map(([key, one]) => [
        name === "headers" ? `${key}${trap}` : key,
        poisoned(one, key),
      ]);
      return Object.fromEntries(entries) as Value;
    };
    const { url } = await fakeInspector({
      rows: [poisoned(refusal.row), poisoned(request.row)],
      detail: (row) => poisoned(detail(row)),
      health: poisoned(sampleHealth),
    });
    const { page, problems } = await openPage(url);
    for (const view of views) {
      await page.goto(url + view);
      await page.getByText("<img src=x").first().waitFor();
      for (const summary of await page.locator("details:not([open]) > summary").all()) await summary.click();
      for (const noted of await page.locator(".noted button").all()) await noted.hover();
      const text = await page.locator("#app").innerText();
      expect(text).toContain("␛]0;owned␇␛[31m");
      // oxlint-disable-next-line eslint/no-control-regex -- looks for control characters
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
      expect(await page.locator("#app :is(img, script, iframe, object, embed)").count()).toBe(0);
      expect(await page.locator('#app a:not([href^="#/"])').count()).toBe(0);
    }
    expect(await page.evaluate(() => "hit" in globalThis)).toBe(false);
    expect(await page.title()).toBe("llm-provider inspector");
    expect(problems).toEqual([]);
  });

  test("a body with many and long lines opens at once and can be unfolded", async () => {
    const long = sampleRequest("req_1");
    const lines = Array.from({ length: 30_000 }, (_, index) => ({
      kind: "same" as const,
      text: `    "line ${index}",`,
    }));
    const added = Array.from({ length: 4000 }, (_, index) => ({ kind: "added" as const, text: `    "new ${index}",` }));
    const huge = { kind: "added" as const, text: `"${"x".repeat(1024 * 1024)}"` };
    const difference = [...lines, huge, ...added];
    const attempts = [{ ...long.attempts[1]!, difference, changes: [], notes: [] }];
    const { url } = await fakeInspector({ detail: () => ({ ...long, attempts }) });
    const { page } = await openPage(`${url}#/requests/req_1/request`);
    const group = page.getByRole("group", { name: "Difference" });
    await group.getByRole("button", { name: "29997 unchanged lines" }).waitFor();
    expect((await group.innerText()).length).toBeLessThan(200_000);
    await group.getByRole("button", { name: "more lines" }).click();
    await group.getByText('"new 3999"').waitFor();
  });

  test("a lost connection is reported and restored, with the requests that arrived meanwhile", async () => {
    const fake = await fakeInspector();
    const { page } = await openPage(fake.url);
    await page.getByText("Live", { exact: true }).waitFor();
    fake.disconnect();
    await page.getByText("Connection lost, trying again").waitFor();
    fake.push([{ ...sampleRow(80), id: "meanwhile" }]);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.locator('[data-id="meanwhile"]').waitFor();
  });

  test("a kept file is shown without the actions that need a gateway", async () => {
    const { url } = await fakeInspector({ isKept: true });
    const { page } = await openPage(`${url}#/requests/req_1`);
    await page.getByText("A kept file, not live").waitFor();
    await page.getByRole("button", { name: "Save as cassette draft" }).waitFor();
    expect(await page.getByRole("button", { name: /Replay|Try elsewhere/ }).count()).toBe(0);
  });
});
