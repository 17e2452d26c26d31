import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { canary, runCommand } from "./run-command.ts";

const secret = "an-operators-secret-of-ours";

/** A command that runs until it is stopped, and its output so far. */
function start(args: readonly string[], options: Parameters<typeof runCommand>[1] = {}) {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const printed = { out: "", err: "" };
  const ended = import("../src/main.ts").then(({ main }) =>
    main(args, {
      out: (text) => void (printed.out += text),
      err: (text) => void (printed.err += text),
      stdin: async () => "",
      env: options.env ?? {},
      cwd: options.cwd ?? import.meta.dirname,
      isTerminal: false,
      hasInput: false,
      columns: 100,
      signal: controller.signal,
    }),
  );
  const link = async (): Promise<string> => {
    await expect.poll(() => printed.err, { timeout: 10_000 }).toContain("inspector http");
    return /inspector (\S+)/.exec(printed.err)![1]!;
  };
  return {
    printed,
    link,
    stop: async () => {
      controller.abort();
      return ended;
    },
  };
}

/** The JSON that the page reads, fetched through its link. */
async function read(link: string, path: string): Promise<unknown> {
  const [base = "", token = ""] = link.split("#token=");
  const opened = await fetch(`${base}/api/session`, { method: "POST", body: JSON.stringify({ token }) });
  const { session } = (await opened.json()) as { session: string };
  return (await fetch(`${base}/api${path}`, { headers: { authorization: `Bearer ${session}` } })).json();
}

const ask = (url: string, body: object): Promise<Response> =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    body: JSON.stringify({ messages: [{ role: "user", content: "Hello" }], ...body }),
  });

test("log prints a whole request as the page's JSON and for a person; without a secret it says how to get one", async () => {
  const cwd = makeFolder();
  const env = { LLM_INSPECTOR_TOKEN: secret };
  const gateway = start(["gateway", "groq", "--twin", "--port", "0", "--keep", "kept.jsonl"], { cwd, env });
  const link = await gateway.link();
  const url = new URL(link).origin;
  await (await ask(url, { model: "groq:openai/gpt-oss-120b", logit_bias: { 1: 2 }, stream: true })).text();
  await (await ask(url, { model: "groq:openai/gpt-oss-120b", top_k: 4 })).text();

  const log = (args: readonly string[], more: Record<string, string> = env) =>
    runCommand(["log", ...args, "--url", url], { env: more, columns: 100 });
  const rows = await log([]);
  const ids = [...rows.out.matchAll(/req_[0-9a-f]{32}/g)].map(([id]) => id);
  expect(ids).toHaveLength(2);
  const json = JSON.parse((await log([ids[0]!, "--json"])).out) as object;
  expect(json).toMatchObject({ version: 1, row: { id: ids[0], status: 200 } });

  const whole = await log([ids[0]!.slice(0, 12)]);
  expect(whole.out).toContain("dropped logit_bias");
  expect(whole.out).toContain("https://console.groq.com/docs");
  expect(whole.out).toContain('-   "logit_bias": {');
  expect(whole.out).toMatch(/stream: \d+ reads in .* · first content .* · longest gap/);
  expect(whole.out).toContain('-H "authorization: Bearer $GROQ_API_KEY"');
  expect(whole.out).toContain("finish reason: stop");
  // A gateway started by the CLI adds the CLI's explanation.
  const failed = await log([ids[1]!]);
  expect(failed.out).toContain("cause: Groq does not take `top_k` in this request.");
  expect(failed.out).toContain('librechat: dropParams: ["top_k"]');

  const refused = await log([ids[0]!], {});
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringContaining("Set LLM_INSPECTOR_TOKEN to the same secret"),
  ]);
  expect((await log(["req_"])).err).toContain("2 requests begin with req_. Write more of the id.");
  expect((await log(["req_0000"])).err).toContain("This request is no longer kept");

  // The page reads the same JSON, and the file contains it too.
  expect(await read(link, `/requests/${ids[0]}`)).toEqual(json);
  expect(await gateway.stop()).toBe(0);
  const [line] = readFileSync(join(cwd, "kept.jsonl"), "utf8").split("\n");
  expect(JSON.parse(line!)).toEqual({ ...json, targets: [] });

  appendFileSync(join(cwd, "kept.jsonl"), "nonsense\n");
  const inspect = start(["inspect", "kept.jsonl"], { cwd });
  expect(await read(await inspect.link(), `/requests/${ids[0]}`)).toEqual({ ...json, targets: [] });
  expect(inspect.printed.err).toContain("warning kept.jsonl:3 is left out. It is not valid JSON.");
  expect(inspect.printed.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/inspector\n$/);
  expect(await inspect.stop()).toBe(0);
});

