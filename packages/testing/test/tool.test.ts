import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadCassettes, recordTool } from "../src/index.ts";
import { explain } from "../src/kit/expect.ts";
import { toolChecks } from "../src/tool/tool-checks.ts";
import { createToolKit } from "../src/tool/tool-kit.ts";
import { describeTool } from "../src/vitest.ts";
import { type ToolFault, toolFaults } from "./faults/tool-faults.ts";
import { lookUp } from "./fixtures/look-up.ts";

const folder = mkdtempSync(join(tmpdir(), "tool-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The endpoint of the fixture. */
const twin = async (url: string): Promise<Response> => {
  const query = new URL(url).searchParams.get("q");
  if (query === "refused") return Response.json({ error: "No." }, { status: 429 });
  const results =
    query === "nothing"
      ? []
      : [
          { title: `About ${query}`, url: "https://lookup.test/1" },
          { title: "More", url: "https://lookup.test/2" },
        ];
  return Response.json({ results });
};
const scenarios = {
  search: { query: "the sea", limit: 2 },
  empty: { query: "nothing" },
  refused: { query: "refused" },
};

await recordTool(lookUp, { cassettes: folder, scenarios, twin });
describeTool(lookUp, { cassettes: folder });

test("recording asks for the key by its variable's name if it records live", async () => {
  await expect(recordTool(lookUp, { cassettes: folder, scenarios })).rejects.toThrow(
    "Set LOOK_UP_API_KEY to record from look_up",
  );
});

test("a deleted recording fails a check", () => {
  const copy = mkdtempSync(join(tmpdir(), "tool-"));
  cpSync(folder, copy, { recursive: true });
  expect(loadCassettes(copy).problems).toEqual([]);
  rmSync(join(copy, "empty.json"));
  expect(loadCassettes(copy).problems).toEqual(["empty.json is missing: index.json names it. Record it again."]);
  rmSync(copy, { recursive: true });
});

describe("a tool with a fault fails the check for it", () => {
  test("the correct tool fails none", async () => expect(await failing({})).toEqual([]));
  test.each(toolFaults)("$caughtBy: it $does", async (fault) => {
    const failed = await failing(fault);
    expect(failed).toContain(fault.caughtBy);
    expect(failed.length).toBeLessThanOrEqual(5);
  });
  test("every check fails for at least one fault", () => {
    const caught = new Set(toolFaults.map(({ caughtBy }) => caughtBy));
    expect(toolChecks.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([]);
  });
});

async function failing({ wrap, cassettes }: Partial<ToolFault>): Promise<string[]> {
  const recorded = loadCassettes(folder);
  const kit = createToolKit(wrap?.(lookUp) ?? lookUp, cassettes?.(recorded) ?? recorded);
  const failed: string[] = [];
  for (const check of toolChecks) {
    try {
      await check.run(kit);
    } catch (error) {
      expect(explain(error, undefined).length).toBeGreaterThan(0);
      failed.push(check.name);
    }
  }
  return failed;
}

// design.md, "Contract tests": a tool's request is compared with the cassette, including the key's place.
test("a cassette shows the key's place, but never the key", () => {
  const [first] = loadCassettes(folder).byScenario.get("search")!.interactions;
  expect(first!.requestHeaders).toEqual({ authorization: "Bearer [redacted]" });
});

test("a recording that does not show the key's place must be made again", async () => {
  const { byScenario, problems } = loadCassettes(folder);
  const bare = [...byScenario].map(([name, cassette]) => {
    const interactions = cassette.interactions.map(({ requestHeaders: _headers, ...one }) => one);
    return [name, { ...cassette, interactions }] as const;
  });
  const kit = createToolKit(lookUp, { byScenario: new Map(bare), problems });
  const check = toolChecks.find(({ name }) => name === "sends-recorded-requests")!;
  const error = await Promise.resolve(check.run(kit)).then(String, String);
  expect(error).toContain("a recording that does not show where the key goes: record it again");
});
