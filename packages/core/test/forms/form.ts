import { sse } from "../support/fake-fetch.ts";
import type { WireCase, WireExpectation, WireReply } from "../support/wire-case.ts";

export type Form = WireCase & { what: string };

const events = { "content-type": "text/event-stream" };
const json = { "content-type": "application/json" };
export const oslo = '{"city":"Oslo"}';

/** A stream of these chunks. */
export function streamed(
  what: string,
  chunks: (object | string)[],
  expected: WireExpectation,
  rest: Partial<WireCase> = {},
  reply: Partial<WireReply> = {},
): Form {
  return { what, how: ["stream"], response: { headers: events, body: sse(...chunks), ...reply }, expected, ...rest };
}

/** A whole body, requested with chat and with stream. */
export function answered(
  what: string,
  body: unknown,
  expected: WireExpectation,
  rest: Partial<WireCase> = {},
  reply: Partial<WireReply> = {},
): Form {
  return { what, how: ["chat", "stream"], response: { headers: json, body, ...reply }, expected, ...rest };
}

/** Makes a form use a dialect with these options. */
export const dialect = (options: object): Partial<WireCase> => ({ options: { dialect: options } });
/** Expects a ProviderError with these fields. */
export const threw = (rest: WireExpectation): WireExpectation => ({ threw: "ProviderError", ...rest });
/** A whole call on the wire, and the call that must be read from it. */
export const call = { id: "t1", type: "function", function: { name: "weather", arguments: oslo } };
export const wantedCall = { id: "t1", name: "weather", arguments: oslo };
/** The message of an error. */
export const words = "The upstream said no";
