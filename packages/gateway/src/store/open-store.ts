import { MemoryStore } from "./memory-store.ts";
import { RedisStore } from "./redis-store.ts";
import { SteadyStore } from "./steady-store.ts";
import type { Store } from "./store.ts";

/** Where counters are stored. */
export interface StoreSettings {
  /** `redis://host:port`, for several instances. @default in memory */
  readonly url?: string;
  /** How budgets work while Redis cannot be reached: each instance counts on its own, or requests are refused. */
  readonly down: "serve" | "refuse";
}

/** Opens the store of a configuration. `warn` is called when Redis becomes unreachable and when it is back. */
export async function openStore(
  { store: { url }, cache }: { readonly store: StoreSettings; readonly cache?: { readonly entries: number } },
  warn: (sentence: string) => void,
): Promise<Store> {
  const memory = new MemoryStore(cache && { mostTexts: cache.entries });
  if (url === undefined) return memory;
  const { host } = new URL(url);
  let steady: SteadyStore | undefined;
  let isConnected: boolean | undefined;
  const shared = await RedisStore.open(url, (now) => {
    if (now) void steady?.catchUp();
    if (now === isConnected) return;
    if (!now) warn(`The Redis at ${host} cannot be reached: this instance counts budgets and rates on its own.`);
    else if (isConnected === false) warn(`The Redis at ${host} can be reached again.`);
    isConnected = now;
  });
  steady = new SteadyStore(shared, memory, warn);
  return steady;
}
