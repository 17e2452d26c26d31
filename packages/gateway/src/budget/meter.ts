import { dearestCost, longestAnswer } from "@llm-provider/core/internal";
import { ProviderError } from "@llm-provider/core";
import type { ClientConfig } from "../config/config.ts";
import { StoreDownError, type Claim, type Store } from "../store/store.ts";
import type { GatewayTarget } from "../target/target.ts";
import type { Charge } from "./charge.ts";
import { toMicros } from "./micros.ts";
import { amountText, counterOf, limitsOf, type Limit } from "./limits.ts";

/** A request that is about to be sent, and the limits that apply to it. */
export interface Metered {
  /** The request's id. A second hold with the same id is the same hold. */
  readonly id: string;
  readonly client: string;
  /** Absent if all users of the client share its limits. */
  readonly user?: string;
  readonly config: ClientConfig;
  /** Whether requests with a budget are refused while the shared store is unreachable. */
  readonly isStrict: boolean;
  readonly chain: readonly GatewayTarget[];
  readonly inputTokens: number;
  /** The longest answer that the request allows, in tokens. @default the target's longest answer */
  readonly outputTokens?: number;
}

/** The largest amount that is counted: above any limit, but still exact in a double. */
const mostCounted = 2 ** 52;

/** A request's hold on its client's budget and rates, from before it is sent until its cost is known. */
export class Meter {
  readonly #store: Store;
  readonly #id: string;
  readonly #limits: readonly Limit[];
  readonly #claims: readonly Claim[];

  private constructor(store: Store, id: string, limits: readonly Limit[], claims: readonly Claim[]) {
    this.#store = store;
    this.#id = id;
    this.#limits = limits;
    this.#claims = claims;
  }

  /**
   * Holds the maximum that the request may take from each limit. Returns undefined if its client has no limits.
   * @throws ProviderError that names the limit that was reached, or explains why the cost is unknown.
   */
  static async reserve(store: Store, metered: Metered, holdFor: number): Promise<Meter | undefined> {
    const { id, client, user, config, isStrict } = metered;
    const limits = limitsOf(config);
    if (limits.length === 0) return undefined;
    const now = Date.now();
    const claims = limits.map((limit): Claim => {
      const { key, endsAt } = counterOf(limit, client, user, now);
      return {
        key,
        endsAt,
        limit: limit.most,
        amount: whole(amountOf(limit, metered)),
        isStrict: isStrict && limit.of === "budget",
      };
    });
    try {
      const refused = await store.reserve(id, claims, holdFor);
      if (!refused) return new Meter(store, id, limits, claims);
      throw limitError(limits[refused.index]!, claims[refused.index]!, refused.left, metered, now);
    } catch (error) {
      throw error instanceof StoreDownError ? storeDown() : error;
    }
  }

  /** Counts the cost of a request that has ended, and releases the rest of its hold. */
  settle({ tokens, micros = 0 }: Charge): void {
    const spent = { usd: micros, tokens, requests: 1 };
    // The answer does not wait for the store. If the store is unreachable, it gets the amounts later.
    void this.#store.settle(
      this.#id,
      this.#claims,
      this.#limits.map(({ counts }) => whole(spent[counts])),
    );
  }
}

/** Rounds an amount up and clamps it: endpoints and callers may send any number, even NaN or infinity. */
function whole(amount: number): number {
  return amount > 0 ? Math.min(mostCounted, Math.ceil(amount)) : 0;
}

/** Returns the maximum that a request may take from a limit at the most expensive of its targets. */
function amountOf({ of, counts, most }: Limit, { config, chain, inputTokens, outputTokens }: Metered): number {
  if (counts === "requests") return 1;
  const longest = (target: GatewayTarget): number => {
    const output = outputTokens ?? longestAnswer(target);
    if (output !== undefined) return output;
    if (of === "rate") return 0;
    throw unknownCost(
      `The longest answer of ${target.name} is not known, so a budget cannot reserve its cost.`,
      "Send `max_tokens`.",
    );
  };
  if (counts === "tokens") {
    const tokens = inputTokens + Math.max(...chain.map(longest));
    // A rate evens out over time, so it lets one long request through per window. A budget is money and stays strict.
    return of === "rate" ? Math.min(most, tokens) : tokens;
  }
  const costs = chain.map((target) => {
    const cost = dearestCost(target, inputTokens, longest(target));
    if (cost !== undefined || config.budget?.unknown === "tokens") return cost ?? 0;
    throw unknownCost(
      `The price of ${target.name} is not known, and the budget of this client is in US dollars.`,
      "Ask for a model whose price is known, or give the budget `tokens` and `unknown: tokens`.",
    );
  });
  return toMicros(Math.max(...costs));
}

function unknownCost(message: string, hint: string): ProviderError {
  return new ProviderError(message, { code: "quota", provider: "gateway", status: 429, hint });
}

function storeDown(): ProviderError {
  return new ProviderError("The budget of this client cannot be counted now.", {
    code: "overloaded",
    provider: "gateway",
    status: 503,
    retryable: true,
    retryAfter: 5000,
    hint: "The shared store cannot be reached, and the configuration refuses requests with a budget until it can.",
  });
}

function limitError(
  limit: Limit,
  { amount, endsAt }: Claim,
  left: number,
  { user }: Metered,
  now: number,
): ProviderError {
  const { of, counts, most, per } = limit;
  const whose = user === undefined ? "this client" : "this user";
  const all = `${amountText(limit, most)} a ${per}`;
  const needs = `this request may take ${amountText(limit, amount)}`;
  const again = `A new ${per} begins at ${new Date(endsAt).toISOString()}.`;
  const bound = counts === "requests" ? "" : " A smaller `max_tokens` takes less.";
  return new ProviderError(
    `The ${of} of ${whose} is ${all}: ${amountText(limit, left)} ${left === 1 ? "is" : "are"} left, and ${needs}.`,
    {
      code: of === "budget" ? "quota" : "rate-limit",
      provider: "gateway",
      status: 429,
      retryable: of === "rate",
      retryAfter: endsAt - now,
      hint:
        amount > most ? `One such request is more than the whole ${of}: send a smaller \`max_tokens\`.` : again + bound,
      metadata: { limit: `${of}.${counts}` },
    },
  );
}
