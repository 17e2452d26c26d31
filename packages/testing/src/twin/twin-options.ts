import type { IncomingHttpHeaders } from "node:http";
import type { ChatRequest } from "@llm-provider/core";
import type { Answer } from "../wire/wire.ts";

export interface TwinOptions {
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
}

/** A request that a twin was sent, and the status it gave. */
export interface TwinRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: unknown;
  status: number;
}

/** What goes wrong on the wire. */
export interface TwinFault {
  /** Milliseconds before the headers. */
  readonly delay?: number;
  /** Milliseconds between two pieces of the body. */
  readonly pause?: number;
  /** The connection breaks after so many bytes of the body. */
  readonly cutAt?: number;
  /** The connection is reset before the headers. */
  readonly reset?: true;
  /** Nothing more comes: before the headers, or after the first piece of the body. */
  readonly hang?: "headers" | "body";
  /** A chunk in the middle is no JSON. */
  readonly malformed?: true;
  /** An error object comes in the middle of a stream that began with 200. */
  readonly errorInStream?: { readonly status: number; readonly message: string };
  /** 429, and how the endpoint says how long to wait. */
  readonly rateLimit?: {
    readonly as: "seconds" | "milliseconds" | "date" | "text" | "nothing";
    /** Milliseconds. */ readonly wait: number;
  };
}

/** A scripted turn of a twin. The first that matches and has turns left is used. */
export interface TwinScenario {
  /** Every request, unless said here. */
  readonly when?: (request: ChatRequest) => boolean;
  /** How many requests it serves; all of them unless said. */
  readonly times?: number;
  /** Parts of the answer that are given instead of made up. `finishReason` is the endpoint's own word. */
  readonly answer?: Partial<Answer>;
  /** The request is refused. */
  readonly error?: { readonly status: number; readonly message: string };
  readonly fault?: TwinFault;
}
