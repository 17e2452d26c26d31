import type { Definition, Provider, ProviderOptions } from "@llm-provider/core";
import type { Option, Values } from "./command.ts";
import type { Io } from "./io.ts";
import { loadFactory } from "./load-factory.ts";
import { startTwinOf } from "./start-twin-of.ts";
import { usageError } from "./usage-error.ts";

/** The options of every command that calls a provider. */
export const providerOptions: Readonly<Record<string, Option>> = {
  twin: { type: "boolean", description: "Ask a fake of the provider, started for this command: no key, no network" },
  "base-url": { type: "string", value: "URL", description: "Where the endpoint is, if not where the definition says" },
};

export type OpenProvider = {
  readonly provider: Provider;
  readonly definition: Definition;
  readonly model: string;
  close(): Promise<void>;
};

/** The provider and model that `<provider>[:<model>]` names; the model is the small one where none is named. */
export async function openProvider(
  target: string,
  values: Values,
  io: Io,
  options: ProviderOptions = {},
): Promise<OpenProvider> {
  const { name, model } = splitTarget(target);
  const factory = await loadFactory(name, io);
  const { definition } = factory;
  const twin = values["twin"] ? await startTwinOf(definition) : undefined;
  const baseURL = twin?.url ?? (values["base-url"] as string | undefined);
  if (twin && values["base-url"] !== undefined)
    throw usageError("`--twin` and `--base-url` say two things. Give one of them.");
  const provider = factory({ ...options, ...(baseURL !== undefined && { baseURL }), ...(twin && { apiKey: "twin" }) });
  return { provider, definition, model: model ?? definition.smallModel, close: async () => twin?.close() };
}

/** `groq:openai/gpt-oss-20b` → groq and the model. A path keeps its colon: `C:\acme`. */
function splitTarget(target: string): { name: string; model: string | undefined } {
  const at = target.indexOf(":", /^[A-Za-z]:\\/.test(target) ? 2 : 0);
  return at < 0
    ? { name: target, model: undefined }
    : { name: target.slice(0, at), model: target.slice(at + 1) || undefined };
}
