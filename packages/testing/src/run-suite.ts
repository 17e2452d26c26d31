import type { ProviderFactory } from "@llm-provider/core";
import { type Cassettes, loadCassettes } from "./cassette/cassette-folder.ts";
import { allChecks } from "./checks/all-checks.ts";
import { definitionCheck, isUsable } from "./kit/definition-check.ts";
import { type Level, levelOf, runCheck } from "./kit/check.ts";
import { createKit } from "./kit/create-kit.ts";

/** The options of `runSuite`. */
export interface SuiteOptions {
  /** The folder of the recordings. */
  readonly cassettes: URL | string;
  /**
   * Names of checks to run.
   * @default every check of the definition
   */
  readonly only?: readonly string[];
}

/** The outcome of one check. */
export interface CheckReport {
  /** Kebab-case: `sends-key-in-its-header`. */
  readonly name: string;
  /** MUST: without it a caller would get something wrong, lose or leak something. SHOULD: be served worse. */
  readonly level: Level;
  /** The behaviour of a provider without faults. */
  readonly title: string;
  /** Why it failed, on several lines; left out if it passed. */
  readonly failure?: string;
}

/** The outcome of all checks. */
export interface SuiteReport {
  readonly checks: readonly CheckReport[];
  /** One line: the cassettes by origin. */
  readonly tally: string;
  /** True if every check passed. */
  readonly ok: boolean;
}

/** Runs the contract tests of a provider without a test runner and without nock, offline. */
export async function runSuite(factory: ProviderFactory, options: SuiteOptions): Promise<SuiteReport> {
  const { definition } = factory;
  const cassettes = loadCassettes(options.cassettes);
  if (!isUsable(definitionCheck, definition)) {
    const { name, title } = definitionCheck;
    const failure = await runCheck(definitionCheck, { definition });
    const checks: CheckReport[] = [{ name, level: levelOf(definitionCheck), title, failure }];
    return { checks, tally: tally(cassettes, definition.name), ok: false };
  }
  const kit = await createKit(factory, { cassettes });
  const checks: CheckReport[] = [];
  try {
    for (const check of allChecks) {
      if (!(check.applies?.(definition) ?? true) || options.only?.includes(check.name) === false) continue;
      const { name, title } = check;
      const failure = await runCheck(check, kit);
      checks.push({ name, level: levelOf(check), title, ...(failure !== undefined && { failure }) });
    }
  } finally {
    await kit.close();
  }
  return { checks, tally: tally(cassettes, definition.name), ok: checks.every(({ failure }) => failure === undefined) };
}

/** The suite's last line: how many of its recordings come from the real endpoint. */
export function tally({ byScenario }: Cassettes, name: string): string {
  const origins = [...byScenario.values()].map(({ meta }) => meta.origin);
  const count = (origin: string): number => origins.filter((one) => one === origin).length;
  const local = count("local") > 0 ? `${count("local")} from a server on this machine, ` : "";
  const old = [...byScenario.values()].filter(
    ({ meta }) => meta.origin === "live" && Date.now() - Date.parse(meta.recordedAt) > 180 * 86_400_000,
  );
  const age = old.length > 0 ? `; ${old.length} live ones are older than 180 days: record them again` : "";
  return `${name}: ${origins.length} cassettes: ${count("live")} live, ${count("documented")} documented, ${local}${count("twin")} from the twin${age}`;
}
