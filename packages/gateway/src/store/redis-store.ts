import { createHash } from "node:crypto";
import type { RedisClientType } from "@redis/client";
import { coolScript, readScript, reserveScript, settleScript } from "./redis-scripts.ts";
import type { Claim, Counted, Refused, Store } from "./store.ts";

/** In front of every key. Braces keep all of them on one node of a cluster, since a script may touch only one. */
const prefix = "{llm-provider}:";
/** Milliseconds. A slower Redis counts as unreachable, also when the gateway starts. */
const slowest = 2000;
/** Milliseconds for which settled ids are remembered, and counters are kept after their window. */
const afterlife = 60 * 60_000;

type Script = readonly [text: string, sha: string];
const scriptOf = (text: string): Script => [text, createHash("sha1").update(text).digest("hex")];
const reserve = scriptOf(reserveScript);
const settle = scriptOf(settleScript);
const read = scriptOf(readScript);
const cool = scriptOf(coolScript);

/** The store of several instances. Every method rejects while Redis cannot be reached, and `SteadyStore` continues without it. */
export class RedisStore implements Store {
  readonly #client: RedisClientType;

  private constructor(client: RedisClientType) {
    this.#client = client;
  }

  /**
   * Connects, in the background if Redis is not up yet, and reconnects whenever the connection is lost. `onChange` reports both.
   * @throws Error if the package of the Redis client is not installed or the address is invalid.
   */
  static async open(url: string, onChange: (isConnected: boolean) => void = () => {}): Promise<RedisStore> {
    const { createClient } = await import("@redis/client").catch((error: unknown) => {
      throw new Error("`store` names a Redis, but its client is not installed. Run `npm install @redis/client`.", {
        cause: error,
      });
    });
    const client = createClient({
      url,
      // A command that cannot be sent at once fails at once: requests do not queue behind a Redis that is down.
      disableOfflineQueue: true,
      socket: {
        connectTimeout: 2000,
        reconnectStrategy: (retries: number) => Math.min(1000, 25 * 2 ** Math.min(retries, 6)) + Math.random() * 50,
      },
    }) as RedisClientType;
    client.on("ready", () => {
      // Loading the scripts into a freshly started Redis saves the first request a round trip.
      for (const [text] of [reserve, settle, read, cool]) client.scriptLoad(text).catch(() => {});
      onChange(true);
    });
    client.on("error", () => onChange(false));
    await inTime(client.connect()).catch(() => {});
    return new RedisStore(client);
  }

  get isShared(): boolean {
    return this.#client.isReady;
  }

  async reserve(id: string, claims: readonly Claim[], holdFor: number): Promise<Refused | undefined> {
    return (await this.take(id, claims, holdFor)).refused;
  }

  /** Reserves, and returns the spent amount of each counter before. */
  async take(
    id: string,
    claims: readonly Claim[],
    holdFor: number,
  ): Promise<{ refused: Refused | undefined; spents: readonly number[] }> {
    const amounts = claims.flatMap(({ limit, amount, endsAt }) => [limit, amount, endsAt + afterlife]);
    const [place, ...rest] = (await this.#run(reserve, keysOf(claims), [id, holdFor, ...amounts])) as number[];
    return place === 0
      ? { refused: undefined, spents: rest }
      : { refused: { index: place! - 1, left: rest[0]! }, spents: [] };
  }

  async settle(id: string, claims: readonly Claim[], spent: readonly number[]): Promise<void> {
    const amounts = claims.flatMap(({ amount, endsAt }, index) => [amount, spent[index]!, endsAt + afterlife]);
    await this.#run(settle, [`${prefix}settled:${id}`, ...keysOf(claims)], [id, afterlife, ...amounts]);
  }

  async read(keys: readonly string[]): Promise<Counted[]> {
    if (keys.length === 0) return [];
    const found = (await this.#run(read, keysOf(keys.map((key) => ({ key }))), [])) as number[];
    return keys.map((_, index) => ({ spent: found[2 * index]!, held: found[2 * index + 1]! }));
  }

  async cool(target: string, milliseconds: number): Promise<void> {
    await this.#run(cool, [`${prefix}cool:${target}`], [Math.ceil(milliseconds)]);
  }

  async cooldowns(targets: readonly string[]): Promise<number[]> {
    // Commands of one event loop turn go out together.
    const left = targets.map((target) => this.#client.pTTL(`${prefix}cool:${target}`));
    return (await inTime(Promise.all(left))).map((milliseconds) => Math.max(0, Number(milliseconds)));
  }

  async get(key: string): Promise<string | undefined> {
    return (await inTime(this.#client.get(`${prefix}text:${key}`))) ?? undefined;
  }

  async set(key: string, text: string, milliseconds: number): Promise<void> {
    await inTime(this.#client.set(`${prefix}text:${key}`, text, { PX: Math.ceil(milliseconds) }));
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  /** Runs a script by its hash. Redis gets its text only once. */
  async #run([text, sha]: Script, keys: string[], values: readonly (string | number)[]): Promise<unknown> {
    const options = { keys, arguments: values.map(String) };
    return inTime(
      this.#client.evalSha(sha, options).catch((error: Error) => {
        if (!error.message.startsWith("NOSCRIPT")) throw error;
        return this.#client.eval(text, options);
      }),
    );
  }
}

function keysOf(claims: readonly Pick<Claim, "key">[]): string[] {
  return claims.flatMap(({ key }) => [`${prefix}count:${key}`, `${prefix}holds:${key}`]);
}

/** A Redis that accepts the connection but does not answer must not delay requests. */
async function inTime<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // After a busy turn, timers run before sockets are read, so the answer may already be there.
      setImmediate(() => reject(new Error("Redis did not answer in time.")));
    }, slowest);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
