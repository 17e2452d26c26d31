import type { ReadConfig } from "./config.ts";

/** Parses a `gateway.yaml`. It reports every mistake, not only the first. */
export async function readConfig(text: string, env: Readonly<Record<string, string | undefined>>): Promise<ReadConfig> {
  // Loaded late, since a gateway without a file needs neither zod nor yaml.
  const { parseConfig } = await import("./parse-config.ts");
  return parseConfig(text, env);
}

/** The JSON Schema of a `gateway.yaml`, for editors. */
export async function configJsonSchema(): Promise<object> {
  const [{ configSchema }, { z }] = await Promise.all([import("./config-schema.ts"), import("zod")]);
  return z.toJSONSchema(configSchema, { io: "input" });
}
