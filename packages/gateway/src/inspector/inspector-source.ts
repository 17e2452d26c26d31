import type { InspectedRequest, InspectorHealth, InspectorRow } from "./inspected-request.ts";

/** The source of the page's JSON: a gateway, an inspected provider, or a kept file. */
export interface InspectorSource {
  /** The oldest first. */
  rows(): readonly InspectorRow[];
  /** Undefined if the request is no longer kept. */
  row(id: string): InspectorRow | undefined;
  find(id: string, client: string | undefined): Promise<InspectedRequest | undefined>;
  health(): Promise<InspectorHealth>;
  /** Calls the listener with the id of each changed request, and returns a function that stops it. Absent if requests never change. */
  readonly listen?: (listener: (id: string) => void) => () => void;
  /**
   * Sends a request again as this client, and returns the id of the new request once it runs. Absent if that is not possible.
   * @throws ProviderError if it is refused.
   */
  readonly replay?: (id: string, target: string | undefined, client: string | undefined) => Promise<string>;
}
