import { createRequire } from "node:module";
import type { Json } from "@llm-provider/core";
import type { InspectedAttempt, InspectedRequest } from "./inspected-request.ts";

/** Response headers that a recording keeps. Others name accounts, projects and machines. */
const kept = /^(content-type|date|retry-after|(x-)?request-id|x-ratelimit-.*)$/;

/**
 * A draft of a cassette for `@llm-provider/testing`. It has no `meta.origin`, since nobody has vouched for it. The kit refuses
 * it until the request is recorded from the endpoint, or written from the documentation.
 */
export function toCassette(request: InspectedRequest): object | undefined {
  const attempt = request.attempts.findLast(({ wire, url }) => wire && url !== undefined);
  if (!attempt) return undefined;
  const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };
  const { hostname } = new URL(attempt.url!);
  const adapter = /^[^:]*/.exec(attempt.target)![0];
  return {
    format: 1,
    scenario: "inspected",
    meta: {
      recordedAt: request.row.time,
      recordedBy: `@llm-provider/gateway@${version}`,
      adapter,
      node: process.versions.node,
      host: hostname,
      models: [],
      scrubbed: ["key"],
    },
    interactions: [toInteraction(attempt, request.sent.isJson ? (JSON.parse(request.sent.text) as Json) : undefined)],
  };
}

function toInteraction(attempt: InspectedAttempt, asked: Json | undefined): object {
  const { wire, response, timeline, code } = attempt;
  const { origin, port, protocol, pathname, search } = new URL(attempt.url!);
  const received = response?.body.text ?? "";
  const ended = !response ? "error:network" : code !== undefined && response.status < 400 ? "cancelled" : "eof";
  return {
    scope: port === "" ? `${origin}:${protocol === "https:" ? 443 : 80}` : origin,
    method: "POST",
    path: pathname + search,
    body: wire!.isJson ? (JSON.parse(wire!.text) as Json) : wire!.text,
    ...(typeof asked === "object" && asked !== null && { asked }),
    status: response?.status ?? 0,
    response: received,
    rawHeaders: Object.entries(response?.headers ?? {}).flatMap((entry) => (kept.test(entry[0]) ? entry : [])),
    reads: timeline?.ticks.map(({ at, bytes }) => `${Math.round(at)}:${bytes}`).join(" ") ?? "",
    ended,
  };
}
