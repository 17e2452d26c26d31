// What each provider is tried with: its definition. Its twin serves the face that LibreChat talks to as well.
import type { Definition } from "../../packages/core/src/index.ts";
import { providers as adapters } from "../../packages/cli/src/providers.generated.ts";

export const definitions: readonly Definition[] = await Promise.all(
  Object.values(adapters).map(async (load) => (await load()).definition),
);
