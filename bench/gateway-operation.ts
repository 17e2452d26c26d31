// Measures what budgets, rates and cache add to a request: node bench/gateway-operation.ts [rounds]. Run `tsc -b` first. Needs a
// redis-server (REDIS_SERVER, or on the PATH). The endpoint and each gateway are separate processes; a round asks each gateway
// in turn, so that noise affects all alike.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "./median.ts";

const key = "bench-client-key-0123456789";
const agent = new Agent({ keepAlive: true });
const [rounds = "60"] = process.argv.slice(2);
if (rounds === "endpoint") await serveEndpoint();
else await measureAll(Number(rounds));

async function measureAll(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const children: ChildProcess[] = [];
  try {
    const endpoint = await startLine(children, [import.meta.filename, "endpoint"]);
    const redisPort = 30_000 + (process.pid % 10_000);
    children.push(
      spawn(process.env["REDIS_SERVER"] ?? "redis-server", ["--port", String(redisPort), "--save", ""], {
        stdio: "ignore",
      }),
    );
    const limits = "budget: { usd: 1000, tokens: 1000000000, per: month }, rate: { requests: 1000000, per: hour }";
    const redis = `store: redis://127.0.0.1:${redisPort}`;
    const settings = {
      plain: ["", ""],
      "budget and rate, in memory": [limits, ""],
      "budget and rate, in Redis": [limits, redis],
      "cache, in memory": ["", "cache: { ttl: 1h }"],
      "cache, in Redis": ["", `cache: { ttl: 1h }\n${redis}`],
    } as const;
    const gateways = new Map<string, string>();
    for (const [name, [client, more]] of Object.entries(settings)) {
      const file = join(folder, `${gateways.size}.yaml`);
      writeFileSync(
        file,
        `version: 1\nlog: none\nmodels: { fast: { targets: [{ to: "groq:openai/gpt-oss-20b", key: bench, baseURL: "${endpoint}/v1" }] } }
clients: { bench: { key: ${key}${client && `, ${client}`} } }\n${more}\n`,
      );
      const bin = join(import.meta.dirname, "../packages/cli/dist/bin.js");
      const flags = [bin, "gateway", "--config", file, "--port", String(redisPort + 1 + gateways.size)];
      gateways.set(name, new URL(await startLine(children, flags)).origin);
    }
    const found = new Map<string, number[]>();
    const note = (row: string, milliseconds: number): void =>
      void found.set(row, [...(found.get(row) ?? []), milliseconds]);
    const stream = { model: "fast", stream: true, messages: [{ role: "user", content: "Hello" }] };
    // The first rounds warm up.
    for (let round = -20; round < count; round++)
      // The order changes each time, because the process after a short answer has slept.
      for (const [name, url] of [...gateways].sort(() => Math.random() - 0.5)) {
        const isCache = name.startsWith("cache");
        const body = isCache ? { ...stream, seed: 1 } : stream;
        const [milliseconds, headers] = await ask(url, body);
        if (round < 0) continue;
        if (isCache && headers["x-llm-provider-cache"] !== "hit") throw new Error(`${name}: the cache did not answer.`);
        note(`${name}${isCache ? ": hit, a stream" : ": a stream of 500 chunks"}`, milliseconds);
        if (isCache) note(`${name}: hit, a whole answer`, (await ask(url, { ...body, stream: false }))[0]);
      }
    const plain = found.get("plain: a stream of 500 chunks")!;
    console.log("| what | p50 ms | over plain in the same round, ms |\n|---|--:|--:|");
    for (const [row, samples] of found) {
      const over = median(samples.map((sample, round) => sample - plain[round]!));
      console.log(`| ${row} | ${median(samples).toFixed(2)} | ${over.toFixed(2)} |`);
    }
  } finally {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function ask(url: string, body: object): Promise<[milliseconds: number, headers: NodeJS.Dict<string | string[]>]> {
  const began = performance.now();
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/v1/chat/completions`, { method: "POST", headers, agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url}: status ${answer.statusCode}`));
      answer.resume().on("end", () => resolve([performance.now() - began, answer.headers]));
    });
    sent.on("error", reject).end(JSON.stringify(body));
  });
}

/** Starts a Node program, and returns the first line that it prints. */
async function startLine(children: ChildProcess[], args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  await sleep(100);
  return line;
}

async function serveEndpoint(): Promise<void> {
  const frame = (choice: object, more: object = {}): string =>
    `data: ${JSON.stringify({ id: "c1", model: "m", choices: [{ index: 0, ...choice }], ...more })}\n\n`;
  const usage = { usage: { prompt_tokens: 10, completion_tokens: 500, total_tokens: 510 } };
  const body =
    Array.from({ length: 500 }, () => frame({ delta: { content: "word " }, finish_reason: null })).join("") +
    frame({ delta: {}, finish_reason: "stop" }, usage) +
    "data: [DONE]\n\n";
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => outgoing.writeHead(200, { "content-type": "text/event-stream" }).end(body));
  });
  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}
