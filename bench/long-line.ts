// Reads one event of 8 MB in reads of 4 KiB, compared with splitting at line feeds, keeping the pieces and joining them once.
// No network: both get the same stream of bytes.
// node build/long-line.js [--rounds 15] [--json FILE]
import { parseArgs } from "node:util";
import { deepseek } from "@llm-provider/deepseek";
import { median } from "./median.ts";
import { apiKey } from "./scenarios.ts";
import { machine, writeResults } from "./write-results.ts";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "15" }, json: { type: "string" } },
});
const readSize = 4096;
const text = "x".repeat(8 * 1024 * 1024);
const choice = (delta: object, finish_reason: string | null) => ({ choices: [{ index: 0, delta, finish_reason }] });
const events = [choice({ content: text }, null), choice({}, "stop")];
const bytes = new TextEncoder().encode(
  `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")}data: [DONE]\n\n`,
);

function respond(): Response {
  let from = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (from >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(from, (from += readSize)));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

async function splitAndJoin(): Promise<string> {
  const reader = respond().body!.getReader();
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let found = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return found;
    const read = decoder.decode(value, { stream: true });
    let from = 0;
    for (let end = read.indexOf("\n"); end >= 0; end = read.indexOf("\n", from)) {
      pieces.push(read.slice(from, end));
      const line = pieces.join("");
      pieces = [];
      if (line.startsWith("data: {")) found += JSON.parse(line.slice(6)).choices[0].delta.content ?? "";
      from = end + 1;
    }
    if (from < read.length) pieces.push(read.slice(from));
  }
}

const provider = deepseek({ baseURL: "http://127.0.0.1:9/v1", apiKey, fetch: async () => respond() });
const request = { model: "bench-model", messages: [{ role: "user" as const, content: "Say something." }] };
const streamed = async (): Promise<string> => (await provider.stream(request).result).text;

async function timed(run: () => Promise<string>): Promise<number> {
  const before = process.cpuUsage();
  if ((await run()).length !== text.length) throw new Error("The text is incomplete.");
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const began = machine();
const samples: { raw: number; own: number }[] = [];
for (let round = -3; round < Number(options.rounds); round++) {
  const sample = { raw: await timed(splitAndJoin), own: await timed(streamed) };
  if (round >= 0) samples.push(sample);
}
const results = {
  raw: median(samples.map((one) => one.raw)),
  own: median(samples.map((one) => one.own)),
  ratio: median(samples.map((one) => one.own / one.raw)),
};
console.log(`8 MB in one line, reads of 4 KiB: ${results.own.toFixed(1)} ms CPU, raw ${results.raw.toFixed(1)} ms`);
console.log(`÷ raw ${results.ratio.toFixed(2)} (median of ${samples.length} rounds)`);
writeResults(options.json, began, results);
