import type { HealthSettings } from "../health/target-health.ts";
import type { StoreSettings } from "../store/open-store.ts";

/** How the targets of a model are ordered for a request. */
export type Route = "order" | "price" | "latency" | "weight";

/** A checked configuration: times in milliseconds, variables filled in. */
export interface GatewayConfig {
  /** `host:port`. */
  readonly listen?: string;
  /** The clients by name. Absent: anybody on this machine, and the server is bound to loopback. */
  readonly clients?: { readonly [name: string]: ClientConfig };
  readonly models: { readonly [name: string]: ModelConfig };
  readonly timeouts: { readonly headers: number; readonly firstContent: number; readonly idle: number };
  readonly health: HealthSettings;
  /** How often a request goes through its targets. */
  readonly rounds: number;
  /** Where budgets, rates, cooldowns and cached answers are kept. */
  readonly store: StoreSettings;
  /** Milliseconds after which the reservation of a running request is released. Absent: the sum of the three timeouts, plus 60 s. */
  readonly holds?: number;
  /** Absent if answers are not kept. */
  readonly cache?: CacheConfig;
  /** What the log contains for each request: nothing, a line of JSON, or that line with messages and answer. */
  readonly log: "none" | "requests" | "content";
  /**
   * Whether the last requests are kept in memory with their bodies, for the page at `/inspector`. They are kept only if somebody
   * may inspect: without `clients`, or if a client has `inspect`.
   */
  readonly inspector: boolean;
}

/** How long answers are kept, and how many of them. */
export interface CacheConfig {
  /** Milliseconds. */
  readonly ttl: number;
  readonly entries: number;
}

/** A program that may use the gateway. */
export interface ClientConfig {
  readonly key: string;
  /** The public models that it may use. Absent: all. */
  readonly models?: readonly string[];
  /** The lower-case name of the header that names the user. Budget and rate then apply to each user, otherwise to the client as a whole. */
  readonly perUser?: string;
  readonly budget?: BudgetConfig;
  readonly rate?: RateConfig;
  /** Whether it may see the requests of all clients, with their bodies, and send them again as its own. */
  readonly inspect?: boolean;
}

/** A calendar window in UTC. */
export type Period = "second" | "minute" | "hour" | "day" | "month";

/** What may be spent. */
export interface BudgetConfig {
  /** US dollars. */
  readonly usd?: number;
  /** Of requests and answers. */
  readonly tokens?: number;
  readonly per: Period;
  /** How to treat a request of unknown cost: refuse it, or count only its tokens. */
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

/** Default values. */
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
  /** What is wrong and how to fix it, in a sentence. */
  readonly message: string;
}

/** A path into the configuration: keys and list indices. */
export type ConfigPath = readonly (string | number)[];

/** A configuration, or its mistakes. */
export interface ReadConfig {
  /** Absent if there are problems. */
  readonly config?: GatewayConfig;
  readonly problems: readonly ConfigProblem[];
  /** The position of a part of the configuration in the text. */
  readonly locate: (path: ConfigPath) => Pick<ConfigProblem, "line" | "column">;
  /** The variable's name, if the value at this path is a single `${VARIABLE}`. */
  readonly variableAt: (path: ConfigPath) => string | undefined;
}
