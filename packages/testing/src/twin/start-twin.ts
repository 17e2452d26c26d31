import { createHash } from "node:crypto";
import type { Definition } from "@llm-provider/core";
import { endpointURL } from "@llm-provider/core/internal";
import { answerRequest } from "./answer-request.ts";
import { isLocalRequest } from "./is-local-request.ts";
import { limitHeaders } from "./limit-headers.ts";
import { listen } from "./listen.ts";
import { readRequestBody } from "./read-request-body.ts";
import type { TwinOptions } from "./twin-options.ts";
import type { TwinRequest } from "./twin-request.ts";
import { wireOf } from "./wire-of.ts";
import { writeReply } from "./write-reply.ts";

export type Twin = {
  /** What a provider takes as `baseURL`. */
  readonly url: string;
  readonly requests: readonly TwinRequest[];
  close(): Promise<void>;
};

/**
 * Starts an endpoint on loopback that behaves as a definition says: it refuses what the real one is known to refuse, in
 * its words, and answers in its form. It has no model and needs no key. The same request gets the same answer.
 */
export async function startTwin(definition: Definition, options: TwinOptions = {}): Promise<Twin> {
  const wire = await wireOf(definition);
  const scenarios = (options.scenarios ?? []).map((scenario) => ({
    scenario,
    left: scenario.times ?? Number.POSITIVE_INFINITY,
  }));
  const requests: TwinRequest[] = [];
  const now = options.now ?? Date.now;

  const server = await listen(async (request, response) => {
    const text = await readRequestBody(request);
    const { method = "GET", url = "/", headers } = request;
    const received: TwinRequest = { method, path: url, headers, text: text ?? "", body: parse(text), status: 0 };
    requests.push(received);
    const reply = isLocalRequest(headers)
      ? answerRequest({ ...options, definition, wire, now }, received, text === undefined, scenarios)
      : { status: 403, headers: {}, pieces: ["This server answers requests of this machine only."] };
    received.status = reply.status;
    options.onRequest?.(received);
    const requestId = `req_${createHash("sha256")
      .update(`${url} ${text ?? ""}`)
      .digest("hex")
      .slice(0, 24)}`;
    const own = { date: new Date(now()).toUTCString(), ...limitHeaders(definition, requestId, now()) };
    await writeReply(response, { ...reply, headers: { ...own, ...reply.headers } });
  }, options.port);

  const { pathname, search } = new URL(definition.baseURL);
  return { url: endpointURL(server.origin + pathname + search, ""), requests, close: server.close };
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
