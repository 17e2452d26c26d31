import { Writable } from "node:stream";
import type { Ring } from "../recording/ring.ts";
import type { HttpCaller, Outgoing } from "../target/wrap-provider.ts";
import { answerChat } from "./answer-chat.ts";
import { answerEmbeddings } from "./answer-embeddings.ts";
import type { GatewayState } from "./gateway-state.ts";
import { namesFor, readBody, refusal } from "./read-request.ts";

/** A request that is sent again. */
interface Replay {
  readonly id: string;
  /** The only target to ask. Undefined for all targets of the model. */
  readonly target: string | undefined;
  /** The client that pays for it. */
  readonly client: string | undefined;
}

/**
 * Sends a kept request again. Like any request it is subject to budgets, rates, health and the cache. Returns the id of the new
 * request, which continues in the background.
 * @throws ProviderError if it cannot be sent.
 */
export async function replayRequest(
  state: GatewayState,
  ring: Ring,
  { id, target, client }: Replay,
  signal: AbortSignal,
): Promise<string> {
  const kept = ring.find(id);
  if (!kept) throw refusal("This request is no longer kept.", "Only the last 200 are.", "not-found");
  if (kept.sent.isCut)
    throw refusal(
      "Only the beginning of this request was kept, so it cannot be sent again.",
      "Send it from your program.",
    );
  const sent = kept.sent.text;
  const body = readBody(sent);
  if (target !== undefined) {
    delete body["models"];
    body["model"] = modelWith(state, target, client, body["model"]);
  }
  const caller: HttpCaller = {
    client,
    header: () => undefined,
    outgoing: nowhere(),
    sent: target === undefined ? sent : JSON.stringify(body),
    replay: { of: id, ...(target !== undefined && { target }) },
  };
  const answer = kept.record.path === "/v1/embeddings" ? answerEmbeddings : answerChat;
  // A valid request has its record synchronously, before the first await.
  const answered = answer(state, body, caller, signal);
  if (!caller.recording) await answered;
  answered.catch(() => {});
  return caller.recording!.record.id;
}

/** A public model with this target, preferably the one in the request. */
function modelWith(state: GatewayState, target: string, client: string | undefined, asked: unknown): string {
  const names = namesFor(state, client).filter((name) =>
    state.models.get(name)!.targets.some((one) => one.name === target),
  );
  if (names.length > 0) return names.find((name) => name === asked) ?? names[0]!;
  throw refusal("There is no such target here.", "Name one that the configuration lists.", "not-found");
}

/** Discards the answer, which the inspector reads from the recording. */
function nowhere(): Outgoing {
  const sink = new Writable({ write: (_, __, done) => done() });
  return Object.assign(sink, { writeHead: () => sink });
}
