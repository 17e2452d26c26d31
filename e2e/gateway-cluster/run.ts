// Three instances over one Redis, behind a plain load balancer, on loopback. With targets that fail at random, kills and restarts
// of Redis, no budget is overspent, no charge is lost, every request gets an answer or a truthful error, and no hold is left.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RedisServer } from "../../packages/gateway/test/redis-server.ts";
import { RedisStore } from "../../packages/gateway/src/store/redis-store.ts";
import { counterOf } from "../../packages/gateway/src/budget/limits.ts";
import { toMicros } from "../../packages/gateway/src/budget/micros.ts";
import { ask, type Outcome } from "./ask.ts";
import { Instance, until } from "./instance.ts";
import { LoadBalancer } from "./load-balancer.ts";
import { startTargets } from "./targets.ts";

/** Milliseconds after which the holds of a dead instance expire. */
const holds = 8000;
const keys = Object.fromEntries(["chaos", "tight", "rated"].map((name) => [name, `key-of-${name}-0123456789abcdef`]));
const began = Date.now();
const say = (text: string): void => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

const folder = mkdtempSync(join(tmpdir(), "gateway-"));
const redis = await RedisServer.start();
const { wild, calm } = await startTargets();
const file = join(folder, "gateway.yaml");
const target = (to: string, { url }: { url: string }): string =>
  `{ to: "${to}", key: twin-key-0123456789, baseURL: "${url}" }`;
writeFileSync(
  file,
  `version: 1
store: ${redis.url}
holds: ${holds}ms
cache: { ttl: 5m }
timeouts: { headers: 5s, firstContent: 5s, idle: 5s }
health: { failures: 30, of: 40, window: 2s, open: 200ms }
models:
  wild: { route: weight, targets: [${target("groq:openai/gpt-oss-20b", wild[0])}, ${target("mistral:mistral-small-2603", wild[1])}] }
  calm: { targets: [${target("deepseek:deepseek-flash", calm)}] }
clients:
  chaos: { key: ${keys["chaos"]}, budget: { usd: 1000, per: month } }
  tight: { key: ${keys["tight"]}, budget: { tokens: 20000, per: month } }
  rated: { key: ${keys["rated"]}, rate: { requests: 100, per: month } }
`,
);
const instances = await Promise.all([1, 2, 3].map(() => Instance.start(file, {})));
const balancer = await LoadBalancer.start(instances.map(({ url }) => url));
const ledger = await RedisStore.open(redis.url);
const allShared = (): Promise<void> =>
  until("every instance sees Redis", async () =>
    (await Promise.all(instances.map((one) => one.health()))).every(({ store }) => store === "shared"),
  );
const counted = async (client: string, of: "budget" | "rate", counts: "usd" | "tokens" | "requests") =>
  (await ledger.read([counterOf({ of, counts, most: 0, per: "month" }, client, undefined, Date.now()).key]))[0]!;
const message = (content: string): object[] => [{ role: "user", content }];
await allShared();
say("Redis, three instances and a load balancer are up");

// 1. 500 at once over three instances: no budget is overspent, no rate limit is exceeded.
{
  const tight = await all(500, 500, () =>
    ask(balancer.url, { key: keys["tight"]!, body: { model: "calm", messages: message("Hi"), max_tokens: 200 } }),
  );
  const { spent, held } = await settled("tight", "budget", "tokens");
  const answered = tight.filter(({ kind }) => kind === "answer").length;
  const refused = tight.filter(
    (one) => one.kind === "error" && one.status === 429 && one.type === "insufficient_quota",
  ).length;
  const others = tight.filter(
    (one) => one.kind !== "answer" && !(one.kind === "error" && one.type === "insufficient_quota"),
  );
  assert.equal(answered + refused, 500, JSON.stringify(others.slice(0, 5)));
  assert(spent <= 20_000 && held === 0 && answered > 50, JSON.stringify({ answered, spent, held }));
  const rated = await all(500, 500, () =>
    ask(balancer.url, { key: keys["rated"]!, body: { model: "calm", messages: message("Hi") } }),
  );
  assert.equal(rated.filter(({ kind }) => kind === "answer").length, 100);
  assert.deepEqual(await settled("rated", "rate", "requests"), { spent: 100, held: 0 });
  say(
    `500 at once: ${answered} answered, ${refused} refused, ${spent} of 20000 tokens spent; of 100 requests a month 100 answered`,
  );
}

