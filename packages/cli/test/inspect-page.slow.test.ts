import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { closeBrowser, openPage } from "../../../test/browser.ts";
import { chromiumPath } from "../../../test/chromium.ts";
import { makeFolder } from "./make-folder.ts";

const bin = join(import.meta.dirname, "../dist/bin.js");

/** Starts a command that serves the inspector, and waits for the link that it prints. */
async function start(cwd: string, ...args: string[]): Promise<{ link: string; stop(): Promise<number | null> }> {
  const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const link = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, found] = /inspector (\S+#token=\S+)\s/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once("close", () => reject(new Error(printed)));
  });
  return { link, stop: async () => (child.kill("SIGINT"), ended) };
}

describe.skipIf(!chromiumPath)("the inspector that a command opens, in Chromium", { timeout: 120_000 }, () => {
  afterAll(closeBrowser);

  test("chat --inspect shows its call, and inspect opens the file that it kept", async () => {
    const cwd = makeFolder();
    const chat = await start(cwd, "chat", "groq", "Hello", "--twin", "--inspect", "--keep", "one.jsonl");
    const { page, problems } = await openPage(chat.link);
    const row = page.locator("tbody [data-id]");
    await row.getByText("200").waitFor();
    expect(await row.count()).toBe(1);
    await row.getByRole("link").first().click();
    await page.getByRole("tabpanel").getByText("You said: Hello").first().waitFor();
    // The token has done its work, and is in no address that a person could pass on.
    expect(page.url()).not.toContain("token=");
    expect(problems).toEqual([]);
    expect(await chat.stop()).toBe(0);

    const inspect = await start(cwd, "inspect", "one.jsonl");
    const kept = await openPage(inspect.link);
    await kept.page.locator("tbody [data-id]").getByText("200").waitFor();
    expect(await kept.page.locator("tbody [data-id]").count()).toBe(1);
    expect(kept.problems).toEqual([]);
    expect(await inspect.stop()).toBe(0);
  });
});
