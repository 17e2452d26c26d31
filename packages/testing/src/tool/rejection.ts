import { failure } from "../kit/failure.ts";

/** What a promise was rejected with. Fails when it was not. */
export async function rejection(promise: Promise<unknown>, at: string): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome) return outcome.error;
  throw failure({ at, expected: "an error", got: outcome.value });
}