test("chat --inspect shows its one call until it is stopped, even a failed one", async () => {
  const cwd = makeFolder();
  const chat = start(["chat", "groq", "Hello", "--twin", "--inspect", "--keep", "one.jsonl"], { cwd });
  const link = await chat.link();
  await expect.poll(() => chat.printed.err, { timeout: 10_000 }).toContain("The page shows this call. Ctrl-C ends it.");
  expect(chat.printed.out).toContain("You said: Hello");
  expect(await read(link, "/requests")).toMatchObject({ requests: [{ status: 200, isStream: true }], canReplay: true });
  expect(await chat.stop()).toBe(0);
  expect(JSON.parse(readFileSync(join(cwd, "one.jsonl"), "utf8"))).toMatchObject({ version: 1, row: { status: 200 } });

  const failing = start(["chat", "groq", "Hello", "--twin", "--inspect", "-p", "top_k=4"]);
  const other = await failing.link();
  await expect.poll(() => failing.printed.err, { timeout: 10_000 }).toContain("property 'top_k' is unsupported");
  expect(failing.printed.err).toMatch(/what to do: .+\nmore about it: https:/);
  expect(await read(other, "/requests")).toMatchObject({ requests: [{ status: 400 }] });
  expect(await failing.stop()).toBe(1);
});

test.each([
  [["chat", "--compare", "groq,mistral", "--twin", "--inspect", "Hello"], "`--inspect` shows one call"],
  [["chat", "groq", "Hello", "--keep", "x.jsonl"], "`--keep` writes what `--inspect` records"],
  [["gateway", "groq", "--twin", "--no-inspector", "--keep", "x.jsonl"], "leave `--no-inspector` out"],
  [["inspect", "nothing.jsonl"], "There is no file nothing.jsonl."],
])("%s is refused", async (args, sentence) => {
  const { err, code } = await runCommand(args);
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
});

test("foreign text in a request is printed without control characters", async () => {
  vi.stubEnv("GROQ_API_KEY", canary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const attack = "start\u001B]52;c;Y3VybCBldmls\u0007\u001B[2J\u001B[H\u009B2J\u0000\b\rend";
  const delta = (part: object): string =>
    `data: ${JSON.stringify({ id: attack, model: attack, choices: [{ index: 0, delta: part, finish_reason: null }] })}\n\n`;
  const call = { index: 0, id: attack, type: "function", function: { name: attack, arguments: attack } };
  const endpoint = createServer((request, response) => {
    if (request.url!.startsWith("/bad"))
      return void response.writeHead(400).end(JSON.stringify({ error: { message: attack } }));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(delta({ reasoning: attack, content: attack }) + delta({ tool_calls: [call] }) + "data: [DONE]\n\n");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void endpoint.close());
  await new Promise((resolve) => endpoint.once("listening", resolve));
  const at = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
  const target = (path: string): string => `{ to: "groq:openai/gpt-oss-120b", baseURL: "${at}${path}" }`;
  const cwd = makeFolder({
    "gateway.yaml": `version: 1\nmodels:\n  good: { targets: [${target("/v1")}] }\n  bad: { targets: [${target("/bad")}] }\n`,
  });
  const env = { LLM_INSPECTOR_TOKEN: secret, GROQ_API_KEY: canary };
  const gateway = start(["gateway", "--config", "gateway.yaml", "--port", "0"], { cwd, env });
  const url = new URL(await gateway.link()).origin;
  for (const model of ["good", "bad"])
    await (
      await ask(url, {
        model,
        stream: true,
        user: attack,
        [attack]: attack,
        messages: [{ role: "user", content: attack }],
      })
    ).text();
  const options = { env, isTerminal: true, columns: 100 };
  const rows = JSON.parse((await runCommand(["log", "--json", "--url", url], options)).out) as {
    requests: { id: string }[];
  };
  const printed = [await runCommand(["log", "--url", url], options)];
  for (const { id } of rows.requests) printed.push(await runCommand(["log", id, "--url", url], options));
  expect(printed.map(({ out }) => out).join("")).toContain("start");
  for (const { out } of printed) {
    // The colours that `paint` uses.
    const rest = out.replaceAll(/\p{Cc}\[(?:1|2|22|31|32|33|36|39)m/gu, "");
    expect(rest.match(/[^\P{Cc}\n]/gu) ?? []).toEqual([]);
    expect(out).not.toContain(canary.slice(10));
  }
  await gateway.stop();
});
