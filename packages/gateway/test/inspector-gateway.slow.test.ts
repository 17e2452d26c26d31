import { readFileSync } from "node:fs";
import type { ProviderFactory } from "@llm-provider/core";
import type { TwinScenario } from "@llm-provider/testing";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { inspectorOptions } from "../../cli/src/inspect/inspector-options.ts";
import { canary, gateway, hello, post, provider } from "./gateway.ts";
import { closeBrowser, openPage, violationsIn, type OpenPage } from "../../../test/browser.ts";
import { chromiumPath } from "../../../test/chromium.ts";
import { at, factories, startTwins } from "./twins.ts";
import { delta, done, failing, finish, upstream, usage } from "./upstream.ts";

/* The page over a gateway, mostly over twins. inspector-page.slow.test.ts has what no twin can be brought to do. */

interface Inspected extends OpenPage {
  readonly url: string;
  readonly link: string;
}

/** Starts a gateway, and opens its page with the printed link. */
async function inspected(providers: readonly ProviderFactory[], yaml: string): Promise<Inspected> {
  const links: string[] = [];
  const { explain } = inspectorOptions({ env: {}, cwd: import.meta.dirname }, undefined);
  const { url } = await gateway(providers, yaml, {
    inspector: { ...(explain && { explain }), onLink: (link) => void links.push(link) },
  });
  const opened = await openPage(links[0] ?? `${url}/inspector`);
  return { ...opened, url, link: links[0]! };
}

/** A gateway over two twins: `fast` has both as targets, `only` just the first. */
async function overTwins(scenarios: readonly TwinScenario[] = [], more = ""): Promise<Inspected> {
  const definitions = ["groq", "mistral"].map(
    (id) => factories.find(({ definition }) => definition.id === id)!.definition,
  );
  const twins = await startTwins(definitions, ({ id }) => ({ scenarios: id === "groq" ? scenarios : [] }));
  const [first, second] = [at(twins, "groq", "openai/gpt-oss-20b"), at(twins, "mistral", "mistral-small-latest")];
  const models = `models:\n  fast: { targets: [${first}, ${second}] }\n  only: { targets: [${first}] }\n`;
  return inspected(factories, models + more);
}

/** The row of the list with this text. */
const row = (page: Page, text: string | RegExp) =>
  page
    .getByRole("table", { name: /^Requests/ })
    .getByRole("row")
    .filter({ hasText: text });

async function open(page: Page, text: string | RegExp): Promise<void> {
  await row(page, text).first().click();
  await page.getByRole("region", { name: "Request" }).getByRole("tablist").waitFor();
}

const tab = (page: Page, name: string): Promise<void> => page.getByRole("tab", { name }).click();

const ask = (to: { url: string }, body: object = {}): Promise<Response> =>
  post(to, { ...hello, stream: true, ...body });

const patience = { timeout: 15_000 };
const limited: TwinScenario = { error: { status: 429, message: "Rate limit reached, please try again later." } };

