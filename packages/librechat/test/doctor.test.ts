import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnose, fixConfig, hideSecrets, rules, type Diagnostic, type Target } from "@llm-provider/librechat";
import { sampleKeys } from "../../core/test/support/sample-keys.ts";
import { definitions } from "./definitions.ts";

const folder = new URL("./doctor/", import.meta.url);
const names = readdirSync(new URL("broken/", folder)).map((file) => file.replace(/\.yaml$/, ""));

type Fixture = {
  text: string;
  thread: string;
  expected: { rule: string; line: number }[];
  environment?: Record<string, string>;
};

/** Reads the comments at the top of a fixture: its origin and the expected findings. */
function read(kind: "broken" | "good", name: string): Fixture {
  const text = readFileSync(new URL(`${kind}/${name}.yaml`, folder), "utf8");
  const variables = /^# Env (.*)$/m.exec(text)?.[1];
  return {
    text,
    thread: /^# From (.+)$/m.exec(text)?.[1] ?? "",
    expected: [...text.matchAll(/^# Expect (\S+) at line (\d+)$/gm)].map(([, rule, line]) => ({
      rule: rule!,
      line: Number(line),
    })),
    ...(variables === undefined
      ? {}
      : { environment: Object.fromEntries(variables.split(";").map((one) => one.split("=") as [string, string])) }),
  };
}

