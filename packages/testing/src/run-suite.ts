import type { ProviderFactory } from "@llm-provider/core";
import { type Cassettes, loadCassettes } from "./cassette/cassette-folder.ts";
import { allChecks } from "./checks/all-checks.ts";
import { type Level, runCheck } from "./kit/check.ts";
import { createKit } from "./kit/create-kit.ts";

export interface SuiteOptions {
  readonly cassettes: URL | string;
  /** Only these checks. */ readonly only?: readonly string[];
}

/** What became of one check; `failure` is the text that says why. */
export interface CheckReport {
  readonly name: string;
  readonly level: Level;
  readonly title: string;
  readonly failure?: string;
}

/** Runs the contract of a provider without a test runner, and without nock. `tally` counts the cassettes by origin. */
export async function runSuite(
  factory: ProviderFactory,
  options: SuiteOptions,
): Promise<{ checks: CheckReport[]; tally: string; ok: boolean }> {
  const { definition } = factory;
  const cassettes = loadCassettes(options.cassettes);
  const kit = await createKit(factory, { cassettes });
  const checks: CheckReport[] = [];
  try {
    for (const check of allChecks) {
      if (!(check.applies?.(definition) ?? true) || options.only?.includes(check.name) === false) continue;
      const { name, level, title } = check;
      const failure = await runCheck(check, kit);
      checks.push({ name, level, title, ...(failure !== undefined && { failure }) });
    }
  } finally {
    await kit.close();
  }
  return { checks, tally: tally(cassettes, definition.name), ok: checks.every(({ failure }) => failure === undefined) };
}

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
