import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCassettes } from "@llm-provider/testing";
import { expect, onTestFinished, test } from "vitest";
import { checkCassette } from "../../testing/src/cassette/check-cassette.ts";
import { inspectFile, type InspectedRequest } from "../src/index.ts";
import { canary, gateway, hello, post, provider } from "./gateway.ts";
import { inspected, inspecting, openLink } from "./inspector.ts";
import { failing, saying, upstream } from "./upstream.ts";

const models = "models: { fast: { targets: [acme:m-1] } }";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "inspector-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file with two requests that a gateway kept, and one more after a restart. */
async function keptFile(): Promise<string> {
  const file = join(folder(), "kept.jsonl");
  const acme = await upstream(saying("Hi"), failing(401, `Wrong key ${canary}`), saying("Again"));
  for (const times of [2, 1]) {
    const running = await gateway([provider("acme", acme.url)], `health: { failures: 9, of: 9 }\n${models}`, {
      inspector: { keep: file },
    });
    for (let i = 0; i < times; i++) await (await post(running, { ...hello, stream: true })).text();
    await running.close();
  }
  return file;
}

test("--keep appends every request without keys to a file that only the owner can read, and inspect opens it", async () => {
  const file = await keptFile();
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as InspectedRequest).answer?.text)).toEqual(["Hi", undefined, "Again"]);
  expect(lines.join("")).not.toContain(canary.slice(10));
  expect(statSync(file).mode & 0o777).toBe(0o600);

  appendFileSync(
    file,
    `not JSON\n{"version":2}\n\n${lines[0]!.replace("req_", "req_x")}\n{"version":1,"row":{"id":"a"}}\n`,
  );
  const before = readFileSync(file);
  const server = await inspectFile(file, { name: "kept.jsonl" });
  onTestFinished(() => server.close());
  expect(server.problems).toEqual([
    { line: 4, message: "It is not valid JSON." },
    { line: 5, message: "Its `version` is not 1." },
    { line: 8, message: "Its `row` is not the line of a request." },
  ]);
  const { rows, find, get, replay } = inspecting(server.url, await openLink(server.url, server.link));
  const listed = await rows();
  expect(listed.map(({ status }) => status)).toEqual([200, 401, 200, 200]);
  expect(await find(listed[1]!.id)).toEqual(JSON.parse(lines[1]!));
  expect(await (await get("/requests")).json()).toMatchObject({ canReplay: false });
  expect([(await replay(listed[0]!.id)).status, (await get("/events")).status]).toEqual([409, 204]);
  expect(readFileSync(file)).toEqual(before);
});

test("a file with other content is neither overwritten nor appended to", async () => {
  const acme = await upstream(saying("Hi"));
  const path = folder();
  const start = (keep: string) => gateway([provider("acme", acme.url)], models, { inspector: { keep } });
  execFileSync("mkfifo", [join(path, "pipe")]);
  writeFileSync(join(path, "notes.txt"), "My notes\n");
  writeFileSync(join(path, "cut.jsonl"), (await keptText()).slice(0, -20));
  await expect(start(join(path, "pipe"))).rejects.toThrow("is not a regular file");
  await expect(start(path)).rejects.toThrow(/cannot be written|not a regular file/);
  await expect(start(join(path, "notes.txt"))).rejects.toThrow("has other content");
  await expect(start(join(path, "cut.jsonl"))).rejects.toThrow("has other content");
  expect(readFileSync(join(path, "notes.txt"), "utf8")).toBe("My notes\n");
  await expect(inspectFile(join(path, "nothing"), { name: "nothing" })).rejects.toThrow("There is no file nothing.");
  await expect(inspectFile(join(path, "pipe"))).rejects.toThrow("Name a regular file");
});

async function keptText(): Promise<string> {
  return readFileSync(await keptFile(), "utf8");
}

test("a draft of a cassette is refused by the kit until it is recorded or documented, and is otherwise valid", async () => {
  const acme = await upstream(saying("Hi"));
  const running = await inspected([provider("acme", acme.url)], models);
  await (await post(running, { ...hello, stream: true, temperature: 0 })).text();
  const [row] = await running.rows();
  const response = await running.get(`/requests/${row!.id}/cassette`);
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${row!.id}.draft.json"`);
  const text = await response.text();
  const path = folder();
  writeFileSync(join(path, "inspected.json"), text);
  const { byScenario, problems } = loadCassettes(path);
  expect(byScenario.size).toBe(0);
  expect(problems).toEqual([
    "inspected.json is broken: `meta.origin` must be one of live, documented, local, twin. Correct it, or record it again.",
  ]);
  const draft = JSON.parse(text) as { meta: object; interactions: { response: string; reads: string }[] };
  const source = ["https://acme.example/docs", "2026-11-29"];
  expect(checkCassette({ ...draft, meta: { ...draft.meta, origin: "documented", source } })).toEqual([]);
  expect(draft.interactions).toMatchObject([
    {
      method: "POST",
      path: "/v1/chat/completions",
      body: acme.requests[0]!.body as object,
      asked: { model: "fast", temperature: 0 },
      status: 200,
      response: expect.stringContaining('"content":"Hi"'),
      ended: "eof",
    },
  ]);
  const [{ response: body, reads }] = draft.interactions as [{ response: string; reads: string }];
  const sizes = reads.split(" ").map((read) => Number(read.split(":")[1]));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(Buffer.byteLength(body));
});
