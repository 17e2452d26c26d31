import type { HealthSettings } from "../health/target-health.ts";
import type { StoreSettings } from "../store/open-store.ts";

/** How the targets of a model are ordered for a request. */
export type Route = "order" | "price" | "latency" | "weight";

/** A checked configuration: times in milliseconds, variables filled in. */
export interface GatewayConfig {
  /** `host:port`. */
  readonly listen?: string;
  /** Who may ask, by name. Absent: whoever reaches the server, which is then bound to loopback. */
  readonly clients?: { readonly [name: string]: ClientConfig };
  readonly models: { readonly [name: string]: ModelConfig };
  readonly timeouts: { readonly headers: number; readonly firstContent: number; readonly idle: number };
  readonly health: HealthSettings;
  /** How often the targets of a request are gone through. */
  readonly rounds: number;
  /** Where budgets, rates, cooldowns and cached answers are kept. */
  readonly store: StoreSettings;
  /** Milliseconds after which the reservation of a running request is released. Absent: the three timeouts, and 60 s. */
  readonly holds?: number;
  /** Absent: no answer is kept. */
  readonly cache?: CacheConfig;
  /** What is written for each request: nothing, a line of JSON, or that line with the messages and the answer in it. */
  readonly log: "none" | "requests" | "content";
  /**
   * Whether the last requests are kept in memory with their bodies, for the page at `/inspector`. They are only where somebody
   * may look: without `clients`, or where a client has `inspect`.
   */
  readonly inspector: boolean;
}

/** How long answers are kept, and how many of them. */
export interface CacheConfig {
  /** Milliseconds. */
  readonly ttl: number;
  readonly entries: number;
}

/** A program that may ask. */
export interface ClientConfig {
  readonly key: string;
  /** The public models that it may ask for. Absent: all. */
  readonly models?: readonly string[];
  /** The header that names the user, in lower case: each user then has the budget and the rate. Absent: the client as a whole has them. */
  readonly perUser?: string;
  readonly budget?: BudgetConfig;
  readonly rate?: RateConfig;
  /** It may see the requests of all clients, with their bodies, and send them again as its own. */
  readonly inspect?: boolean;
}

/** A window of the clock, in UTC. */
export type Period = "second" | "minute" | "hour" | "day" | "month";

/** What may be spent. */
export interface BudgetConfig {
  /** US dollars. */
  readonly usd?: number;
  /** Of requests and answers. */
  readonly tokens?: number;
  readonly per: Period;
  /** What becomes of a request whose cost is not known: it is refused, or only its tokens count. */
  readonly unknown: "refuse" | "tokens";
}

/** How much may be asked. */
export interface RateConfig {
  readonly requests?: number;
  /** Of requests and answers. */
  readonly tokens?: number;
  readonly per: Period;
}

/** One public model. */
export interface ModelConfig {
  readonly route: Route;
  readonly targets: readonly TargetConfig[];
}

/** One endpoint behind a public model. */
export interface TargetConfig {
  /** `<provider>:<model>`. */
  readonly to: string;
  readonly weight: number;
  /** Absent: the variable that the definition names. */
  readonly key?: string;
  readonly baseURL?: string;
  readonly forward: readonly string[];
}

/** The values that a configuration need not give. */
export const defaults: Pick<GatewayConfig, "timeouts" | "health" | "rounds" | "store" | "log" | "inspector"> = {
  timeouts: { headers: 30_000, firstContent: 20_000, idle: 60_000 },
  health: { failures: 3, of: 10, window: 60_000, open: 5000 },
  rounds: 2,
  store: { down: "serve" },
  log: "requests",
  inspector: true,
};

/** One mistake in a configuration, and where it is. */
export interface ConfigProblem {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What is wrong and what to do, in a sentence. */
  readonly message: string;
}

/** A way into the configuration: names of keys and places in lists. */
export type ConfigPath = readonly (string | number)[];

/** A configuration that was read, or what is wrong with it. */
export interface ReadConfig {
  /** Absent where there are problems. */
  readonly config?: GatewayConfig;
  readonly problems: readonly ConfigProblem[];
  /** Where a part of the configuration is in the text. */
  readonly locate: (path: ConfigPath) => Pick<ConfigProblem, "line" | "column">;
  /** The name of the variable that a text of the configuration is, and nothing beside it. */
  readonly variableAt: (path: ConfigPath) => string | undefined;
}
