import { amountIn, counterOf, limitsOf, type Limit } from "../budget/limits.ts";
import type { Gauges } from "../metrics/metrics.ts";
import type { Counted } from "../store/store.ts";
import type { GatewayState } from "./gateway-state.ts";

/** A limit of a client with the count of its current window. */
interface CountedLimit extends Counted {
  readonly client: string;
  readonly limit: Limit;
}

/** The current values for the metrics: targets that are up, remaining budgets, and whether Redis is connected. */
export async function readGauges(state: GatewayState): Promise<Gauges> {
  const targets = [...state.models.values()].flatMap((model) => model.targets);
  const states = new Map<string, boolean>();
  // A target with several keys is up while one of them is.
  for (const { name, health } of targets) states.set(name, states.get(name) === true || health.state().state === "up");
  const counted = await readLimits(state);
  return {
    targets: [...states].map(([target, isUp]) => ({ target, isUp })),
    budgets: counted
      .filter(({ limit }) => limit.of === "budget")
      .map(({ client, limit, spent, held }) => ({
        client,
        counts: limit.counts,
        left: amountIn(limit, Math.max(0, limit.most - spent - held)),
      })),
    isShared: state.store.isShared,
  };
}

/** The limits of all clients. Limits per user are left out, since the users are not known. */
export async function readLimits({ config, store }: GatewayState): Promise<CountedLimit[]> {
  const now = Date.now();
  const limits = Object.entries(config.clients ?? {}).flatMap(([client, settings]) =>
    settings.perUser === undefined
      ? limitsOf(settings).map((limit) => ({ client, limit, key: counterOf(limit, client, undefined, now).key }))
      : [],
  );
  const counted = await store.read(limits.map(({ key }) => key));
  return limits.map(({ client, limit }, index) => ({ client, limit, ...counted[index]! }));
}
