import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InspectorHealth } from "../src/inspector/inspected-request.ts";
import { api } from "./api.ts";
import { format } from "./format.ts";

const pause = 2000;
const heads = [
  ["Model", "wide-only"],
  ["Target", ""],
  ["State", ""],
  ["First content of the last requests", "wide-only"],
  ["Last", "n"],
  ["Cooldown", "n wide-only"],
  ["Says", "wide-only"],
] as const;
const kinds: { readonly [state: string]: string } = { up: "good", cooling: "refused", probing: "refused" };

/** Targets with their state and latencies, and clients with their budgets. */
export function HealthPage(): VNode {
  const [health, setHealth] = useState<InspectorHealth>();
  const [failure, setFailure] = useState("");
  useEffect(() => {
    const abort = new AbortController();
    void (async () => {
      while (!abort.signal.aborted) {
        try {
          setHealth(await api.get<InspectorHealth>("health", { signal: abort.signal }));
          setFailure("");
        } catch (error) {
          if (!abort.signal.aborted) setFailure(error instanceof Error ? error.message : String(error));
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    })();
    return () => abort.abort();
  }, []);
  return (
    <main class="health" aria-label="Health">
      <p role="alert">{failure}</p>
      {health && <Targets targets={health.targets} />}
      {health && <Clients clients={health.clients} />}
    </main>
  );
}

function Targets({ targets }: { targets: InspectorHealth["targets"] }): VNode {
  return (
    <section>
      <h1>Targets</h1>
      <div class="scroller">
        <table class="plain">
          <thead>
            <tr>
              {heads.map(([name, style]) => (
                <th key={name} scope="col" class={style}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {targets.map(({ model, target, state, latencies, cooldownLeft, message }) => (
              <tr key={`${model} ${target}`}>
                <td class="wide-only">{model}</td>
                <th scope="row" class="target">
                  {target}
                  <span class="sub narrow-only">
                    {[model, message, cooldownLeft && `${format.ms(cooldownLeft)} left`].filter(Boolean).join(" · ")}
                    <Sparkline values={latencies} />
                  </span>
                </th>
                <td>
                  <span class={`pill ${kinds[state] ?? "bad"}`}>{state}</span>
                </td>
                <td class="wide-only">
                  <Sparkline values={latencies} />
                </td>
                <td class="n">{format.ms(latencies.at(-1))}</td>
                <td class="n wide-only">{cooldownLeft ? `${format.ms(cooldownLeft)} left` : ""}</td>
                <td class="says wide-only">{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Sparkline({ values }: { values: readonly number[] }): VNode | null {
  if (values.length === 0) return null;
  const most = Math.max(...values, 1);
  const step = 120 / Math.max(values.length - 1, 1);
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${(24 - (value / most) * 22).toFixed(1)}`);
  const words = `From ${format.ms(Math.min(...values))} to ${format.ms(most)} over ${values.length} requests`;
  return (
    <svg class="sparkline" role="img" aria-label={words} width="120" height="26" viewBox="0 0 120 26">
      <polyline points={points.join(" ")} />
    </svg>
  );
}

function Clients({ clients }: { clients: InspectorHealth["clients"] }): VNode {
  return (
    <section>
      <h1>Clients</h1>
      {clients.length === 0 && <p class="empty">The configuration names no client with a budget.</p>}
      <ul class="clients">
        {clients.map(({ client, limits }) => (
          <li key={client}>
            <h2>{client}</h2>
            {limits.length === 0 && <p class="soft">No budget.</p>}
            {limits.map(({ name, used, left, most }) => (
              <label key={name} class="limit">
                <span>{name}</span>
                <meter
                  aria-label={`${client}: ${name}`}
                  min={0}
                  max={most}
                  value={used}
                  high={most * 0.8}
                  optimum={0}
                />
                <span class="n">
                  {format.count(used)} of {format.count(most)} used, {format.count(left)} left
                </span>
              </label>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
