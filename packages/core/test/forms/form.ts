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

/** A whole body, asked for by chat and by stream. */
export function answered(
  what: string,
  body: unknown,
  expected: WireExpectation,
  rest: Partial<WireCase> = {},
  reply: Partial<WireReply> = {},
): Form {
  return { what, how: ["chat", "stream"], response: { headers: json, body, ...reply }, expected, ...rest };
}

/** Read by a dialect with these options. */
export const dialect = (options: object): Partial<WireCase> => ({ options: { dialect: options } });
/** What an error must show. */
export const threw = (rest: WireExpectation): WireExpectation => ({ threw: "ProviderError", ...rest });
/** A whole call, and what it is read to. */
export const call = { id: "t1", type: "function", function: { name: "weather", arguments: oslo } };
export const wantedCall = { id: "t1", name: "weather", arguments: oslo };
/** What an error says. */
export const words = "The upstream said no";
