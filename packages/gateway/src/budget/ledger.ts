import type { ChatEvent, ChatResult, Usage } from "@llm-provider/core";
import type { GatewayConfig } from "../config/config.ts";
import type { RequestContent } from "../log/request-log.ts";
import type { Store } from "../store/store.ts";
import { estimateTokens } from "@llm-provider/core/internal";
import type { GatewayTarget } from "../target/target.ts";
import type { Caller } from "../target/wrap-provider.ts";
import { charactersIn, chargeFor, sumOf, type Charge } from "./charge.ts";
import { microsPerDollar } from "./micros.ts";
import { Meter } from "./meter.ts";

/** The parts of a request that affect its cost. */
export interface Asked {
  /** The input: messages and tools, or the texts of `embed`. */
  readonly input: unknown;
  /** The longest answer that the request allows, in tokens. @default the target's longest answer */
  readonly longest?: number;
}

/** The cost of a request. */
export interface Settled {
  /** In US dollars. Undefined if no price is known. */
  readonly cost: number | undefined;
  /** True if the answer had no usage or broke off, if several targets were charged, or if the price is uncertain. */
  readonly isEstimated: boolean;
}

/** Keeps the accounts of one request: the holds on its client's limits, the answer so far, and the charges. */
export class Ledger {
  readonly #asked: Asked;
  #meter: Meter | undefined;
  /** Charges for the target that answered, and for failed attempts that still cost money. */
  readonly #charges: Charge[] = [];
  #characters = 0;
  readonly #keepsText: boolean;
  #text = "";

  constructor(asked: Asked, keepsText: boolean) {
    this.#asked = asked;
    this.#keepsText = keepsText;
  }

  /**
   * Holds the maximum cost of the request.
   * @throws ProviderError if the request does not fit in a budget or a rate of its client, or if its cost is unknown.
   */
  async reserve(
    store: Store,
    { clients, timeouts, holds, store: { down } }: GatewayConfig,
    { id, caller: { client, header }, chain }: { id: string; caller: Caller; chain: readonly GatewayTarget[] },
  ): Promise<void> {
    const config = client === undefined ? undefined : clients?.[client];
    if (client === undefined || (!config?.budget && !config?.rate)) return;
    const { input, longest } = this.#asked;
    const metered = {
      id,
      client,
      // All requests without a user's name count as one user.
      ...(config.perUser !== undefined && { user: header(config.perUser) ?? "" }),
      config,
      isStrict: down === "refuse",
      chain,
      inputTokens: estimateTokens(input),
      ...(longest !== undefined && { outputTokens: longest }),
    };
    const holdFor = holds ?? timeouts.headers + timeouts.firstContent + timeouts.idle + 60_000;
    this.#meter = await Meter.reserve(store, metered, holdFor);
  }

  /** Counts the characters of a streamed answer. They decide the charge if the endpoint reports no usage or breaks off. */
  count(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (event.type === "text" || event.type === "reasoning") this.#characters += event.text.length;
      else if (event.type === "tool-call-delta") this.#characters += event.arguments.length;
      if (this.#keepsText && event.type === "text") this.#text += event.text;
    }
  }

  /** Counts the characters of a whole answer. */
  countResult(result: ChatResult): void {
    this.#characters = charactersIn(result);
    if (this.#keepsText) this.#text = result.text;
  }

  /** Returns the request's input and the answer's text for the log. The text is empty unless the ledger keeps it. */
  content(): RequestContent {
    return { input: this.#asked.input, answer: this.#text };
  }

  /** Records a target's failure. It still costs money if the target sent part of an answer, or if the caller left. */
  chargeFailure(
    target: GatewayTarget,
    { code, partial }: { code: string; partial?: Partial<ChatResult> | undefined },
  ): void {
    const characters = charactersIn(partial);
    if (code === "aborted" || characters > 0)
      this.#charges.push(chargeFor(target, partial?.usage, this.#asked.input, characters));
  }

  /** Charges the client when the request has ended. Returns undefined if there is nothing to charge. */
  settle(target: GatewayTarget | undefined, usage: Usage | undefined): Settled | undefined {
    if (target) this.#charges.push(chargeFor(target, usage, this.#asked.input, this.#characters));
    const charge = sumOf(this.#charges);
    this.#meter?.settle(charge);
    if (this.#charges.length === 0) return undefined;
    const told = this.#charges.length === 1 && !charge.isEstimated ? usage?.cost : undefined;
    const cost = told ?? (charge.micros === undefined ? undefined : charge.micros / microsPerDollar);
    return { cost, isEstimated: told === undefined };
  }
}
