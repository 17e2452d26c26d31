// The definitions of the tested providers. Each twin also serves the API that LibreChat talks to.
import type { Definition } from "../../packages/core/src/index.ts";
import { providers as adapters } from "../../packages/cli/src/providers.generated.ts";

export const definitions: readonly Definition[] = await Promise.all(
  Object.values(adapters).map(async (load) => (await load()).definition),
);
