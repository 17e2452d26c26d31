import type { Definition, Provider, ProviderOptions } from "@llm-provider/core";
import { parseTarget } from "@llm-provider/core/internal";
import type { Twin, TwinOptions } from "@llm-provider/testing";
import { loadProvider, usageError } from "@llm-provider/testing/command";
import type { Command } from "commander";
import type { CliIo } from "./cli-io.ts";

/** Values of the options that `addProviderOptions` adds. */
export interface ProviderChoice {
  readonly twin?: boolean;
  readonly baseUrl?: string;
}

/** The options of every command that calls a provider. */
export function addProviderOptions(command: Command): Command {
  return command
    .option("--twin", "Ask a fake of the provider, started for this command: no key, no network")
    .option("--base-url <url>", "A base URL instead of the definition's");
}

/** A provider that is ready for requests. */
export interface OpenProvider {
  readonly provider: Provider;
  readonly definition: Definition;
  readonly model: string;
  /** Stops its twin, if it has one. */
  close(): Promise<void>;
}

/** The provider and model that `<provider>[:<model>]` names; the default model is the small one. */
export async function openProvider(
  target: string,
  { twin: isTwin, baseUrl }: ProviderChoice,
  io: CliIo,
  options: ProviderOptions = {},
  toTwinOptions: (definition: Definition, model: string) => TwinOptions = () => ({}),
): Promise<OpenProvider> {
  if (isTwin && baseUrl !== undefined)
    throw usageError("`--twin` and `--base-url` exclude each other. Give one of them.");
  const { name, model: named } = parseTarget(target);
  const factory = await loadProvider(name, io, io.providers);
  const { definition } = factory;
  const model = named ?? definition.smallModel;
  const twin = isTwin ? await startTwinOf(definition, toTwinOptions(definition, model)) : undefined;
  const baseURL = twin?.url ?? baseUrl;
  const provider = factory({
    ...options,
    ...(baseURL !== undefined && { baseURL }),
    ...(twin && { apiKey: "any-key-will-do" }),
  });
  return { provider, definition, model, close: async () => twin?.close() };
}

/** A fake of a provider on loopback. */
export async function startTwinOf(definition: Definition, options: TwinOptions = {}): Promise<Twin> {
  const { startTwin } = await import("@llm-provider/testing");
  return startTwin(definition, options);
}
