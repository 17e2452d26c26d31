import type { Definition, Provider } from "@llm-provider/core";
import type { Route } from "../config/config.ts";
import type { TargetHealth } from "../health/target-health.ts";

/** One endpoint with one key and one model, as a public model lists it. */
export interface GatewayTarget {
  /** Its name in the configuration: `acme:acme-1`. */
  readonly name: string;
  /** A digest of its name, key and address: the same in every instance. */
  readonly id: string;
  /** Headers of the caller's request that are passed to it. */
  readonly forward: readonly string[];
  readonly provider: Provider;
  readonly definition: Definition;
  readonly model: string;
  /** Shared by every public model that has the same target with the same key. */
  readonly health: TargetHealth;
  /** Shared in the same way. */
  readonly latency: Latency;
  /** How often it comes first, relative to the other targets of a model that is routed by weight. */
  readonly weight: number;
}

/** One public model that callers may request. */
export interface PublicModel {
  readonly name: string;
  readonly route: Route;
  readonly targets: readonly GatewayTarget[];
}

/** A target's time to first content. */
export interface Latency {
  /** Milliseconds: an average in which the last answers count most. Undefined before the first answer. */
  average: number | undefined;
  /** When it was last measured: milliseconds since 1970. */
  at: number;
  /** The last ones, the newest last. */
  readonly last: number[];
}
