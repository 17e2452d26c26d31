import type { HealthSettings } from "../health/target-health.ts";

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
}

/** A program that may ask. */
export interface ClientConfig {
  readonly key: string;
  /** The public models that it may ask for. Absent: all. */
  readonly models?: readonly string[];
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
export const defaults: Pick<GatewayConfig, "timeouts" | "health" | "rounds"> = {
  timeouts: { headers: 30_000, firstContent: 20_000, idle: 60_000 },
  health: { failures: 3, of: 10, window: 60_000, open: 5000 },
  rounds: 2,
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
