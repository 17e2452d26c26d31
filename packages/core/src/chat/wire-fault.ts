import type { Json } from "../json.ts";

/** Thrown by a decoder that finds an error report instead of an answer; `body` is the report. */
export class WireFault extends Error {
  readonly body: Json;

  constructor(body: Json) {
    super("The endpoint reported an error.");
    this.body = body;
  }
}
