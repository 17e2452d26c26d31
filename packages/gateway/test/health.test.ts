import { ProviderError, type ErrorCode, type ProviderErrorFields } from "@llm-provider/core";
import { describe, expect, test } from "vitest";
import { TargetHealth } from "../src/health/target-health.ts";

const error = (code: ErrorCode, more: Partial<ProviderErrorFields> = {}): ProviderError =>
  new ProviderError("Because", { code, provider: "acme", ...more });
const server = error("server", { status: 500 });

/** A target's health, with a clock that tests move. */
function health(settings = {}) {
  const clock = { now: 1_000_000 };
  const target = new TargetHealth({ failures: 3, of: 10, window: 60_000, open: 5000, ...settings }, () => clock.now);
  const ask = (failure?: ProviderError): boolean => {
    const lease = target.admit();
    if (lease) target.settle(lease, failure);
    return lease !== undefined;
  };
  return { clock, target, ask };
}

describe("the breaker", () => {
  test("opens at the third failure, and lets one request through after the set time", () => {
    const { clock, target, ask } = health();
    expect([ask(server), ask(server), ask(server), ask(server)]).toEqual([true, true, true, false]);
    clock.now += 4999;
    expect(target.admit()).toBeUndefined();
    clock.now += 1;
    const probe = target.admit()!;
    expect([probe.isProbe, target.admit()]).toEqual([true, undefined]);
    target.settle(probe, server);
    expect([target.admit(), target.state().state]).toEqual([undefined, "open"]);
    clock.now += 5000;
    const next = target.admit()!;
    target.settle(next);
    expect([target.state().state, ask(server), ask(server), ask()]).toEqual(["up", true, true, true]);
  });

  test("counts only the last requests in the window", () => {
    const { clock, target, ask } = health({ of: 4 });
    for (let i = 0; i < 20; i++) ask(i % 2 === 0 && i % 4 === 0 ? server : undefined);
    expect(target.state().state).toBe("up");
    const slow = health();
    for (let i = 0; i < 10; i++) {
      expect(slow.ask(server)).toBe(true);
      slow.clock.now += 30_001;
    }
    expect([clock.now, slow.target.state().state]).toEqual([1_000_000, "up"]);
  });

  test("ignores the results of requests that were sent before it opened", () => {
    const { clock, target, ask } = health({ failures: 1 });
    const [late, later] = [target.admit()!, target.admit()!];
    ask(server);
    target.settle(late, server);
    expect(target.wait()!.milliseconds).toBe(5000);
    clock.now += 5000;
    const probe = target.admit()!;
    target.settle(later, server);
    expect(target.admit()).toBeUndefined();
    target.settle(probe);
    expect(target.state().state).toBe("up");
  });

  test.each<[string, ProviderError, string]>([
    ["an abort", error("aborted"), "open"],
    ["a refused request", error("invalid-request", { status: 400 }), "up"],
    ["a request that was never sent", error("invalid-request"), "open"],
    ["a rate limit", error("rate-limit", { status: 429, retryAfter: 0 }), "up"],
  ])("after a probe that ends with %s, another probe may run", (_, failure, state) => {
    const { clock, target, ask } = health({ failures: 1 });
    ask(server);
    clock.now += 5000;
    target.settle(target.admit()!, failure);
    expect(target.state().state).toBe(state);
    expect(target.admit()).toBeDefined();
  });

  test("a stream that breaks off counts as a failure", () => {
    const { target, ask } = health({ failures: 2 });
    for (let i = 0; i < 2; i++) {
      ask();
      target.breakOff(error("network"));
    }
    expect(target.state()).toMatchObject({ state: "open", code: "network", message: "Because" });
  });
});

describe("rate limits and keys", () => {
  test("a rate limit lasts as long as the endpoint asks, at most a day, or `open` if it names no time", () => {
    for (const [retryAfter, wait] of [
      [7000, 7000],
      [undefined, 5000],
      [1e15, 86_400_000],
    ]) {
      const { clock, target, ask } = health();
      ask(error("rate-limit", { status: 429, ...(retryAfter !== undefined && { retryAfter }) }));
      expect(target.wait()).toEqual({ milliseconds: wait, isRateLimit: true });
      clock.now += wait! - 1;
      expect(ask()).toBe(false);
      clock.now += 1;
      expect(ask()).toBe(true);
    }
  });

  test("a used-up quota with status 429 is a cooldown and does not disable the target", () => {
    const { target, ask } = health();
    ask(error("quota", { status: 429, retryAfter: 3000 }));
    expect(target.state()).toMatchObject({ state: "cooling", code: "quota" });
  });

  test.each<[ErrorCode, number | undefined]>([
    ["invalid-key", 401],
    ["quota", 402],
    ["quota", 200],
    ["forbidden", 403],
    ["missing-key", undefined],
  ])("after %s (%s) a target is out until it is forgiven, and the operator is warned once", (code, status) => {
    const { clock, target } = health();
    const [one, other] = [target.admit()!, target.admit()!];
    expect(target.settle(one, error(code, { ...(status && { status }) }))).toBe(true);
    expect(target.settle(other, error(code, { ...(status && { status }) }))).toBe(false);
    clock.now += 1e9;
    expect([target.admit(), target.wait(), target.state().state]).toEqual([undefined, undefined, "out"]);
    target.forgive({ failures: 3, of: 10, window: 60_000, open: 5000 });
    expect(target.admit()).toBeDefined();
  });

  test.each<ErrorCode>([
    "invalid-request",
    "unsupported-parameter",
    "context-overflow",
    "content-filter",
    "tool-call-invalid",
  ])("%s does not count against the target", (code) => {
    const { ask } = health({ failures: 1 });
    for (let i = 0; i < 5; i++) expect(ask(error(code, { status: 400 }))).toBe(true);
  });
});