// 2. kill -9 in the middle of streams: the holds are returned when they expire, and not before.
{
  const before = await counted("chaos", "budget", "usd");
  const victim = instances[0]!;
  const body = { model: "calm", stream: true, messages: message("Tell me slowly") };
  const streams = Array.from({ length: 10 }, () => ask(victim.url, { key: keys["chaos"]!, body }));
  await until("ten streams hold something", async () => (await counted("chaos", "budget", "usd")).held > before.held);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await victim.kill();
  const killedAt = Date.now();
  assert.deepEqual(new Set((await Promise.all(streams)).map(({ kind }) => kind)), new Set(["broken"]));
  assert((await counted("chaos", "budget", "usd")).held > 0);
  await victim.start();
  await until(
    "no hold outlives its expiry",
    async () => (await counted("chaos", "budget", "usd")).held === 0,
    holds + 1000,
  );
  say(`kill -9 in the middle of ten streams: what they held was given back ${Date.now() - killedAt} ms later`);
}

// 3. 2,000 requests over targets that fail at random, with kills and restarts of Redis.
{
  await allShared();
  const start = await counted("chaos", "budget", "usd");
  for (const one of instances) one.lines.length = 0;
  let done = 0;
  let kills = 0;
  const trouble = (async () => {
    const at = async (count: number): Promise<void> =>
      until(`${count} requests are done`, async () => done >= count, 90_000);
    await at(200);
    await instances[1]!.kill();
    kills++;
    await instances[1]!.start();
    await allShared();
    await at(600);
    await redis.stop("SIGTERM");
    await until("an instance says that Redis is away", async () => (await instances[0]!.health()).store === "away");
    await at(700);
    await redis.start();
    await allShared();
    await at(1000);
    await instances[2]!.kill();
    kills++;
    await instances[2]!.start();
    await allShared();
    await at(1300);
    await redis.stop("SIGKILL");
    await at(1400);
    await redis.start();
    await allShared();
  })();
  const outcomes = await all(2000, 80, async (index) => {
    const outcome = await ask(balancer.url, {
      key: keys["chaos"]!,
      body: {
        model: "wild",
        stream: index % 3 !== 0,
        messages: message(index % 10 === 0 ? `The same question ${index % 40}` : `Question ${index}`),
        max_tokens: 60,
        ...(index % 10 === 0 && { temperature: 0 }),
      },
      ...(index % 25 === 7 && { leaveAfter: 20 + (index % 7) * 10 }),
    });
    done++;
    return outcome;
  });
  await trouble;
  const count = (kind: Outcome["kind"]): number => outcomes.filter((one) => one.kind === kind).length;
  const kept = outcomes.filter((one) => one.kind === "answer" && one.cache === "hit").length;
  say(
    `2000 requests: ${count("answer")} answered (${kept} kept), ${count("error")} errors, ${count("left")} left, ${count("broken")} broken by ${kills} kills`,
  );
  const statuses = new Map<string, number>();
  for (const one of outcomes)
    if (one.kind === "error")
      statuses.set(`${one.status} ${one.type}`, (statuses.get(`${one.status} ${one.type}`) ?? 0) + 1);
  say(`errors: ${[...statuses].map(([name, found]) => `${found} × ${name}`).join(", ")}`);
  assert(count("answer") > 800, "Too few requests are answered.");
  // Only requests in a killed instance break: at most all that ran at that moment.
  assert(count("broken") <= kills * 80, "Only a kill breaks a connection without a word.");

  const { spent, held } = await settled("chaos", "budget", "usd");
  const lines = instances.flatMap((one) => one.lines).filter(({ client }) => client === "chaos");
  const charged = lines.reduce((sum, { cost = 0 }) => sum + toMicros(cost), 0);
  say(`charged in the logs ${charged}, in Redis ${spent - start.spent} millionths of a dollar, held ${held}`);
  // A killed instance may have logged a charge that it had not sent yet, or sent a charge that it had not logged.
  const perRequest = charged / Math.max(1, lines.length);
  assert(
    Math.abs(spent - start.spent - charged) <= kills * 3 * perRequest,
    "No money is lost, and none is counted twice.",
  );
  assert.equal(held, 0);
}

// 4. The end: no hold is left.
await Promise.all(instances.map((one) => one.stop()));
const { held } = await counted("chaos", "budget", "usd");
assert.equal(held, 0);
await ledger.close();
await balancer.close();
await Promise.all([...wild, calm].map((twin) => twin.close()));
await redis.remove();
rmSync(folder, { recursive: true });
say("SIGTERM: three times exit code 0, no hold left");

/** Runs `count` requests, several at once. */
async function all(total: number, atOnce: number, one: (index: number) => Promise<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < total) outcomes.push(await one(next++));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return outcomes;
}

/** The value of a counter once nothing is held any more. */
async function settled(...of: Parameters<typeof counted>): Promise<{ spent: number; held: number }> {
  await until("nothing is held", async () => (await counted(...of)).held === 0, holds + 3000);
  return counted(...of);
}
