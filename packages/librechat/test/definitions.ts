import type { Definition } from "@llm-provider/core";
import { providers } from "../../cli/src/providers.generated.ts";

/** The adapters of this repository. */
export const definitions: readonly Definition[] = await Promise.all(
  Object.values(providers).map(async (load) => (await load()).definition),
);
