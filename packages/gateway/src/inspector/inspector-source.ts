import type { InspectedRequest, InspectorHealth, InspectorRow } from "./inspected-request.ts";

/** Where the page's JSON comes from: a gateway, a provider that is inspected, or a file that was kept. */
export interface InspectorSource {
  /** The oldest first. */
  rows(): readonly InspectorRow[];
  /** Undefined where the request is not kept any more. */
  row(id: string): InspectorRow | undefined;
  find(id: string, client: string | undefined): Promise<InspectedRequest | undefined>;
  health(): Promise<InspectorHealth>;
  /** Calls with the id of each request that has changed, until the function that it gives back is called. Absent: none will. */
  readonly listen?: (listener: (id: string) => void) => () => void;
  /**
   * Sends a request again, as this client, and gives the id of the new one once it is under way. Absent: it cannot.
   * @throws ProviderError where it is refused.
   */
  readonly replay?: (id: string, target: string | undefined, client: string | undefined) => Promise<string>;
}
