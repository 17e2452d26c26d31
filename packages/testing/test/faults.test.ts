import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allChecks } from "../src/checks/all-checks.ts";
import { setPatience } from "../src/kit/clock.ts";
import { identities } from "./faults/identities.ts";
import { headsOf, matrixText, type Row } from "./faults/matrix.ts";
import { faults, runFault } from "./faults/run-fault.ts";

const file = new URL("../FAULTS.md", import.meta.url);
/** Without it each fault runs only against its own check; `all` and `write` run all checks, which takes minutes. */
const mode = process.env["FAULTS"];

test("faults have unique names", () => {
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(40);
});

describe("the correct provider passes every check", () => {
  const all = Object.values(identities).reduce((inner, wrap) => (factory) => wrap(inner(factory)));
  test.each([
    ["acme", undefined] as const,
    ["bolt", "bolt"] as const,
    ["cove", "cove"] as const,
    ["dune", "dune"] as const,
  ])("under all wrappings at once: %s", async (_name, fixture) => {
    expect([...(await runFault({ in: fixture, wrap: all }))]).toEqual([]);
  });
  test.runIf(mode).each(Object.keys(identities))("under the wrapping of its %s", { timeout: 60_000 }, async (name) => {
    expect([...(await runFault({ wrap: identities[name] }))]).toEqual([]);
    expect([...(await runFault({ in: "bolt", wrap: identities[name] }))]).toEqual([]);
  });
});

describe.skipIf(mode)("each fault fails its own check", () => {
  beforeAll(() => setPatience(400));
  afterAll(() => setPatience(3000));

  test.each(faults)("$caughtBy: $id", async (fault) => {
    const failed = await runFault(fault, [fault.caughtBy]);
    expect([...failed.keys()]).toEqual([fault.caughtBy]);
    expect(failed.get(fault.caughtBy)).toContain(`${fault.caughtBy} (`);
  });

  test("FAULTS.md lists exactly these faults", () => {
    expect(headsOf(readFileSync(file, "utf8"))).toEqual(
      headsOf(matrixText(faults.map((fault) => ({ fault, fails: [] })))),
    );
  });
});

test.runIf(mode)(
  "every fault is caught by at most five checks, and every check catches one",
  { timeout: 900_000 },
  async () => {
    setPatience(800);
    const rows: Row[] = [];
    for (const fault of faults) rows.push({ fault, fails: [...(await runFault(fault)).keys()] });
    const text = matrixText(rows);
    console.log(text);
    expect(rows.filter(({ fault, fails }) => !fails.includes(fault.caughtBy)).map(({ fault }) => fault.id)).toEqual([]);
    expect(rows.filter(({ fails }) => fails.length > 5).map(({ fault, fails }) => [fault.id, ...fails])).toEqual([]);
    const failing = new Set(rows.flatMap(({ fails }) => fails));
    expect(allChecks.map(({ name }) => name).filter((name) => !failing.has(name))).toEqual([]);
    if (mode === "write") writeFileSync(file, text);
    expect(readFileSync(file, "utf8")).toBe(text);
  },
);
