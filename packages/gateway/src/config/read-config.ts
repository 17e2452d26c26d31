import type { GatewayConfig } from "./config.ts";

/** One mistake in a configuration, and where it is. */
export interface ConfigProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** A way into the configuration: names of keys and places in lists. */
export type ConfigPath = readonly (string | number)[];

/** A configuration that was read, or what is wrong with it. */
export interface ReadConfig {
  /** Absent where there are problems. */
  readonly config?: GatewayConfig;
  readonly problems: readonly ConfigProblem[];
  /** Where a part of the configuration is in the text. */
  readonly locate: (path: ConfigPath) => Pick<ConfigProblem, "line" | "column">;
  /** The name of the variable that a text of the configuration is, and nothing beside it. */
  readonly variableAt: (path: ConfigPath) => string | undefined;
}

/** Reads the text of a `gateway.yaml`. Every mistake is reported, not only the first. */
export async function readConfig(text: string, env: Readonly<Record<string, string | undefined>>): Promise<ReadConfig> {
  // A gateway without a file needs neither zod nor yaml.
  const { parseConfig } = await import("./parse-config.ts");
  return parseConfig(text, env);
}

/** The JSON Schema of a `gateway.yaml`, for editors. */
export async function configJsonSchema(): Promise<object> {
  const [{ configSchema }, { z }] = await Promise.all([import("./config-schema.ts"), import("zod")]);
  return z.toJSONSchema(configSchema, { io: "input" });
}
