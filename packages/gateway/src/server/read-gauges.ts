import { counterOf, limitsOf } from "../budget/limits.ts";
import { microsPerDollar } from "../budget/micros.ts";
import type { Gauges } from "../metrics/metrics.ts";
import type { GatewayState } from "./gateway-state.ts";

/** What the metrics say of this moment: the targets that are up, what is left of budgets, whether Redis is there. */
export async function readGauges({ config, models, store }: GatewayState): Promise<Gauges> {
  const targets = [...models.values()].flatMap((model) => model.targets);
  const states = new Map<string, boolean>();
  // A target with several keys is up while one of them may be asked.
  for (const { name, health } of targets) states.set(name, states.get(name) === true || health.state().state === "up");
  const now = Date.now();
  const limits = Object.entries(config.clients ?? {}).flatMap(([client, settings]) =>
    settings.perUser === undefined
      ? limitsOf(settings)
          .filter((limit) => limit.of === "budget")
          .map((limit) => ({ client, limit, key: counterOf(limit, client, undefined, now).key }))
      : [],
  );
  const counted = await store.read(limits.map(({ key }) => key));
  return {
    targets: [...states].map(([target, isUp]) => ({ target, isUp })),
    budgets: limits.map(({ client, limit: { counts, most } }, index) => {
      const { spent, held } = counted[index]!;
      const left = Math.max(0, most - spent - held);
      return { client, counts, left: counts === "usd" ? left / microsPerDollar : left };
    }),
    isShared: store.isShared,
  };
}
