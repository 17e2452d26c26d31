import type { InspectorHealth } from "../inspector/inspected-request.ts";
import type { InspectorSource } from "../inspector/inspector-source.ts";
import { toInspected, type InspectContext } from "../inspector/to-inspected.ts";
import { toRow } from "../inspector/to-row.ts";
import type { Ring } from "../recording/ring.ts";
import { amountIn } from "../budget/limits.ts";
import type { GatewayState } from "./gateway-state.ts";
import { namesFor } from "./read-request.ts";
import { readLimits } from "./read-gauges.ts";
import { replayRequest } from "./replay-request.ts";

/** The data source of a gateway's inspector. `closing` aborts replayed requests. */
export function inspectGateway(
  ring: Ring,
  current: () => GatewayState,
  explain: InspectContext["explain"],
  closing: AbortSignal,
): InspectorSource {
  return {
    rows: () => ring.ids.flatMap((id) => ring.record(id) ?? []).map(toRow),
    row(id) {
      const record = ring.record(id);
      return record && toRow(record);
    },
    async find(id, client) {
      const sealed = ring.find(id);
      return sealed && toInspected(sealed, { targets: targetsFor(current(), client), ...(explain && { explain }) });
    },
    health: () => healthOf(current()),
    listen: (listener) => ring.listen(listener),
    replay: (id, target, client) => replayRequest(current(), ring, { id, target, client }, closing),
  };
}

/** Every target that a client may use. */
function targetsFor(state: GatewayState, client: string | undefined): string[] {
  const names = namesFor(state, client).flatMap((name) => state.models.get(name)!.targets.map((target) => target.name));
  return [...new Set(names)];
}

async function healthOf(state: GatewayState): Promise<InspectorHealth> {
  const now = Date.now();
  const targets = [...state.models].flatMap(([model, { targets: some }]) =>
    some.map(({ name, health, latency }) => {
      const { state: word, until, message } = health.state();
      return {
        model,
        target: name,
        state: word,
        ...(message !== undefined && { message }),
        ...(until !== undefined && { cooldownLeft: Math.max(0, until - now) }),
        latencies: [...latency.last],
      };
    }),
  );
  const limits = await readLimits(state);
  return {
    targets,
    clients: Object.keys(state.config.clients ?? {}).map((client) => ({
      client,
      limits: limits
        .filter((one) => one.client === client)
        .map(({ limit, spent, held }) => ({
          name: `${limit.counts} per ${limit.per}`,
          used: amountIn(limit, spent + held),
          left: amountIn(limit, Math.max(0, limit.most - spent - held)),
          most: amountIn(limit, limit.most),
        })),
    })),
  };
}
