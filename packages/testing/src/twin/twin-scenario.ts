import type { ChatRequest } from "@llm-provider/core";
import type { Answer } from "./answer.ts";

/** What goes wrong on the wire. */
export type TwinFault = {
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
};

/** A scripted turn of a twin. The first that matches and has turns left is used. */
export type TwinScenario = {
  /** Every request, unless said here. */
  readonly when?: (request: ChatRequest) => boolean;
  /** How many requests it serves; all of them unless said. */
  readonly times?: number;
  /** Parts of the answer that are given instead of made up. `finishReason` is the endpoint's own word. */
  readonly answer?: Partial<Answer>;
  /** The request is refused. */
  readonly error?: { readonly status: number; readonly message: string };
  readonly fault?: TwinFault;
};
