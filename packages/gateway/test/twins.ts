import type { Definition, ProviderFactory } from "@llm-provider/core";
import { startTwin, type Twin, type TwinOptions } from "@llm-provider/testing";
import { onTestFinished } from "vitest";
import { loadOwnProviders } from "../../../test/own-packages.ts";
import { canary, gateway } from "./gateway.ts";

/** All our adapters that chat. */
export const factories: readonly ProviderFactory[] = (await loadOwnProviders()).map(([, factory]) => factory);

/** Starts strict twins of these definitions, and stops them after the test. */
export async function startTwins(
  definitions: readonly Definition[],
  optionsOf: (definition: Definition) => TwinOptions = () => ({}),
): Promise<Map<string, Twin>> {
  const started = definitions.map(
    async (one) => [one.id, await startTwin(one, { apiKey: canary, strictModels: true, ...optionsOf(one) })] as const,
  );
  const twins = new Map(await Promise.all(started));
  onTestFinished(async () => void (await Promise.all([...twins.values()].map((twin) => twin.close()))));
  return twins;
}

/** A target in YAML with the address of its twin. */
export function at(twins: ReadonlyMap<string, Twin>, id: string, model: string): string {
  return `{ to: ${JSON.stringify(`${id}:${model}`)}, baseURL: ${JSON.stringify(twins.get(id)!.url)} }`;
}

/** Starts a gateway over twins, with the targets of each public name as `at` returns them. */
export function gatewayOver(
  models: { readonly [name: string]: readonly string[] },
  more = "",
): ReturnType<typeof gateway> {
  const lines = Object.entries(models).map(
    ([name, targets]) => `  ${JSON.stringify(name)}: { targets: [${targets.join(", ")}] }`,
  );
  return gateway(factories, `models:\n${lines.join("\n")}\n${more}`);
}
