import nock from "nock";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildCassette } from "../src/cassette/build-cassette.ts";
import { saveCassette } from "../src/cassette/cassette-folder.ts";
import { responseBytes, storeBytes } from "../src/cassette/recorded-response.ts";
import { createRecorder } from "../src/cassette/create-recorder.ts";
import { type Cassette, loadCassettes, record } from "../src/index.ts";
import { replayInMemory } from "../src/kit/replay-in-memory.ts";
import { replayThroughNock } from "../src/kit/replay-through-nock.ts";
import { compareCassettes } from "../src/record/compare-cassettes.ts";
import { type FaultServer, startFaultServer } from "../src/server/fault-server.ts";
import { acme } from "./fixtures/acme.ts";

let faultServer: FaultServer;
let folder: string;
beforeAll(async () => {
  faultServer = await startFaultServer();
  folder = mkdtempSync(join(tmpdir(), "cassettes-"));
});
afterAll(async () => {
  await faultServer.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  nock.cleanAll();
  nock.restore();
});

const sse = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `data: {"n":${index},"text":"größer 👋🏽"}\n\n`);

async function recorded(
  script: Parameters<FaultServer["open"]>[0],
  read: (response: Response) => Promise<unknown>,
  init: RequestInit = {},
) {
  const server = faultServer.open(script);
  const recorder = createRecorder();
  const response = await recorder.fetch(`${server.options.baseURL}/chat`, { method: "POST", body: '{"a":1}', ...init });
  await read(response).catch(() => {});
  const [interaction] = await recorder.interactions();
  return interaction!;
}

describe("recording", () => {
  test("keeps the exact bytes, each read and its time, without holding the reader", async () => {
    const arrivals: number[] = [];
    const began = performance.now();
    const interaction = await recorded(
      { status: 200, headers: { "content-type": "text/event-stream" }, pieces: sse(4), pause: 40 },
      async (response) => {
        for await (const _ of response.body!) arrivals.push(performance.now() - began);
      },
    );
    expect(interaction.response).toBe(sse(4).join(""));
    expect(interaction.ended).toBe("eof");
    const reads = interaction.reads.split(" ").map((read) => read.split(":").map(Number));
    expect(reads.map(([, bytes]) => bytes)).toEqual(sse(4).map((event) => Buffer.byteLength(event)));
    expect(reads.at(-1)![0]! - reads[0]![0]!).toBeGreaterThanOrEqual(80);
    expect(arrivals.at(-1)! - arrivals[0]!).toBeGreaterThanOrEqual(80);
  });

  test("keeps the part of a cut stream that arrived", async () => {
    const interaction = await recorded({ status: 200, headers: {}, pieces: sse(3), cutAt: 50 }, (response) =>
      response.text(),
    );
    expect(responseBytes(interaction)).toHaveLength(50);
    expect(interaction.ended).toMatch(/^error:/);
  });

  test("survives a stream whose reader leaves, and an aborted one", async () => {
    const left = await recorded({ status: 200, headers: {}, pieces: sse(3), pause: 20 }, async (response) => {
      for await (const _ of response.body!) break;
    });
    expect([left.ended, left.response]).toEqual(["cancelled", sse(1).join("")]);
    const controller = new AbortController();
    const aborted = await recorded(
      { status: 200, headers: {}, pieces: sse(3), hang: "body" },
      async (response) => {
        setTimeout(() => controller.abort(), 20);
        await response.text();
      },
      { signal: controller.signal },
    );
    expect([aborted.ended, aborted.response]).toEqual(["cancelled", sse(1).join("")]);
  });

  test("keeps a request that got no answer", async () => {
    const server = faultServer.open({ status: 200, headers: {}, pieces: [], reset: true });
    const recorder = createRecorder();
    await expect(recorder.fetch(server.options.baseURL!, {})).rejects.toThrow();
    expect(await recorder.interactions()).toMatchObject([{ status: 0, ended: "error:ECONNRESET" }]);
  });

  test("loses nothing on a reused connection", async () => {
    const server = faultServer.open({ status: 200, headers: {}, pieces: ["warm"] });
    for (let count = 0; count < 3; count++) await (await fetch(server.options.baseURL!)).text();
    const recorder = createRecorder();
    for (let count = 0; count < 3; count++) await (await recorder.fetch(server.options.baseURL!, {})).text();
    expect(await recorder.interactions()).toHaveLength(3);
  });

  test("keeps big integers, formatting, and the names of two cookies without their values", async () => {
    const text = '{ "id": 12345678901234567890,\n  "n": 1.0 }';
    const headers = {
      "content-type": "application/json",
      "set-cookie": ["one=secret-1; Path=/", "two=secret-2"],
      server: "not kept",
    };
    const interaction = await recorded({ status: 200, headers, pieces: [text] }, (response) => response.text());
    expect(responseBytes(interaction).toString()).toBe(text);
    expect(interaction.rawHeaders.filter((_, index) => index % 2 === 0)).toEqual([
      "content-type",
      "date",
      "set-cookie",
      "set-cookie",
    ]);
    expect(interaction.rawHeaders.filter((value) => value.includes("scrubbed"))).toEqual([
      "one=[scrubbed]; Path=/",
      "two=[scrubbed]",
    ]);
  });

  test("keeps binary bytes", async () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0xc3, 0x28);
    const interaction = await recorded({ status: 200, headers: {}, pieces: [bytes] }, (response) => response.bytes());
    expect([interaction.responseIsBinary, interaction.response]).toEqual([true, "ff00c328"]);
  });
});

