import type { AnswerCache } from "../cache/answer-cache.ts";
import type { GatewayConfig } from "../config/config.ts";
import type { RequestLog } from "../log/request-log.ts";
import type { Ring } from "../recording/ring.ts";
import type { Store } from "../store/store.ts";
import type { AuthorMemory } from "../target/author-memory.ts";
import type { PublicModel } from "../target/target.ts";

/** The state that serves requests. A change of the configuration creates a new one, and running requests keep the old one. */
export interface GatewayState {
  readonly config: GatewayConfig;
  readonly models: ReadonlyMap<string, PublicModel>;
  readonly log: RequestLog;
  readonly authors: AuthorMemory;
  readonly cache: AnswerCache;
  /** Budgets, rates and cooldowns. */
  readonly store: Store;
  /** The last requests with their bodies. Absent if nobody may inspect. */
  readonly ring?: Ring;
  /** Warns the operator about problems that need a person. */
  readonly warn: (sentence: string) => void;
}
