import type { ProviderOptions } from "@llm-provider/core";
import type { Reply } from "../twin/reply.ts";

/** A request as an endpoint sees it. */
export type SiteRequest = {
  readonly url: string;
  readonly method: string;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Settles when the client has left before the answer was whole. */
  readonly left: Promise<void>;
};

/** What an endpoint answers: the same to all, or by the count of the request (from 0). */
export type Script = Reply | ((index: number, request: SiteRequest) => Reply);

/** An endpoint made for one check. */
export type Site = {
  /** For the factory: where it is, and how it is reached. */
  readonly options: Pick<ProviderOptions, "baseURL" | "fetch">;
  readonly requests: readonly SiteRequest[];
};