describe("a cassette", () => {
  const interaction = {
    scope: "https://api.acme.test:443",
    method: "POST",
    path: "/v1/chat/completions?key=Zq8XvN3tLw5RkJ7yHd2Bf9Gm",
    body: { model: "acme-small", user: "jane@acme.test" },
    status: 200,
    response: '{"id":"x","note":"key Zq8XvN3tLw5RkJ7yHd2Bf9Gm of org-AbCdEfGh12345678","file":"/home/jane/x"}',
    rawHeaders: ["content-type", "application/json", "x-echo", "Bearer sk-abcdefghijklmnop"],
    reads: "",
    ended: "eof" as const,
  };
  const draft = {
    scenario: "text",
    origin: "twin" as const,
    adapter: "acme",
    secrets: ["Zq8XvN3tLw5RkJ7yHd2Bf9Gm"],
    definition: acme.definition,
  };

  test("names no key, account, person or machine, and lists the removed values", () => {
    const cassette = buildCassette({ ...draft, interactions: [interaction] });
    const text = JSON.stringify(cassette);
    for (const secret of ["Zq8XvN3t", "jane", "org-AbC", "sk-abc"]) expect(text).not.toContain(secret);
    // design.md, "Key shapes of the field stand in one module": the Bearer header is one of these shapes.
    expect(cassette.meta.scrubbed).toEqual(["email", "home", "key", "key-shape", "organization"]);
    expect(cassette.meta.models).toEqual(["acme-small"]);
  });

  test("is live only from a remote host with a date and an id", () => {
    const live = (change: object) => () =>
      buildCassette({
        ...draft,
        origin: "live",
        interactions: [
          {
            ...interaction,
            rawHeaders: [...interaction.rawHeaders, "date", "Sun, 22 Nov 2026 10:00:00 GMT"],
            ...change,
          },
        ],
      });
    expect(live({})).not.toThrow();
    expect(live({ scope: "http://127.0.0.1:80" })).toThrow("not a remote host reached over https");
    expect(live({ rawHeaders: [] })).toThrow("no Date header");
    expect(live({ response: "{}" })).toThrow("no id");
  });

  test("is sealed: a changed byte and a missing seal are reported", () => {
    saveCassette(folder, buildCassette({ ...draft, interactions: [interaction] }));
    expect(loadCassettes(folder).problems).toEqual([]);
    const file = join(folder, "text.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("\n", "\r\n"));
    expect(loadCassettes(folder).problems).toEqual([]);
    for (let at = 10; at < text.length; at += 97) {
      const changed = text.slice(0, at) + (text[at] === "z" ? "y" : "z") + text.slice(at + 1);
      writeFileSync(file, changed);
      expect(loadCassettes(folder).problems).toHaveLength(1);
    }
    writeFileSync(file, text.replace(/"sha256": "\w+"/, '"sha256": ""'));
    expect(loadCassettes(folder).problems[0]).toContain("not sealed");
    writeFileSync(join(folder, "other.json"), text);
    expect(loadCassettes(folder).problems[0]).toContain("its name must be text.json");
    rmSync(join(folder, "other.json"));
  });

  test("is written into its folder only, and through no link", () => {
    const cassette = buildCassette({ ...draft, interactions: [interaction] });
    expect(() => saveCassette(folder, { ...cassette, scenario: "../outside" })).toThrow(
      "cannot be the name of a scenario",
    );
    // Never link to a device here: as root, a write that is not refused would replace it.
    writeFileSync(join(folder, "theirs.txt"), "theirs");
    symlinkSync("theirs.txt", join(folder, "linked.json"));
    expect(() => saveCassette(folder, { ...cassette, scenario: "linked" })).toThrow("is a link");
    expect(readFileSync(join(folder, "theirs.txt"), "utf8")).toBe("theirs");
    for (const name of ["linked.json", "theirs.txt"]) rmSync(join(folder, name));

    const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
    symlinkSync(elsewhere, join(folder, "linked"));
    expect(() => saveCassette(join(folder, "linked"), cassette)).toThrow("is a link. Cassettes are written to a real");
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(join(folder, "linked"));
    rmSync(elsewhere, { recursive: true });
  });

  test("that is a pipe, and an invalid index, are reported as problems of their folder", () => {
    const other = mkdtempSync(join(tmpdir(), "cassettes-"));
    try {
      execFileSync("mkfifo", [join(other, "text.json")]);
      for (const text of ["null", '{ "cassettes": null }', '{ "cassettes": [1] }', "no JSON"]) {
        writeFileSync(join(other, "index.json"), text);
        expect(loadCassettes(other).problems).toEqual([
          "text.json is a pipe. Name a regular file.",
          expect.stringMatching(/^index\.json is damaged: .*Restore it from git\.$/),
        ]);
      }
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  test("holds no key that was streamed in pieces, and leaves the rest of the stream unchanged", () => {
    const key = "c4a7e91b30d258f6a1b94e7cd02f8536";
    const event = (delta: object): string => `data: ${JSON.stringify({ id: "chat-1", choices: [{ delta }] })}\r\n\r\n`;
    const pieces = ["Your key is ", ...key.match(/.{1,3}/g)!, ", keep it."];
    const before =
      event({ role: "assistant" }) + pieces.map((content) => event({ content })).join("") + "data: [DONE]\n\n";
    const { interactions, meta } = buildCassette({
      ...draft,
      secrets: [key],
      interactions: [{ ...interaction, response: before }],
    });
    const after = interactions[0]!.response;
    const texts = [...after.matchAll(/"content":("[^"]*")/g)].map(([, text]) => JSON.parse(text!) as string);
    expect([texts.length, texts.join("")]).toEqual([pieces.length, "Your key is [redacted], keep it."]);
    expect(after.match(/"id":"chat-1"/g)).toHaveLength(pieces.length + 1);
    expect(after.endsWith("data: [DONE]\n\n")).toBe(true);
    expect(meta.scrubbed).toContain("key");
    const clean = event({ content: "no " }) + event({ content: "key" });
    const same = buildCassette({ ...draft, secrets: [key], interactions: [{ ...interaction, response: clean }] });
    expect(same.interactions[0]!.response).toBe(clean);
  });

  test.each([
    ["quotes", `{${'\\"'.repeat(300_000)}`],
    ["names", `[${"user_".repeat(60_000)}`],
    ["addresses", `[${"a@".repeat(150_000)}`],
    ["dots", `[${"a.".repeat(150_000)}`],
    ["words", `[${"org-aaaaaaaaaaaa_".repeat(20_000)}`],
  ])("is scrubbed and stored in linear time: %s", (_name, response) => {
    const began = performance.now();
    buildCassette({
      ...draft,
      secrets: ["c4a7e91b30d258f6a1b94e7cd02f8536"],
      interactions: [{ ...interaction, response }],
    });
    storeBytes(Buffer.from(response));
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test("is a list of nock definitions", async () => {
    const { byScenario } = loadCassettes(new URL("./fixtures/cassettes/acme/", import.meta.url));
    const { interactions } = byScenario.get("text-stream")!;
    if (!nock.isActive()) nock.activate();
    nock.define(interactions as never);
    const response = await fetch("https://api.acme.test/v1/chat/completions", {
      method: "POST",
      body: JSON.stringify(interactions[0]!.body),
    });
    expect(response.headers.get("x-acme-request")).toMatch(/^req_/);
    expect(await response.text()).toBe(interactions[0]!.response);
  });

  test.each([["through nock", replayThroughNock] as const, ["in memory", replayInMemory] as const])(
    "is replayed %s: in order, and mismatches are reported",
    async (_name, replay) => {
      const { byScenario } = loadCassettes(new URL("./fixtures/cassettes/acme/", import.meta.url));
      const cassette = byScenario.get("tool-round-trip")!;
      const asked = (fetcher: typeof fetch | undefined, path: string) =>
        (fetcher ?? globalThis.fetch)(`https://api.acme.test/v1${path}`, { method: "POST", body: "{}" }).then(
          (response) => response.text(),
        );
      const whole = await replay(cassette, "random", async ({ fetch: own }) => [
        await asked(own as never, "/chat/completions"),
        await asked(own as never, "/chat/completions"),
      ]);
      expect(whole).toEqual({ value: cassette.interactions.map(({ response }) => response), problems: [] });
      const half = await replay(cassette, "whole", ({ fetch: own }) => asked(own as never, "/chat/completions"));
      expect(half.problems).toEqual([expect.stringContaining("is recorded, but was not requested")]);
      const wrong = await replay(cassette, "whole", ({ fetch: own }) =>
        asked(own as never, "/elsewhere").catch(() => ""),
      );
      expect(wrong.problems.join()).toMatch(/elsewhere/);
    },
  );
});

describe("the record command's function", () => {
  test("writes once, and later rewrites only changed cassettes", async () => {
    const cassettes = join(folder, "acme");
    const first = await record(acme, { cassettes, live: false });
    expect([first.ok, first.origin]).toEqual([true, "twin"]);
    expect(new Set(first.recorded.map(({ outcome }) => outcome))).toEqual(new Set(["written"]));
    const again = await record(acme, { cassettes, live: false });
    expect(new Set(again.recorded.map(({ outcome }) => outcome))).toEqual(new Set(["unchanged"]));
    expect(
      (await record(acme, { cassettes, live: false, check: true })).recorded.every(({ outcome }) => outcome === "same"),
    ).toBe(true);
    const renamed = Object.assign((options = {}) => acme(options), {
      definition: { ...acme.definition, name: "Acme Two" },
    });
    const changed = await record(renamed as never, { cassettes, live: false });
    expect(changed.recorded.find(({ scenario }) => scenario === "text")?.outcome).toBe("written");
  });

  test("compares shapes and writes nothing with `check`", async () => {
    const cassettes = join(folder, "acme");
    const before = readFileSync(join(cassettes, "tool-call-stream.json"), "utf8");
    const whole = Object.assign((options = {}) => acme(options), {
      definition: {
        ...acme.definition,
        metadata: [],
        streaming: { ...acme.definition.streaming, usage: "with-finish" as const },
      },
    });
    const report = await record(whole as never, { cassettes, live: false, check: true, only: ["text-stream"] });
    expect(report.recorded[0]).toMatchObject({ outcome: "differs" });
    expect(readFileSync(join(cassettes, "tool-call-stream.json"), "utf8")).toBe(before);
    rmSync(join(cassettes, "text.json"));
    expect(await record(acme, { cassettes, live: false, check: true, only: ["text"] })).toMatchObject({ ok: false });
  });

  test("asks for the key by its variable's name if it records live", async () => {
    await expect(record(acme, { cassettes: folder, live: true })).rejects.toThrow(
      "Set ACME_API_KEY to record from Acme; a key is made at https://acme.test/keys",
    );
  });

  test("never overwrites a live cassette with the twin's", async () => {
    const cassettes = join(folder, "kept");
    await record(acme, { cassettes, live: false, only: ["text"] });
    const { byScenario } = loadCassettes(cassettes);
    const { meta, ...rest } = byScenario.get("text")!;
    saveCassette(cassettes, { ...rest, meta: { ...meta, origin: "live" } });
    expect((await record(acme, { cassettes, only: ["text"] })).recorded).toEqual([
      expect.objectContaining({ outcome: "kept" }),
    ]);
  });
});

describe("a comparison of shapes", () => {
  const of = (response: string, change: object = {}): Pick<Cassette, "interactions"> => ({
    interactions: [
      {
        scope: "",
        method: "POST",
        path: "",
        body: "",
        status: 200,
        response,
        rawHeaders: ["content-type", "x"],
        reads: "",
        ended: "eof",
        ...change,
      },
    ],
  });
  const base = '{"id":"a","n":1,"choices":[{"finish_reason":"stop","message":{"content":"x"}}]}';
  test.each<[string, Pick<Cassette, "interactions">, string[]]>([
    [
      "other words, ids and counts are ignored",
      of(base.replace('"a"', '"b"').replace(":1", ":2").replace('"x"', '"y"')),
      [],
    ],
    ["a missing field is breaking", of(base.replace('"n":1,', "")), ["breaking 0.n"]],
    ["a field of another type is breaking", of(base.replace(":1", ':"1"')), ["breaking 0.n"]],
    ["a new field is additive", of(base.replace('"n":1', '"n":1,"m":1')), ["additive 0.m"]],
    ["a new finish reason is additive", of(base.replace('"stop"', '"length"')), ["additive 0.choices[].finish_reason"]],
    ["another status breaks", of(base, { status: 201 }), ["breaking 0.status"]],
    ["a missing header is breaking", of(base, { rawHeaders: [] }), ["breaking 0.headers.content-type"]],
  ])("%s", (_name, now, expected) => {
    expect(compareCassettes(of(base), now).map(({ severity, path }) => `${severity} ${path}`)).toEqual(expected);
  });

  test("a missing end mark and another order are breaking", () => {
    const stream =
      'data: {"choices":[{"delta":{"reasoning":"r"}}]}\n\ndata: {"choices":[{"delta":{"content":"c"}}]}\n\ndata: [DONE]\n\n';
    expect(compareCassettes(of(stream), of(stream.replace("data: [DONE]\n\n", "")))).toEqual([
      expect.objectContaining({ path: "0.end", severity: "breaking" }),
    ]);
    const turned = stream.split("\n\n");
    const other = [turned[1], turned[0], turned[2], ""].join("\n\n");
    expect(compareCassettes(of(stream), of(other))).toEqual([
      expect.objectContaining({ path: "0.order", severity: "breaking" }),
    ]);
  });
});

test("the fault server closes its open connections", async () => {
  const own = await startFaultServer();
  const server = own.open({ status: 200, headers: {}, pieces: ["x"], hang: "body" });
  const response = await fetch(server.options.baseURL!);
  await Promise.all([own.close(), response.text().catch(() => {})]);
  await sleep(1);
});
