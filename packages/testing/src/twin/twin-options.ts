import type { TwinRequest } from "./twin-request.ts";
import type { TwinScenario } from "./twin-scenario.ts";

export type TwinOptions = {
  /** The only key that passes. Without it any passes, and none. */
  readonly apiKey?: string;
  /** A free one unless given. */
  readonly port?: number;
  /** Scripted turns; the first that matches a request is used. */
  readonly scenarios?: readonly TwinScenario[];
  /** Refuse models that the definition does not list, and retired ones. */
  readonly strictModels?: boolean;
  /** Milliseconds since 1970, for the headers that hold a time. */
  readonly now?: () => number;
  /** Told of every request, before it is answered. */
  readonly onRequest?: (request: TwinRequest) => void;
};
