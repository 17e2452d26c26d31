// LibreChat's published schema and engine against this repository's exports and simulation. Nothing leaves this machine.
// `--write` writes the golden requests; `--librechat <folder>` prepares requests with LibreChat's own sources.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { simulatePath, simulateRequest } from "../../packages/librechat/src/index.ts";
import { checkSchema } from "./check-schema.ts";
import { prepareByOurs } from "./engine.ts";
import { goldenCases, type GoldenCase } from "./golden-cases.ts";
import { prepareByLibreChat } from "./prepare-by-librechat.ts";
import { definitions } from "./providers.ts";
import { randomCases } from "./random-cases.ts";
import { recordRequest } from "./record-request.ts";
import { tryGateway } from "./try-gateway.ts";
import { tryProvider } from "./try-provider.ts";
import { tryTool } from "./try-tool.ts";

const { values } = parseArgs({
  options: {
    write: { type: "boolean" },
    librechat: { type: "string" },
    cases: { type: "string" },
    seed: { type: "string" },
  },
});
const golden = new URL("../../packages/librechat/test/golden/requests.json", import.meta.url);
const print = console.log;
// The client warns of this for every piece of Mistral's thinking, which LibreChat does not show.
console.log = (...words: unknown[]) => String(words[0]).includes("non-string content") || print(...words);
const engine = versionOf("@librechat/agents");
const schema = versionOf("librechat-data-provider");
const { prepare, version } = values.librechat
  ? await prepareByLibreChat(values.librechat)
  : { prepare: prepareByOurs, version: undefined };
let failures = 0;

print(
  `engine ${engine}, requests prepared by ${version === undefined ? "simulateRequest's own first half" : `LibreChat ${version}`}`,
);
await step("schema", checkSchema);
for (const definition of definitions) await step(definition.name, () => tryProvider(definition, prepare));
await step("search in Weaviate over MCP", () => tryTool(definitions, prepare));
await step("gateway", () => tryGateway(prepare));
await step("golden requests", checkGolden);
await step("requests by chance", checkByChance);
process.exitCode = failures === 0 ? 0 : 1;

async function step(name: string, run: () => Promise<string | string[]>): Promise<void> {
  const began = Date.now();
  try {
    for (const line of [await run()].flat()) print(`ok   ${line} (${Date.now() - began} ms)`);
  } catch (error) {
    failures++;
    print(`FAIL ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Checks that the engine still sends each golden body for its endpoint; `--write` makes new ones from today's exports. */
async function checkGolden(): Promise<string> {
  const kept = JSON.parse(readFileSync(golden, "utf8")) as { engine: string; requests: (GoldenCase & Sent)[] };
  const requests: (GoldenCase & Sent)[] = [];
  for (const { name, endpoint, parameters, call } of values.write ? goldenCases : kept.requests) {
    const one = { name, endpoint, parameters, call };
    requests.push({ ...one, ...(await recordRequest(one, prepare)) });
  }
  if (values.write) {
    assert.ok(
      version,
      "golden requests are written with `--librechat <folder>` only, so that nothing of ours is in them",
    );
    const content = { engine, schema, preparedBy: `LibreChat ${version}`, requests };
    writeFileSync(golden, `${JSON.stringify(content, null, 2)}\n`);
    return `${requests.length} golden requests written`;
  }
  assert.equal(kept.engine, engine, "the golden requests come from another engine: write them again");
  assert.deepEqual(JSON.parse(JSON.stringify(requests)), kept.requests);
  return `${requests.length} golden requests as they were`;
}

type Sent = Awaited<ReturnType<typeof recordRequest>>;

async function checkByChance(): Promise<string> {
  const cases = [...goldenCases, ...randomCases(Number(values.cases ?? 150), Number(values.seed ?? 1))];
  for (const one of cases) {
    const { path, body } = await recordRequest(one, prepare);
    assert.deepEqual({ path, body: sorted(body) }, simulated(one), JSON.stringify(one));
  }
  return `${cases.length} requests of today's exports and by chance: simulateRequest agrees`;
}

function simulated({ endpoint, parameters, call }: GoldenCase): object {
  const options = { target: "0.8.8", call } as const;
  const asked = parameters as Parameters<typeof simulateRequest>[1];
  return { path: simulatePath(endpoint, asked, options), body: sorted(simulateRequest(endpoint, asked, options)) };
}

function sorted(body: object): object {
  return Object.fromEntries(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function versionOf(name: string): string {
  const manifest = readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