describe.skipIf(!chromiumPath)("the inspector's page with a gateway", { timeout: 120_000 }, () => {
  afterAll(closeBrowser);

  test("running streams appear in the list, and one of them can be read", async () => {
    let go = (): void => {};
    const gone = new Promise<void>((resolve) => (go = resolve));
    const { url } = await upstream(async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(delta({ content: "One two" }));
      await gone;
      response.end(delta({ content: " three four." }) + finish() + usage() + done);
    });
    const { page, problems, ...running } = await inspected(
      [provider("acme", url)],
      'models: { fast: { targets: ["acme:m-1"] } }',
    );
    await page.getByText("No requests yet.").waitFor();
    const answers = ["one", "two", "three"].map((content) => ask(running, { messages: [{ role: "user", content }] }));
    await expect.poll(() => row(page, "runs").count(), patience).toBe(3);
    await open(page, "runs");
    await page.getByRole("tabpanel").getByText("One two").waitFor();
    expect(await row(page, "runs").count()).toBe(3);
    go();
    await Promise.all(answers.map(async (answer) => (await answer).text()));
    await expect.poll(() => row(page, "200").count(), patience).toBe(3);
    await page.getByText("One two three four.").waitFor();
    await tab(page, "Stream");
    await page.getByRole("img", { name: /^Stream over time: \d+ chunks in .* first content after/ }).waitFor();
    await page.getByText("The same as tables").click();
    const chunks = page.getByRole("table", { name: "Chunks" }).getByRole("row");
    expect(await chunks.count()).toBeGreaterThan(2);
    expect(problems).toEqual([]);
  });

  test("a fallback is one row with two attempts, each with its status and the vendor's message", async () => {
    const { page, problems, ...running } = await overTwins([limited]);
    await (await ask(running)).text();
    await page.getByRole("button", { name: "Fell back" }).click();
    await open(page, "mistral:mistral-small-latest");
    await tab(page, "Attempts");
    const attempts = page.getByRole("tabpanel").getByRole("listitem", { name: /^Attempt/ });
    expect(await attempts.count()).toBe(2);
    await attempts.first().getByText("429", { exact: true }).waitFor();
    await attempts.first().getByRole("blockquote").getByText("Rate limit reached, please try again later.").waitFor();
    await attempts.nth(1).getByText("200").waitFor();
    await attempts.first().getByRole("link", { name: "its request" }).click();
    await page.getByRole("group", { name: "Difference" }).getByText('"openai/gpt-oss-20b"').first().waitFor();
    expect(problems).toEqual([]);
  });

  test("a dropped parameter has a reason and a link to its page, and a field with a rule has a note", async () => {
    const { page, ...running } = await overTwins();
    await (await ask(running, { model: "only", logit_bias: { 1: 2 }, temperature: 0.5 })).text();
    await open(page, "only");
    await tab(page, "Request");
    const difference = page.getByRole("group", { name: "Difference" });
    await difference.getByRole("deletion").filter({ hasText: "logit_bias" }).waitFor();
    const why = difference.locator(".line", { hasText: '"logit_bias"' }).locator(".why");
    expect(await why.innerText()).toMatch(/dropped logit_bias/);
    expect(await why.getByRole("link").getAttribute("href")).toMatch(/^https:/);
    await difference.getByRole("button", { name: '"temperature"' }).hover();
    const note = page.getByRole("note");
    await note.getByText("must be from 0 to 2").waitFor();
    expect(await note.getByRole("link").getAttribute("href")).toMatch(/^https:/);
    await page.getByRole("button", { name: "Sent by us" }).click();
    await expect
      .poll(() => page.getByRole("group", { name: "Sent by us" }).innerText(), patience)
      .not.toContain("logit_bias");
    await page.getByRole("button", { name: "Sent by you" }).click();
    await page.getByRole("group", { name: "Sent by you" }).getByText('"logit_bias"').waitFor();
  });

  test("a 429 is explained with its cause, the evidence and a fix", async () => {
    const { page, ...running } = await overTwins([limited]);
    await (await ask(running, { model: "only" })).text();
    await page.getByRole("button", { name: "Failed" }).click();
    await open(page, "429");
    const explanation = page.getByRole("group", { name: "Explanation" });
    await explanation.getByRole("heading", { name: "What helps" }).waitFor();
    await explanation.getByRole("heading", { name: "What says so" }).waitFor();
    expect(await explanation.getByRole("link").first().getAttribute("href")).toMatch(/^https:/);
  });

  test("the health page shows a rate-limited target as cooling, with the remaining time", async () => {
    const { url } = await upstream(failing(429, "Too many", { "retry-after": "600" }));
    const { page, ...running } = await inspected(
      [provider("acme", url)],
      'models: { fast: { targets: ["acme:m-1"] } }',
    );
    await (await ask(running)).text();
    await page.getByRole("link", { name: "Health" }).click();
    const target = page.getByRole("row", { name: /acme:m-1/ });
    await target.getByText("cooling").waitFor();
    await target.getByText(/^(10|9) min \d\d s left$/).waitFor();
  });

  test("a request can be replayed, and compared side by side with another target", async () => {
    const { page, problems, ...running } = await overTwins();
    await (await ask(running, { model: "only" })).text();
    await open(page, "only");
    await page.getByRole("button", { name: "Replay" }).click();
    await page.getByText("replay of").waitFor();
    await expect.poll(() => row(page, "200").count(), patience).toBe(2);
    expect(await row(page, "↻").count()).toBe(1);
    await page.getByRole("combobox", { name: "Another target" }).selectOption("mistral:mistral-small-latest");
    await page.getByRole("button", { name: "Try elsewhere" }).click();
    const sides = page.getByRole("region", { name: "Comparison" });
    await sides.getByRole("columnheader", { name: "groq:openai/gpt-oss-20b" }).waitFor();
    await sides.getByRole("columnheader", { name: "mistral:mistral-small-latest" }).waitFor();
    await expect.poll(() => sides.getByRole("row", { name: "Status" }).getByText("200").count(), patience).toBe(2);
    expect(problems).toEqual([]);
  });

  test("the curl command has a variable for the key, a draft has no origin, and the page contains no key", async () => {
    const { page, ...running } = await overTwins();
    await (await ask(running, { model: "only" })).text();
    await open(page, "only");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain("Bearer $GROQ_API_KEY");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as cassette draft" }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^req_\w+\.draft\.json$/);
    const draft = readFileSync(await file.path(), "utf8");
    expect(JSON.parse(draft)).not.toHaveProperty("origin");
    await page.getByText("Saved a draft.").waitFor();
    for (const name of ["Answer", "Request", "Attempts", "Stream", "Response"]) {
      await tab(page, name);
      for (const summary of await page.locator("details:not([open]) > summary").all()) await summary.click();
      expect(await page.content()).not.toContain(canary.slice(3, 11));
    }
    expect(curl + draft).not.toContain(canary.slice(3, 11));
  });

  test("the link opens one session, its token leaves the address at once, and the session survives a reload", async () => {
    const { page, link } = await overTwins();
    await page.getByText("Live", { exact: true }).waitFor();
    const [, token = ""] = link.split("#token=");
    expect(page.url()).not.toContain(token);
    await page.reload();
    await page.getByText("Live", { exact: true }).waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(token);
    await page.goBack();
    expect(page.url()).not.toContain(token);
    const again = await openPage(link, { bypassCSP: true });
    await again.page.getByRole("alert").getByText("This link was already used").waitFor();
    expect(await violationsIn(again.page)).toEqual([]);
  });

  test("with clients, the page asks for a key that may inspect, and shows budgets", async () => {
    const [may, mayNot] = ["key-that-may-inspect-0123", "key-that-may-not-012345"];
    const { page, ...running } = await overTwins(
      [],
      `clients:\n  boss: { key: ${may}, inspect: true, budget: { usd: 5, per: day } }\n  chat: { key: ${mayNot} }`,
    );
    await page.getByText("Enter the key of a client that has").waitFor();
    const key = page.getByLabel("Key", { exact: true });
    await key.fill(mayNot);
    await page.getByRole("button", { name: "Open the inspector" }).click();
    await page.getByRole("alert").getByText("This key or link is not valid.").waitFor();
    await key.fill(may);
    await page.keyboard.press("Enter");
    await page.getByText("Live", { exact: true }).waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(may);
    await (await post(running, hello, { headers: { authorization: `Bearer ${mayNot}` } })).text();
    await row(page, "chat").waitFor();
    await page.getByRole("link", { name: "Health" }).click();
    await page.getByRole("meter", { name: "boss: usd per day" }).waitFor();
    await page.getByText("0 of 5 used, 5 left").waitFor();
  });
});
