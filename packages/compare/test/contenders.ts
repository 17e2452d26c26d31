import { chatCompletions, defineProvider, type Definition } from "@llm-provider/core";
import { startTwin, type Twin, type TwinScenario } from "@llm-provider/testing";
import { onTestFinished } from "vitest";
import { parseSuite } from "../src/suite/parse-suite.ts";
import { scriptTwin, type Contender, type Suite } from "../src/index.ts";

export const canary = "test-key-canary-7f3a9b2c5d8e1f40";

/** Two endpoints: one with prices and a key, and one with neither. */
const definitions: { readonly [id: string]: Definition } = {
  paid: {
    id: "paid",
    name: "Paid",
    docs: "https://paid.example/docs",
    baseURL: "https://api.paid.example/v1",
    auth: { env: "PAID_API_KEY", page: "https://paid.example/keys" },
    sources: { docs: ["https://paid.example/docs", "2026-11-22"] },
    dialect: chatCompletions(),
    models: {
      large: { context: 10_000, maxOutput: 1000, price: { input: 1, output: 10 }, source: "docs" },
      peaked: {
        context: 10_000,
        maxOutput: 1000,
        price: { input: 1, output: 10, peak: { input: 2, output: 20 } },
        source: "docs",
      },
    },
    smallModel: "large",
  },
  local: {
    id: "local",
    name: "Local",
    docs: "https://local.example/docs",
    baseURL: "http://127.0.0.1:1/v1",
    auth: "none",
    sources: { docs: ["https://local.example/docs", "2026-11-22"] },
    dialect: chatCompletions(),
    models: { small: { context: 4000, source: "docs" } },
    smallModel: "small",
  },
};

/** Starts a twin that gives the suite's scripted answers, and closes it after the test. */
export async function contend(
  target: `${string}:${string}`,
  suite: Suite,
  more: readonly TwinScenario[] = [],
): Promise<Contender & { readonly twin: Twin }> {
  const [id, model] = target.split(":") as [string, string];
  const definition = definitions[id]!;
  const twin = await startTwin(definition, { scenarios: [...more, ...scriptTwin(suite, target)] });
  onTestFinished(() => twin.close());
  const provider = defineProvider(definition as Definition & { smallModel: never })({
    apiKey: canary,
    baseURL: twin.url,
  });
  return { name: target, provider, definition, model, twin };
}

/** Parses a suite with these tasks, given in YAML. */
export function suiteOf(tasks: string): Suite {
  const files = { text: () => "", attachment: () => ({ type: "image_url" }) };
  const { suite, problems } = parseSuite(`version: 1\nname: Test\ntasks:\n${tasks}`, files);
  if (!suite) throw new Error(JSON.stringify(problems));
  return suite;
}
