import { createRequire } from "node:module";

/** LibreChat's own schema. */
export type RealSchema = {
  /** The release of librechat-data-provider. */
  version: string;
  /** What it says of a configuration, as it says it; a key that it does not know is told at its own path. */
  check(config: unknown): { path: (string | number)[]; message: string }[];
};

type Issue = { path: (string | number)[]; message: string; keys?: string[] };
type Schema = { strict(): { safeParse(value: unknown): { success: boolean; error?: { issues: Issue[] } } } };

/**
 * Loads librechat-data-provider, a second's work, where the person has installed it beside us, or beside the file of the URL
 * `from`; `undefined` elsewhere.
 */
export async function loadRealSchema(from: string = import.meta.url): Promise<RealSchema | undefined> {
  const require = createRequire(from);
  let configSchema: Schema;
  let version = "of unknown release";
  try {
    const entry = require.resolve("librechat-data-provider");
    version = (require(entry.replace(/(librechat-data-provider)[\\/].*$/, "$1/package.json")) as { version: string })
      .version;
    ({ configSchema } = require(entry) as { configSchema: Schema });
  } catch {
    return undefined;
  }
  return {
    version,
    check: (config) => {
      // A refinement of it throws on URLs that hold an unset variable.
      try {
        const { error } = configSchema.strict().safeParse(config);
        return (error?.issues ?? []).flatMap(({ path, message, keys }) =>
          keys ? keys.map((key) => ({ path: [...path, key], message: "not a key here" })) : [{ path, message }],
        );
      } catch (error) {
        return [{ path: [], message: error instanceof Error ? error.message : String(error) }];
      }
    },
  };
}
