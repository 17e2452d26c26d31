import type { Definition } from "@llm-provider/core";
import { loadOwnProviders } from "../../../test/own-packages.ts";

/** The adapters of this repository. */
export const definitions: readonly Definition[] = (await loadOwnProviders()).map(([, { definition }]) => definition);
