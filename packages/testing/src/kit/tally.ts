import type { Cassettes } from "../cassette/load-cassettes.ts";

/** The suite's last line: how much of it rests on recordings of the real endpoint. */
export function tally({ byScenario }: Cassettes, name: string): string {
  const origins = [...byScenario.values()].map(({ meta }) => meta.origin);
  const count = (origin: string): number => origins.filter((one) => one === origin).length;
  const old = [...byScenario.values()].filter(
    ({ meta }) => meta.origin === "live" && Date.now() - Date.parse(meta.recordedAt) > 180 * 86_400_000,
  );
  const age = old.length > 0 ? `; ${old.length} live ones are older than 180 days: record them again` : "";
  return `${name}: ${origins.length} cassettes: ${count("live")} live, ${count("documented")} documented, ${count("twin")} from the twin${age}`;
}