describe("the doctor", () => {
  it("has at least 40 broken files, each with its thread and its neighbour", () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(readdirSync(new URL("good/", folder)).length).toBe(names.length);
    for (const name of names) expect(read("broken", name).thread, name).toMatch(/^(https:\/\/github\.com\/|Measured)/);
  });

  for (const name of names) {
    it(`finds the mistakes of ${name}, at their lines, and nothing else`, () => {
      const { text, expected, environment } = read("broken", name);
      const found = diagnose(text, { definitions, ...(environment ? { environment } : {}) });
      expect(found.map(({ rule, line }) => ({ rule, line }))).toEqual(expected);
      for (const { message, why, column } of found) {
        expect(message).toMatch(/[.?]$/);
        expect(why.length).toBeGreaterThan(20);
        expect(column).toBeGreaterThan(0);
      }
    });

    it(`finds nothing in the good neighbour of ${name}`, () => {
      const { text, environment } = read("good", name);
      expect(diagnose(text, { definitions, ...(environment ? { environment } : {}) })).toEqual([]);
    });
  }

  const real = readdirSync(new URL("real/", folder));
  it("is tested on at least 20 realistic files", () => {
    expect(real.length).toBeGreaterThanOrEqual(20);
  });
  it.each(real)("finds nothing in the good file real/%s", (file) => {
    const text = readFileSync(new URL(`real/${file}`, folder), "utf8");
    const target = (/^# Target (\S+)$/m.exec(text)?.[1] ?? "0.8.8") as Target;
    expect(diagnose(text, { definitions, target })).toEqual([]);
  });

  for (const name of ["apikey", "duplicate-model", "half-working-drop", "version-missing", "curly-quotes"]) {
    it(`repairs ${name} by itself in one run`, () => {
      const { text } = read("broken", name);
      const { text: after, fixed, left } = fixConfig(text, { definitions });
      expect(fixed.length).toBeGreaterThan(0);
      expect(left).toEqual([]);
      expect(fixConfig(after, { definitions })).toEqual({ text: after, fixed: [], left });
    });
  }

  const inPlace = (place: string, value: string): string =>
    `version: 1.3.17
endpoints:
  custom:
    - name: Acme
      apiKey: ${place === "apiKey" ? value : '"${ACME_API_KEY}"'}
      baseURL: ${place === "baseURL" ? value : "https://api.acme.ai/v1"}
      headers:
        x-api-key: ${place === "header" ? value : '"${ACME_API_KEY}"'}
      models:
        default: [${place === "model" ? value : "acme-large"}]
`;
  it.each(sampleKeys.map((sample) => [sample.vendor ?? "any vendor", sample.prefix, sample.key] as const))(
    "finds a key of %s (%s) anywhere, and does not repeat it",
    (_vendor, prefix, key) => {
      for (const place of ["apiKey", "header", ...(prefix === "" ? [] : ["baseURL", "model"])]) {
        const value = place === "baseURL" ? `https://api.acme.ai/${key.replaceAll(/[+/]/g, "x")}` : key;
        const found = diagnose(inPlace(place, value), { definitions });
        expect(
          found.map(({ rule }) => rule),
          place,
        ).toContain("clear-key");
        const text = JSON.stringify(found);
        for (let at = prefix.length; at + 8 <= key.length; at++) expect(text).not.toContain(key.slice(at, at + 8));
      }
    },
  );

  it("finds a password in a URL", () => {
    const found = diagnose(inPlace("baseURL", "https://jane:hunter2@api.acme.ai/v1"), { definitions });
    expect(found.filter(({ rule }) => rule === "clear-key")).toMatchObject([
      { line: 6, message: "`endpoints.custom[0].baseURL` contains a password in plain text." },
    ]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  // Issue 17, shared/cases/librechat/model-id-like-key.
  it.each(["anthropic-claude-opus-4", "anthropic-claude-3.5-haiku", "pplx-70b-online", "pplx-7b-chat-alpha"])(
    "does not report the model %s as a key",
    (model) => {
      const preset = `modelSpecs:\n  list:\n    - name: a\n      label: A\n      preset: { endpoint: Acme, model: ${model} }\n`;
      const text = inPlace("model", model).replace("default:", `titleModel: ${model}\n        default:`) + preset;
      expect(diagnose(text, { definitions }).filter(({ rule }) => rule === "clear-key")).toEqual([]);
    },
  );

  it("deletes an equal duplicate, and leaves a differing one to the person", () => {
    const same = "version: 1.3.17\ncache: true # a\ncache: true # b\n";
    expect(fixConfig(same).text).toBe("version: 1.3.17\ncache: true # a\n");
    const other = "version: 1.3.17\ncache: true\ncache: false\n";
    expect(fixConfig(other)).toMatchObject({ text: other, fixed: [], left: [{ rule: "duplicate-key", line: 3 }] });
  });

  it("does not treat the keys of a second endpoint without its dash as duplicates", () => {
    const { text } = read("broken", "second-dash-lost");
    expect(fixConfig(text, { definitions })).toMatchObject({ text, fixed: [], left: [{ rule: "duplicate-key" }] });
  });

  it("writes only changes that a second run confirms", () => {
    for (const name of names) {
      const { text, environment } = read("broken", name);
      const options = { definitions, ...(environment ? { environment } : {}) };
      const before = diagnose(text, options);
      const { text: after, fixed, left } = fixConfig(text, options);
      expect(diagnose(after, options), name).toEqual(left);
      const weight = (found: readonly Diagnostic[], severity: string): number =>
        found.filter((one) => one.severity === severity).length;
      const weights = (found: readonly Diagnostic[]): number[] =>
        ["error", "warning", "info"].map((severity) => weight(found, severity));
      if (fixed.length === 0) expect(after, name).toBe(text);
      else expect(weights(left).join() < weights(before).join(), name).toBe(true);
    }
  });

  it.each([
    ["endpoints:\n  - name: A\n    baseURL: https://a.ai/v1\n", /Put the list under `custom:`/],
    [
      "endpoints:\n  custom:\n    A: { apiKey: x, baseURL: https://a.ai/v1, models: { default: [a] } }\n",
      /`- name: …`/,
    ],
    ["mcpServers:\n  - name: a\n    command: npx\n    args: []\n", /under its name as a key/],
    ["allowedDomains: [a.ai]\n", /the right place: `mcpSettings` or `actions` or `registration`/],
    ["baseURL: https://a.ai/v1\nmodels: { default: [a] }\n", /item of the list `endpoints.custom`/],
    ["balance: { enabled: 'yes' }\n", /true or false, without quotes/],
  ])("gives advice that LibreChat's schema accepts: %j", (text, advice) => {
    const found = diagnose(`version: 1.3.17\n${text}`, { definitions });
    expect(found.length).toBeGreaterThan(0);
    for (const { fix } of found) expect(fix).toMatch(advice);
  });

  it("hides keys, header values and passwords in displayed text, line by line", () => {
    const source = `endpoints:
  custom:
    - name: A
      apiKey: "canary-1234567"
      baseURL: "https://jane:canary2@a.ai/v1?token=canary3"
      headers:
        x-any: canary4
        x-long: |
          canary5
          canary6
        x-kept: "Bearer \${TOKEN}"
mcpServers:
  a:
    command: npx
    args: ["postgres://u:canary7@db/a"]
    env: { PASSWORD: canary8, KEPT: "\${KEPT}" }
`;
    const shown = hideSecrets(source);
    expect(shown).not.toContain("canary");
    expect(shown).toContain("Bearer ${TOKEN}");
    expect(shown).toContain('KEPT: "${KEPT}"');
    expect(shown.split("\n").length).toBe(source.split("\n").length);
  });

  it("reports UTF-16 as not UTF-8, without consequential findings", () => {
    const bytes = Buffer.from("version: 1.3.17\n", "utf16le");
    const found = diagnose(bytes.toString("utf8"), { definitions });
    expect(found.map(({ rule, line, column }) => ({ rule, line, column }))).toEqual([
      { rule: "encoding", line: 1, column: 2 },
    ]);
  });

  it("knows the top-level keys that keep an older release from starting", () => {
    const text = "version: 1.3.13\nopenapi:\n  enabled: true\n";
    expect(diagnose(text, { target: "0.8.8" })).toEqual([]);
    expect(diagnose(text, { target: "0.8.7" })).toMatchObject([{ rule: "unknown-key", severity: "error", line: 2 }]);
  });

  it("never shows a key, wherever it is pasted", () => {
    const key = "sk-canary7f3a9b2c5d8e1f40";
    const { text } = read("good", "apikey");
    const variable = /"\$\{ACME_API_KEY\}"/;
    expect(text).toMatch(variable);
    const places = [
      ...[`"${key}"`, `${key}`, `"${key}`, `*${key}`, `{${key}}`, `"\${${key}}"`, `"{{${key}}}"`, `$${key}`].map(
        (value) => text.replace(variable, () => value),
      ),
      ...[
        `https://${key}@api.acme.ai/v1`,
        `https://api.acme.ai/${key}/v1/models`,
        `https://api.acme.ai/v1?key=${key}`,
      ].map((url) => text.replace(/"https:[^"]*"/, `"${url}"`)),
      text.replace("name: Acme", `name: ${key}\n      ${key}: 1`),
      `${text}mcpServers:\n  a:\n    url: "http://localhost/${key}"\n    headers:\n      X: "{{${key}}}"\n`,
      `${text}      dropParams: [${key}]\n      addParams:\n        ${key}: 1\n`,
    ];
    for (const place of places) {
      expect(place).toContain(key);
      expect(JSON.stringify(diagnose(place, { definitions })), place).not.toContain("canary");
    }
  });

  it("has a broken file for every rule", () => {
    const shown = new Set(names.flatMap((name) => read("broken", name).expected.map(({ rule }) => rule)));
    expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });
});
