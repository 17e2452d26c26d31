import type { Definition, ProviderFactory } from "@llm-provider/core";
import { expect, test } from "vitest";
import { isUsable, toolDefinitionCheck } from "../src/kit/definition-check.ts";
import { runCheck } from "../src/kit/check.ts";
import { runSuite } from "../src/run-suite.ts";
import type { AnyToolFactory } from "../src/tool/tool-kit.ts";
import { bolt } from "./fixtures/bolt.ts";
import { lookUp } from "./fixtures/look-up.ts";

const cassettes = new URL("./fixtures/cassettes/bolt/", import.meta.url);

function boltWith(change: object): ProviderFactory {
  const definition = { ...bolt.definition, ...change } as Definition;
  return Object.assign((options: object = {}) => bolt(options), { definition }) as ProviderFactory;
}

// design.md, "Contract tests": describeProvider begins with the definition itself.
test("the suite checks the definition first", async () => {
  const { checks } = await runSuite(bolt, { cassettes, only: ["definition-is-sound"] });
  expect(checks.map(({ name, failure }) => [name, failure])).toEqual([["definition-is-sound", undefined]]);
});

test("each mistake gets its own message", async () => {
  const source = ["https://bolt.test/chat", "2999-01-01"];
  const faulty = boltWith({ smallModel: "bolt-2", unknownParameters: { ignored: true, source } });
  const { checks, ok } = await runSuite(faulty, { cassettes, only: ["definition-is-sound"] });
  expect([ok, checks.length]).toEqual([false, 1]);
  const [title, ...sentences] = checks[0]!.failure!.split("\n");
  expect(title).toMatch(/^definition-is-sound \(MUST\)/);
  expect(sentences).toEqual([
    expect.stringMatching(/^ {2}`unknownParameters.source`: .*in the future/),
    expect.stringMatching(/^ {2}`smallModel`: "bolt-2" is not among `models`/),
  ]);
});

test.each([
  ["a header's name with a space", { auth: { ...(bolt.definition.auth as object), header: "x key" } }, "auth.header"],
  ["http", { baseURL: "http://bolt.test/openai" }, "baseURL"],
  ["a dialect without a decoder", { dialect: { ...bolt.definition.dialect, decoder: undefined } }, "dialect.decoder"],
])("an unusable definition fails only one check: %s", async (_name, change, path) => {
  const { checks, ok } = await runSuite(boltWith(change), { cassettes });
  expect([ok, checks.map(({ name }) => name)]).toEqual([false, ["definition-is-sound"]]);
  expect(checks[0]!.failure!.split("\n")).toEqual([expect.any(String), expect.stringContaining(`\`${path}\`: `)]);
});

test("a pasted key is not repeated", async () => {
  const env = "gsk_Zq8XvN3tLw5RkJ7yHd2Bf9GmZq8XvN3tLw5RkJ7yHd2Bf9Gm";
  const report = await runSuite(boltWith({ auth: { ...(bolt.definition.auth as object), env } }), { cassettes });
  expect(report.checks).toHaveLength(1);
  expect(JSON.stringify(report)).not.toContain(env.slice(4, 12));
});

test("a tool's definition is checked in the same way", async () => {
  const definition = { ...lookUp.definition, baseURL: "http://lookup.test" };
  const factory: AnyToolFactory = Object.assign(() => lookUp(), { definition });
  expect(isUsable(toolDefinitionCheck, lookUp.definition)).toBe(true);
  expect(isUsable(toolDefinitionCheck, factory.definition)).toBe(false);
  expect(await runCheck(toolDefinitionCheck, factory)).toContain("`baseURL`: A key is only sent over https.");
});
