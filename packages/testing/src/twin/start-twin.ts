import { endpointURL } from "@llm-provider/core/internal";
import { createHash } from "node:crypto";
import type { Definition } from "@llm-provider/core";
import { ourServer } from "../cassette/build-cassette.ts";
import { isLocalRequest, listen, readRequestBody } from "../server/listen.ts";
import { writeResponse } from "../server/mock-response.ts";
import { wireOf } from "../wire/chat-completions-wire.ts";
import { answerRequest } from "./answer-request.ts";
import { keepRequests } from "./keep-requests.ts";
import type { TwinOptions, TwinRequest } from "./twin-options.ts";

/** A running twin: a fake endpoint on loopback. */
export interface Twin {
  /** The `baseURL` for a provider. */
  readonly url: string;
  /** The newest requests, in order: at most 1,000 and 64 MiB of text. Their keys are redacted. */
  readonly requests: readonly TwinRequest[];
  /** Stops the server and closes its connections. */
  close(): Promise<void>;
}

/**
 * Starts a fake endpoint on loopback that behaves as the definition says: it refuses what the real one is known to refuse,
 * with the real one's texts, and answers in its format. It has no model and needs no key. The same request gets the same
 * answer. Throws a TypeError if the definition's dialect has no server side.
 */
export async function startTwin(definition: Definition, options: TwinOptions = {}): Promise<Twin> {
  const wire = await wireOf(definition);
  const scenarios = (options.scenarios ?? []).map((scenario) => ({
    scenario,
    left: scenario.times ?? Number.POSITIVE_INFINITY,
  }));
  const kept = keepRequests(definition);
  const now = options.now ?? Date.now;

  const server = await listen(async (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const isLocal = isLocalRequest(headers);
    // What a web page sends is not read, so that it cannot fill the memory.
    const text = isLocal ? await readRequestBody(request) : "";
    const received: TwinRequest = { method, path: url, headers, text: text ?? "", body: parse(text), status: 0 };
    const reply = isLocal
      ? answerRequest({ ...options, definition, wire, now }, received, text === undefined, scenarios)
      : {
          status: 403,
          headers: { connection: "close" },
          pieces: ["This server answers requests of this machine only."],
        };
    const clean = kept.add({ ...received, status: reply.status });
    options.onRequest?.(clean);
    const requestId = `req_${createHash("sha256")
      .update(`${url} ${text ?? ""}`)
      .digest("hex")
      .slice(0, 24)}`;
    const own = {
      server: `${ourServer}-twin`,
      date: new Date(now()).toUTCString(),
      ...limitHeaders(definition, requestId, now()),
    };
    await writeResponse(response, { ...reply, headers: { ...own, ...reply.headers } });
  }, options.port);

  const { pathname, search } = new URL(definition.baseURL);
  return { url: endpointURL(server.origin + pathname + search, ""), requests: kept.requests, close: server.close };
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

type Unit = NonNullable<NonNullable<Definition["limits"]>["headers"]>[string]["unit"];

/** The headers that an answer of this endpoint carries: request id, rate limits in their units, fields of `metadata`. */
export function limitHeaders(definition: Definition, requestId: string, now: number): Record<string, string> {
  const { limits, metadata = [] } = definition;
  const headers: Record<string, string> = { [(limits?.requestId ?? "x-request-id").toLowerCase()]: requestId };
  for (const [header, { is, unit, of }] of Object.entries(limits?.headers ?? {})) {
    const most = of === "requests" ? 1000 : 60_000;
    headers[header.toLowerCase()] = is === "reset" ? resetIn(unit, now) : String(is === "limit" ? most : most - 1);
  }
  for (const name of metadata.filter((path) => path.startsWith("header:"))) {
    headers[name.slice("header:".length).toLowerCase()] ??= `twin-${name.slice("header:".length)}`;
  }
  return headers;
}

/** 72.5 seconds from now. */
function resetIn(unit: Unit, now: number): string {
  switch (unit) {
    case "duration":
      return "1m12.5s";
    case "milliseconds":
      return "72500";
    case "epoch-ms":
      return String(now + 72_500);
    default:
      return "72.5";
  }
}
