import type { JsonObject } from "@llm-provider/core";
import type { Answer, Ask } from "./answer.ts";

/** An answer with its place in the order of all requests, from 1. */
export interface Numbered extends Answer {
  readonly number: number;
  readonly sent: JsonObject;
}

/** Why a probe ended before its end. */
export interface Stop {
  readonly why: string;
  readonly status: number;
  /** The requests that were answered before. */
  readonly after: number;
}

/** Thrown if no further request makes sense. */
export class StoppedError extends Error {
  readonly stop: Stop;
  constructor(stop: Stop) {
    super(stop.why);
    this.stop = stop;
  }
}

/** The limits of a probe. */
export interface Limits {
  /** Requests in all. */
  readonly requests: number;
  /** Requests that are answered with a completion, which costs. */
  readonly accepted: number;
}

/** All requests that are answered with a completion: the highest cost of a probe. */
export const mostAccepted = 27;

/** After this many unclear answers in a row, a plain chat tests whether the endpoint still answers. */
const patience = 3;

/** Counts, numbers and limits all requests, and ends the probe if the endpoint stops answering. */
export class Session {
  readonly answers: Numbered[] = [];
  readonly #ask: Ask;
  readonly #limits: Limits;
  /** Requests beside the chats: the list of models, and retries. */
  readonly #others: () => number;
  #unclear = 0;
  #accepted = 0;
  #control: JsonObject | undefined;

  constructor(ask: Ask, limits: Limits, others: () => number = () => 0) {
    this.#ask = ask;
    this.#limits = limits;
    this.#others = others;
  }

  get requests(): number {
    return this.answers.length + this.#others();
  }

  get accepted(): number {
    return this.#accepted;
  }

  /** May this many more requests be sent, if all of them, or `accepted` of them, are accepted? */
  has(requests: number, accepted: number = requests): boolean {
    return this.requests + requests <= this.#limits.requests && this.#accepted + accepted <= this.#limits.accepted;
  }

  /** The request that tests whether the endpoint is gone. */
  set control(body: JsonObject) {
    this.#control = body;
  }

  async ask(body: JsonObject): Promise<Numbered> {
    const answer = await this.#send(body);
    this.#unclear = answer.outcome === "unclear" ? this.#unclear + 1 : 0;
    if (this.#unclear < patience || this.#control === undefined || !this.has(1)) return answer;
    this.#unclear = 0;
    const control = await this.#send(this.#control);
    if (control.outcome !== "accepted")
      throw new StoppedError({
        why: `The endpoint no longer answers a plain chat: ${control.words}`,
        status: control.status,
        after: this.requests - 1,
      });
    return answer;
  }

  async #send(body: JsonObject): Promise<Numbered> {
    const after = this.requests;
    const answer: Numbered = { ...(await this.#ask(body)), number: after + 1, sent: body };
    this.answers.push(answer);
    if (answer.outcome === "accepted") this.#accepted++;
    if (answer.outcome === "stopped") throw new StoppedError({ why: answer.words, status: answer.status, after });
    return answer;
  }
}
