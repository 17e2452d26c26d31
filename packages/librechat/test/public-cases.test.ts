import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { addToConfig, diagnose, fixConfig, hideSecrets, toEndpoint, type Diagnostic } from "@llm-provider/librechat";
import { definitions } from "./definitions.ts";

/**
 * Files from public threads and repositories, kept beside this repository and not in it. Each is listed by its name with the
 * expectations of its sheet; test/doctor has our own files with the same mistakes.
 */
const folder = new URL("../../../../shared/cases/librechat/", import.meta.url);
const isHere = existsSync(folder);

/** The severity and rule of each finding, and words that its fix must and must not contain. */
interface Expected {
  readonly found: readonly string[];
  readonly says?: RegExp;
  readonly saysNot?: RegExp;
}

const cases: { readonly [name: string]: Expected } = {
  "agents-allowed-domains": {
    found: ["warning unknown-key"],
    says: /Move it to `actions`/,
    saysNot: /^Move it to `mcp/,
  },
  "anchor-at-top-level": { found: ["error unknown-key"], says: /the first \*models/, saysNot: /^Delete it/ },
  "azure-duplicate-model": { found: ["error azure-group", "error azure-group"], says: /another Azure group|`version`/ },
  "azure-no-deployment": { found: ["error azure-group"], says: /deploymentName/ },
  "azure-unset-variable": { found: ["error variable"], says: /when it starts/, saysNot: /first request/ },
  "builtin-models-and-key": {
    found: ["warning unknown-key", "warning unknown-key", "warning unknown-key"],
    says: /OPENAI_API_KEY|OPENAI_MODELS|GOOGLE_MODELS/,
    saysNot: /indentation/,
  },
  "builtin-models-mapping": { found: ["error schema"], says: /plain list/, saysNot: /dash/ },
  "compose-file-as-config": { found: ["error file-shape"], says: /Docker compose/ },
  "custom-named-google": { found: ["error reserved-name", "error reserved-name"], says: /Choose another/ },
  "drop-logit-bias": { found: [] },
  "dry-run-shows-headers": {
    found: [
      ...Array.from({ length: 8 }, () => "error clear-key"),
      "info pacing",
      "warning drop-spelling",
      "warning mcp-oauth",
    ],
  },
  "endpoints-variable-agents": { found: ["error endpoints-variable"], says: /Add agents to ENDPOINTS/ },
  "endpoints-variable-custom": { found: [] },
  "host-zai": { found: [] },
  "lost-dashes-fix-deletes": { found: ["error lost-dash"], says: /- name:/ },
  "model-id-like-key": { found: [] },
  // "info at most": every endpoint without `streamRate` gets a remark.
  "openrouter-stop-recommended": { found: ["info pacing"] },
  "speech-moved": { found: ["error unknown-key", "error unknown-key"], says: /`speech`/, saysNot: /Delete/ },
  "stream-true": { found: ["warning idle-parameter"], says: /Delete it: LibreChat streams anyway/ },
  "web-search-doubled-dollar": { found: ["error variable"], says: /two \$/, saysNot: /has a value/ },
};

if (!isHere) console.warn(`SKIPPED: the files of public threads are not at ${folder.pathname}.`);

describe.skipIf(!isHere)("files of public threads", () => {
  const names = isHere
    ? readdirSync(folder).flatMap((file) => (/^(?!explain-).*\.yaml$/.test(file) ? [file.replace(".yaml", "")] : []))
    : [];

  it("each has its expectations here", () => {
    expect(Object.keys(cases).sort()).toEqual(names.sort());
  });

  test.each(names)("%s", (name) => {
    const { text, found } = read(name);
    const { found: expected, says = /./, saysNot = /(?!)/ } = cases[name]!;
    expect(found.map(({ severity, rule }) => `${severity} ${rule}`).sort()).toEqual([...expected].sort());
    for (const { message, fix = "", why } of says.source === "." ? [] : found) {
      expect(`${message} ${fix} ${why}`).toMatch(says);
      expect(`${message} ${fix} ${why}`).not.toMatch(saysNot);
    }
    // `--fix` keeps every key, and its result has fewer mistakes.
    const { text: after, left } = fixConfig(text, { definitions });
    expect(left.length).toBeLessThanOrEqual(found.length);
    for (const key of ["apiKey", "titleConvo"])
      expect(after.split(`${key}:`).length, key).toBe(text.split(`${key}:`).length);
  });

  it("a diff never shows the value of a header or a password", () => {
    const { text } = read("dry-run-shows-headers");
    const { text: after } = fixConfig(text, { definitions });
    for (const shown of [hideSecrets(text), hideSecrets(after)])
      expect(shown).not.toMatch(/Sup3r|Hunter2|PKsecret|P4ssw0rd|UrlPassw0rd|YWRtaW4|tok_1234|gsk_ABC/);
  });

  it("`add` refuses a compose file", () => {
    const { text } = read("compose-file-as-config");
    const endpoint = toEndpoint(definitions[0]!, { target: "0.8.8", keys: "env" });
    expect(() => addToConfig(text, { endpoint }, { target: "0.8.8" })).toThrow(/Docker compose file, not a librechat/);
  });
});

function read(name: string): { text: string; found: Diagnostic[] } {
  const text = readFileSync(new URL(`${name}.yaml`, folder), "utf8");
  const variables = new URL(`${name}.env`, folder);
  const environment = existsSync(variables)
    ? Object.fromEntries(
        readFileSync(variables, "utf8")
          .split("\n")
          .flatMap((line) => (line.includes("=") ? [line.split("=", 2) as [string, string]] : [])),
      )
    : undefined;
  return { text, found: diagnose(text, { definitions, ...(environment && { environment }) }) };
}
