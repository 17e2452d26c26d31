import { Writable } from "node:stream";
import type { Ring } from "../recording/ring.ts";
import type { HttpCaller, Outgoing } from "../target/wrap-provider.ts";
import { answerChat } from "./answer-chat.ts";
import { answerEmbeddings } from "./answer-embeddings.ts";
import type { GatewayState } from "./gateway-state.ts";
import { namesFor, readBody, refusal } from "./read-request.ts";

/** What is sent again. */
interface Replay {
  readonly id: string;
  /** Asked in the place of all targets of the model. */
  readonly target: string | undefined;
  /** Who pays for it. */
  readonly client: string | undefined;
}

/**
 * Sends a kept request again, through all that any request goes through: budgets, rates, health and cache. Gives the id of the
 * new one, which runs on its own.
 * @throws ProviderError where it cannot be sent.
 */
export async function replayRequest(
  state: GatewayState,
  ring: Ring,
  { id, target, client }: Replay,
  signal: AbortSignal,
): Promise<string> {
  const kept = ring.find(id);
  if (!kept) throw refusal("This request is not kept any more.", "Only the last 200 are.", "not-found");
  if (kept.sent.isCut)
    throw refusal("Of this request only the beginning was kept, so it cannot be sent again.", "Send it anew.");
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
  // Its record exists as soon as it was found to be in order, before anything is waited for.
  const answered = answer(state, body, caller, signal);
  if (!caller.recording) await answered;
  answered.catch(() => {});
  return caller.recording!.record.id;
}

/** The public model that has a target: the one that was asked for, if it does. */
function modelWith(state: GatewayState, target: string, client: string | undefined, asked: unknown): string {
  const names = namesFor(state, client).filter((name) =>
    state.models.get(name)!.targets.some((one) => one.name === target),
  );
  if (names.length > 0) return names.find((name) => name === asked) ?? names[0]!;
  throw refusal("There is no such target here.", "Name one that the configuration lists.", "not-found");
}

/** Takes an answer that is read where it is kept. */
function nowhere(): Outgoing {
  const sink = new Writable({ write: (_, __, done) => done() });
  return Object.assign(sink, { writeHead: () => sink });
}
