import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnose } from "@llm-provider/librechat";
import { definitions } from "./definitions.ts";

/** Makes one typing mistake in a line; undefined if the line has no place for it. */
const slips: { readonly [name: string]: (line: string) => string | undefined } = {
  "an unclosed quote": (line) => (/^[^"]*"[^"]*"$/.test(line) ? line.slice(0, -1) : undefined),
  "an unopened quote": (line) => (/: "[^"]*"$/.test(line) ? line.replace(': "', ": ") : undefined),
  "a tab": (line) => (/^ {2,}[a-zA-Z-]/.test(line) ? `\t${line.trimStart()}` : undefined),
  "no space after the dash": (line) => (/^\s*- \S/.test(line) ? line.replace("- ", "-") : undefined),
  "an unclosed bracket": (line) => (/[\]}]$/.test(line) ? line.slice(0, -1) : undefined),
  "two letters of a key in the wrong order": (line) =>
    /^\s*(?:- )?[a-z]{5,}:/.test(line) ? line.replace(/([a-z])([a-z])([a-z]+):/, "$2$1$3:") : undefined,
};
const files = ["azure", "gateways", "web-search", "anchors"];

// Issue 17: one mistake gives one finding, at its line, and no consequential ones.
describe.each(Object.keys(slips))("%s", (name) => {
  it.each(files)("gives one finding in %s.yaml", (file) => {
    const lines = readFileSync(new URL(`doctor/real/${file}.yaml`, import.meta.url), "utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      const slipped = line.startsWith("#") ? undefined : slips[name]!(line);
      if (slipped === undefined || slipped === line) continue;
      const text = lines.with(index, slipped).join("\n");
      const found = diagnose(text, { definitions }).filter(({ severity }) => severity !== "info");
      expect(
        found.map((one) => Math.abs(one.line - index - 1) <= 1),
        `line ${index + 1}: ${slipped}`,
      ).toEqual([true]);
    }
  });
});

describe("a variable in another notation", () => {
  const file = (apiKey: string): string =>
    `version: 1.3.16\nendpoints:\n  custom:\n    - name: groq\n      apiKey: '${apiKey}'\n      baseURL: https://api.groq.com/openai/v1\n      models: { default: [openai/gpt-oss-120b] }\n`;

  it.each([
    "GROQ_API_KEY",
    "MY_KEY_2",
    "$GROQ_API_KEY",
    "%GROQ_API_KEY%",
    "$(GROQ_API_KEY)",
    "{GROQ_API_KEY}",
    "{{  GROQ_API_KEY  }}",
    "{{ GROQ_API_KEY }}",
    "env:GROQ_API_KEY",
    "process.env.GROQ_API_KEY",
  ])("%s: the advice names it", (apiKey) => {
    const [found] = diagnose(file(apiKey), { definitions }).filter(({ severity }) => severity === "error");
    expect(found?.fix).toBe(`Write \${${/[A-Z_\d]+\d*/.exec(apiKey)![0]}}.`);
  });

  it("a key in capitals is still hidden", () => {
    const key = "QWERTZUIOPASDFGH12345_ABCDEFGH99XK2";
    expect(JSON.stringify(diagnose(file(key), { definitions }))).not.toContain(key);
  });
});
