import type { Definition, Provider } from "@llm-provider/core";
import type { Route } from "../config/config.ts";
import type { TargetHealth } from "../health/target-health.ts";

/** A target of a public model: one endpoint with one key and one model. */
export interface GatewayTarget {
  /** Its name in the configuration: `acme:acme-1`. */
  readonly name: string;
  /** A digest of its name, key and address. It is the same in every instance. */
  readonly id: string;
  /** Headers of the caller's request that the gateway passes on to it. */
  readonly forward: readonly string[];
  readonly provider: Provider;
  readonly definition: Definition;
  readonly model: string;
  /** Shared by all public models that list this target with the same key and address. */
  readonly health: TargetHealth;
  /** Shared like `health`. */
  readonly latency: Latency;
  /** How often it comes first, relative to the model's other targets, if the model is routed by weight. */
  readonly weight: number;
}

/** A model that callers may request. */
export interface PublicModel {
  readonly name: string;
  readonly route: Route;
  readonly targets: readonly GatewayTarget[];
}

/** A target's time to first content. */
export interface Latency {
  /** A moving average in milliseconds that favors recent answers. Undefined before the first answer. */
  average: number | undefined;
  /** When it was last measured, in milliseconds since 1970. */
  at: number;
  /** The last measurements in milliseconds, the newest last. */
  readonly last: number[];
}
