import type { ReadConfig } from "./config.ts";

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
