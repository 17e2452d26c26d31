import { describe, expect, test } from "vitest";
import { places } from "./leaks/places.ts";
import { forms, secrets, traceIn } from "./leaks/secrets.ts";

// SECURITY.md promises that no key leaks anywhere, nor any eight characters of a key after its public prefix.

test("the matrix is complete: fourteen places or more, eight forms, three kinds of secret", () => {
  expect(places.length).toBeGreaterThanOrEqual(14);
  expect([Object.keys(forms).length, secrets.length]).toEqual([8, 3]);
});

test.each(secrets)("the matrix detects $kind in each of its forms", (secret) => {
  for (const [name, write] of Object.entries(forms))
    for (const seen of [write(secret.key), { deep: [write(secret.key)] }, new Error("x", { cause: write(secret.key) })])
      expect(traceIn(seen, secret), name).toBeDefined();
  expect(traceIn(`A text about ${secret.prefix}… and [redacted].`, secret)).toBeUndefined();
});

describe.each(secrets)("$kind", (secret) => {
  describe.each(places)("does not appear in $name", (place) => {
    test.each(place.forms ?? Object.keys(forms))("%s", async (name) => {
      for (const seen of await place.show(forms[name]!(secret.key), secret.key))
        expect(traceIn(seen, secret)).toBeUndefined();
    });
  });
});
