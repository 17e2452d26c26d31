import { endpointURL } from "@llm-provider/core/internal";
import { createHash } from "node:crypto";
import type { Definition, Json } from "@llm-provider/core";
import { ourServer } from "../cassette/build-cassette.ts";
import { isLocalRequest, listen, readRequestBody } from "../server/listen.ts";
import { writeResponse, type MockResponse } from "../server/mock-response.ts";
import { wireOf } from "../wire/chat-completions-wire.ts";
import { answerRequest } from "./answer-request.ts";
import { keepRequests } from "./keep-requests.ts";
import type { Wire } from "../wire/wire.ts";
import type { TwinOptions, TwinRequest } from "./twin-options.ts";

/** A running twin: a fake endpoint on loopback. */
export interface Twin {
  /** The `baseURL` for a provider. */
  readonly url: string;
  /** Other formats of the same server and their base URLs. Empty for most. */
  readonly faces: readonly { readonly name: string; readonly url: string }[];
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
  const faces = await facesOf(definition);
  const scenarios = (options.scenarios ?? []).map((scenario) => ({
    scenario,
    left: scenario.times ?? Number.POSITIVE_INFINITY,
  }));
  const kept = keepRequests(definition);
  const now = options.now ?? Date.now;

  const server = await listen(async (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const began = performance.now();
    const face = faces.findLast((one) => url.startsWith(`${one.path}/`)) ?? faces[0]!;
    const isLocal = isLocalRequest(headers);
    // Bodies from web pages are not read, so that they cannot fill the memory.
    const text = isLocal ? await readRequestBody(request) : "";
    const received: TwinRequest = { method, path: url, headers, text: text ?? "", body: parse(text), status: 0 };
    const reply = isLocal
      ? answerRequest({ ...options, ...face, now }, received, text === undefined, scenarios)
      : {
          status: 403,
          headers: { connection: "close" },
          pieces: ["This server answers requests of this machine only."],
        };
    const refused = refusedIn(reply, face.definition);
    const clean = kept.add({ ...received, status: reply.status, ...(refused && { refused }) });
    response.once("close", () => options.onRequest?.(clean, performance.now() - began));
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
  return {
    url: endpointURL(server.origin + pathname + search, ""),
    faces: faces.slice(1).map(({ definition: { name }, path }) => ({ name, url: server.origin + path })),
    requests: kept.requests,
    close: server.close,
  };
}

interface Served {
  readonly definition: Definition;
  readonly wire: Wire;
  /** The path of the base URL, without a slash at its end. */
  readonly path: string;
}

/** The format of the definition, and the other formats of its server. */
async function facesOf(definition: Definition): Promise<Served[]> {
  const serve = async (one: Definition): Promise<Served> => ({
    definition: one,
    wire: await wireOf(one),
    path: new URL(one.baseURL).pathname.replace(/\/+$/, ""),
  });
  const own = await serve(definition);
  const others = (own.wire.faces ?? []).map((face) => serve({ ...definition, ...face }));
  return [own, ...(await Promise.all(others))];
}

/** The message of a refusal in the endpoint's words. */
function refusedIn({ status, pieces }: MockResponse, { dialect }: Definition): string | undefined {
  if (status < 400 || !Array.isArray(pieces)) return undefined;
  const text = pieces.join("");
  return dialect.errorText((parse(text) ?? text) as Json).message ?? text;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

type Unit = NonNullable<NonNullable<Definition["limits"]>["headers"]>[string]["unit"];

/** The headers of an answer of this endpoint: request id, rate limits in their units, fields of `metadata`. */
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
