import { diagnose } from "@llm-provider/librechat";
import { expect, test } from "vitest";

const head = `version: 1.3.17
endpoints:
  custom:
    - name: Acme
      apiKey: "\${ACME_API_KEY}"
      baseURL: https://api.acme.ai/v1
      models: { default: ["acme-large"] }
`;
const lines = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join("\n");

const hostile: { readonly [name: string]: readonly [text: string, message: RegExp] } = {
  "opens endlessly many variables": [`${head}x: "${"${".repeat(50_000)}"\n`, /\$\{ and \{\{ are opened more than 2000 times/],
  "opens endlessly many placeholders": [
    `${head}      headers: { a: "${"{{ ".repeat(33_000)}" }\n`,
    /\$\{ and \{\{ are opened more than 2000 times/,
  ],
  "has 3,000 anchors in use": [
    `${head}x:\n${lines(3000, (index) => `  a${index}: &a${index} { b: 1 }\n  c${index}: *a${index}`)}\n`,
    /More than 200 aliases are used/,
  ],
  "doubles its anchors": [
    `${head}x:\n  a0: &a0 [1]\n${lines(3000, (index) => `  a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)}\n`,
    /More than 200 aliases are used/,
  ],
  "has an anchor that contains itself": [`${head}x: &a\n  b: *a\n`, /The anchor &a contains itself/],
  "has an anchor of a list that contains itself": ["endpoints: &a\n  custom: [*a]\n", /The anchor &a contains itself/],
  "is nested endlessly": [`a: ${"[".repeat(50_000)}\n`, /It is nested too deeply/],
  "has an endless value": [`${head}x: "${"a ".repeat(33_000)}"\n`, /A value is longer than 64 KiB/],
  "is larger than 2 MiB": [`${head}#${"x".repeat(2 * 1024 * 1024)}\n`, /larger than 2 MiB/],
};

test.each(Object.keys(hostile))("a file that %s is refused with a clear message, and at once", (name) => {
  const [text, message] = hostile[name]!;
  const began = performance.now();
  const found = diagnose(text, { environment: {} });
  expect(found).toEqual([
    expect.objectContaining({ rule: "yaml-syntax", severity: "error", message: expect.stringMatching(message) }),
  ]);
  // Before the limits, most took from ten seconds to minutes, or never ended; this bound allows for a busy machine.
  expect(performance.now() - began).toBeLessThan(5000);
});

test("a file with many rarely used anchors is read", () => {
  const text = `${head}x-shared:\n${lines(3000, (index) => `  a${index}: &a${index} { b: 1 }`)}\ny: [*a1, *a2]\n`;
  expect(diagnose(text).map(({ rule }) => rule)).not.toContain("yaml-syntax");
});
