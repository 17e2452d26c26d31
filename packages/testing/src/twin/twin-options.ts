import type { IncomingHttpHeaders } from "node:http";
import type { ChatRequest } from "@llm-provider/core";
import type { Answer } from "../wire/wire.ts";

/** The behaviour of a twin beyond its definition. */
export interface TwinOptions {
  /**
   * The only key that is accepted.
   * @default any key, or none
   */
  readonly apiKey?: string;
  /** @default a free port */
  readonly port?: number;
  /**
   * Scripted answers, errors and faults. The first that matches a request is used.
   * @default []
   */
  readonly scenarios?: readonly TwinScenario[];
  /**
   * Refuse models that the definition does not list, and retired ones.
   * @default false
   */
  readonly strictModels?: boolean;
  /**
   * Milliseconds since 1970, for headers with a time.
   * @default Date.now
   */
  readonly now?: () => number;
  /** Called for every request once its answer has ended or broken off, with the milliseconds since it came. */
  readonly onRequest?: (request: TwinRequest, milliseconds: number) => void;
}

/** A request that a twin received, and the status of its answer. */
export interface TwinRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  /** The parsed JSON; undefined if the text is not valid JSON. */
  body: unknown;
  status: number;
  /** The message of the refusal, if it was refused. */
  refused?: string;
}

/** A fault on the wire. */
export interface TwinFault {
  /** Milliseconds before the headers. */
  readonly delay?: number;
  /** Milliseconds between two pieces of the body. */
  readonly pause?: number;
  /** The connection breaks after this many bytes of the body. */
  readonly cutAt?: number;
  /** The connection is reset before the headers. */
  readonly reset?: true;
  /** The answer stops: before the headers, or after the first piece of the body. */
  readonly hang?: "headers" | "body";
  /** A chunk in the middle is invalid JSON. */
  readonly malformed?: true;
  /** An error object in the middle of a stream that began with 200. */
  readonly errorInStream?: { readonly status: number; readonly message: string };
  /** HTTP 429, with the wait given in this form. */
  readonly rateLimit?: {
    readonly as: "seconds" | "milliseconds" | "date" | "text" | "nothing";
    /** Milliseconds. */
    readonly wait: number;
  };
}

/** A scripted answer, error or fault of a twin. The first that matches and has uses left is taken. */
export interface TwinScenario {
  /**
   * The requests it is for.
   * @default all
   */
  readonly when?: (request: ChatRequest) => boolean;
  /**
   * How many requests it serves.
   * @default Infinity
   */
  readonly times?: number;
  /** Parts of the answer; the twin makes up the others. `finishReason` is the endpoint's own word. */
  readonly answer?: Partial<Answer>;
  /** Refuse the request. */
  readonly error?: { readonly status: number; readonly message: string };
  readonly fault?: TwinFault;
}
