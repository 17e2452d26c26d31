import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { delta, done, finish, upstream, usage } from "./upstream.ts";
import { gateway, post, provider } from "./gateway.ts";

const key = "client-key-0123456789abcdef";
const megabyte = 1024 * 1024;
/** `STREAMS=10000` takes two minutes on two shared cores. */
const many = Number(process.env["STREAMS"] ?? 2500);

/** Bytes in use after a garbage collection. */
async function heap(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

// litellm#12685, #6404, #13805, #18367, #2462: memory grew with every request, and messages were kept.
test("complaint 13: thousands of streams leave nothing in memory", { timeout: 300_000 }, async () => {
  const body = delta({ content: "word " }).repeat(20) + finish() + usage() + done;
  const { url, requests } = await upstream((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(body);
    requests.length = 0;
  });
  const running = await gateway(
    [provider("acme", url)],
    `models: { fast: { targets: ["acme:m-1"] } }
cache: { ttl: 1m, entries: 10 }
clients:
  chat:
    key: ${key}
    perUser: x-user
    budget: { usd: 1000, per: day }
    rate: { requests: 1000000, tokens: 1000000000, per: hour }`,
  );
  let index = 0;
  const streams = async (count: number): Promise<void> => {
    const end = index + count;
    const worker = async (): Promise<void> => {
      while (index < end) {
        const number = index++;
        const response = await post(
          running,
          {
            model: "fast",
            stream: true,
            messages: [{ role: "user", content: `${number} ${"x".repeat(20_000)}` }],
            ...(number % 10 === 0 && { seed: number }),
          },
          { headers: { authorization: `Bearer ${key}`, "x-user": `user-${number % 50}` } },
        );
        expect(response.status).toBe(200);
        await response.text();
        running.lines.length = 0;
      }
    };
    await Promise.all(Array.from({ length: 32 }, worker));
  };
  await streams(1500);
  const before = await heap();
  await streams(many);
  const grown = (await heap()) - before;
  console.log(`After ${many} streams the heap has grown by ${(grown / megabyte).toFixed(2)} MB.`);
  // About 100 bytes per request stay for five minutes: the settled id, and the author of the answer.
  expect(grown).toBeLessThan(8 * megabyte);
});
