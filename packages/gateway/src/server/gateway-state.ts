import type { AnswerCache } from "../cache/answer-cache.ts";
import type { GatewayConfig } from "../config/config.ts";
import type { RequestLog } from "../log/request-log.ts";
import type { Ring } from "../recording/ring.ts";
import type { Store } from "../store/store.ts";
import type { AuthorMemory } from "../target/author-memory.ts";
import type { PublicModel } from "../target/target.ts";

/** What requests are served with: another one after each change of the configuration. A request keeps the one that it began with. */
export interface GatewayState {
  readonly config: GatewayConfig;
  readonly models: ReadonlyMap<string, PublicModel>;
  readonly log: RequestLog;
  readonly authors: AuthorMemory;
  readonly cache: AnswerCache;
  /** Budgets, rates and cooldowns. */
  readonly store: Store;
  /** The last requests with their bodies. Absent if no client may inspect. */
  readonly ring?: Ring;
  /** Tells the operator what only a person can mend. */
  readonly warn: (sentence: string) => void;
}
