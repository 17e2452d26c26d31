import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { addToConfig, type Addition, type LibreChatEndpoint } from "@llm-provider/librechat";

const acme: LibreChatEndpoint = {
  name: "Acme",
  apiKey: "${ACME_API_KEY}",
  baseURL: "https://api.acme.ai/v1",
  models: { default: ["acme-large", "acme-small"], fetch: false },
  titleConvo: true,
  titleModel: "acme-small",
  addParams: { streamUsage: true },
  dropParams: ["user", "frequency_penalty", "frequencyPenalty"],
  tokenConfig: {
    "acme-large": { prompt: 1, completion: 2, context: 131072 },
    "acme-small": { prompt: 0.1, completion: 0.2, context: 8192 },
  },
  streamRate: 0,
};
const server: Addition = {
  name: "search",
  mcpServer: { type: "stdio", command: "npx", args: ["-y", "x"], env: { KEY: "${SEARCH_API_KEY}" } },
};
const options = { target: "0.8.8" } as const;

/** Checks that only insertions were made, by removing the user's text piece by piece; the rest is the addition. */
function isOnlyInserted(before: string, after: string): boolean {
  let position = 0;
  for (const sign of after) if (sign === before[position]) position++;
  return position === [...before].length;
}

// oxlint-disable-next-line typescript/no-explicit-any -- parsed YAML
function add(text: string, addition: Addition = { endpoint: acme }): { text: string; value: any } {
  // The addition replaces an explicit empty value.
  const rest = text.replace(/(custom:|endpoints:) (\[\]|\{\}|null)/, "$1");
  const once = addToConfig(text, addition, options);
  expect(addToConfig(once.text, addition, options).text).toBe(once.text);
  expect(isOnlyInserted(rest, once.text)).toBe(true);
  return { text: once.text, value: parse(once.text.replace(/^\uFEFF/, "")) };
}

const shapes: { [name: string]: string } = {
  "an empty file": "",
  "a file of comments": "# mine\n\n# still mine\n",
  "no endpoints": "version: 1.2.1\ncache: true # keep\n",
  "no final newline": "version: 1.2.1\ncache: true",
  "empty endpoints": "version: 1.2.1\nendpoints:\n",
  "empty endpoints at the end": "version: 1.2.1\nendpoints:",
  "empty custom": "version: 1.2.1\nendpoints:\n  custom:\n",
  "empty custom with a comment": "version: 1.2.1\nendpoints:\n  custom: # later\n  # note\ncache: true\n",
  "custom as an empty list": "version: 1.2.1\nendpoints:\n  custom: [] # none yet\ncache: false\n",
  "custom as null": "endpoints:\n  custom: null\nversion: 1.2.1\n",
  "endpoints as an empty mapping": "endpoints: {}\nversion: 1.2.1\n",
  "other endpoints":
    "endpoints:\n  openAI:\n    titleModel: gpt-4.1-mini\n  agents:\n    disableBuilder: false\nversion: 1.2.1\n",
  "one endpoint":
    "version: 1.2.1\nendpoints:\n  custom:\n    - name: 'Other'\n      apiKey: 'k'\n      baseURL: \"https://x.y/v1\"\n      models:\n        default: ['a']\n",
  "an unindented list":
    "version: 1.2.1\nendpoints:\n  custom:\n  - name: Other\n    apiKey: k\n    baseURL: https://x.y/v1\n    models: { default: [a] }\n  # belongs to the list\ncache: true\n",
  "wide dashes":
    "version: 1.2.1\nendpoints:\n    custom:\n        -   name: Other\n            apiKey: k\n            models:\n                default:\n                    - a\n",
  "spaced endpoints with trailing comments":
    "endpoints:\n  custom:\n    # First\n    - name: A\n      models:\n        default: [x]\n      # titleModel: later\n\n    # Second\n    - name: B\n      # about the key\n      apiKey: k\n\n      # the end of B\n\n# fileConfig:\n#   none\nversion: 1.2.1\n",
  "a block text at the end":
    "version: 1.2.1\ninterface:\n  customWelcome: |\n    Hello\n    there\n\nendpoints:\n  custom:\n    - name: A\n      titlePrompt: |\n        {convo}\n        Title:\n",
  "everything in brackets": '{ "version": "1.2.1", "endpoints": { "custom": [{ "name": "Other", "apiKey": "k" }] } }\n',
  "brackets over several lines":
    "version: 1.2.1\nendpoints:\n  custom: [\n    { name: A, apiKey: k },\n    { name: B, apiKey: k },\n  ]\n",
  "brackets around empty brackets": '{ "version": "1.2.1", "endpoints": {} }\n',
  "an end mark": "version: 1.2.1\ncache: true\n...\n",
  "a start mark": "---\nversion: 1.2.1\nendpoints:\n  custom:\n    - name: A\n",
};

describe("adding an endpoint", () => {
  for (const [name, text] of Object.entries(shapes)) {
    for (const [ending, source] of [
      ["LF", text],
      ["CRLF", text.replaceAll("\n", "\r\n")],
      ["BOM", `\uFEFF${text}`],
    ] as const) {
      it(`to ${name} (${ending}) keeps every byte and is stable`, () => {
        const { text: after, value } = add(source);
        expect(value.endpoints.custom.at(-1)).toEqual(acme);
        expect(value.version).toEqual(expect.any(String));
        expect(after.startsWith("\uFEFF")).toBe(source.startsWith("\uFEFF"));
        if (ending === "CRLF" && text.includes("\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
        const { mcpServers } = add(after, server).value;
        expect(mcpServers.search.args).toEqual(["-y", "x"]);
      });
    }
  }

  it("completes an endpoint of the same name, whatever its case, and keeps differing values", () => {
    const text = [
      "version: 1.2.1",
      "endpoints:",
      "  custom:",
      "    # mine",
      '    - name: "acme" # as I like it',
      '      apiKey: "user_provided"',
      "      models:",
      '        default: ["acme-old", "acme-large"] # old ones too',
      "        fetch: true",
      "      dropParams:",
      "        - stop   # no stops",
      "      addParams: {safe: true}",
      "      tokenConfig:",
      "        acme-large:",
      "          prompt: 3",
      "          completion: 2",
      "          context: 131072",
      "      # end of mine",
      "    - name: Last",
      "",
    ].join("\n");
    const { text: after, value } = add(text);
    const [mine, last] = value.endpoints.custom;
    expect(mine).toMatchObject({
      name: "acme",
      apiKey: "user_provided",
      models: { default: ["acme-old", "acme-large", "acme-small"], fetch: true },
    });
    expect(mine.dropParams).toEqual(["stop", "user", "frequency_penalty", "frequencyPenalty"]);
    expect(mine.addParams).toEqual({ safe: true, streamUsage: true });
    expect(mine.tokenConfig["acme-large"].prompt).toBe(3);
    expect(mine.tokenConfig["acme-small"]).toEqual(acme.tokenConfig!["acme-small"]);
    expect(last).toEqual({ name: "Last" });
    expect(after).toContain('default: ["acme-old", "acme-large", "acme-small"] # old ones too');
    const { changes } = addToConfig(text, { endpoint: acme }, options);
    expect(changes.filter(({ action }) => action === "kept").map(({ path }) => path)).toEqual([
      "acme.apiKey",
      "acme.models.fetch",
      "acme.tokenConfig.acme-large.prompt",
    ]);
  });

  it("with replace writes our values and changes nothing else", () => {
    const text = [
      "endpoints:",
      "  custom:",
      "    - name: Acme",
      "      apiKey: user_provided # why",
      "      models: # these",
      "        default:",
      "          - acme-old",
      "        fetch: true",
      "      titleModel:",
      "        acme-old",
      "      dropParams: ['stop'] # none",
      "      summarize: false",
      "      addParams:",
      "        web_search: true",
      "      streamRate: 25",
      "    - name: Last # stays",
      "",
    ].join("\n");
    const once = addToConfig(text, { endpoint: acme }, { ...options, replace: true });
    const value = parse(once.text);
    expect(value.endpoints.custom[0]).toEqual({ ...acme, summarize: false });
    expect(value.endpoints.custom[1]).toEqual({ name: "Last" });
    for (const comment of ["# why", "# these", "# none", "# stays"]) expect(once.text).toContain(comment);
    expect(addToConfig(once.text, { endpoint: acme }, { ...options, replace: true })).toEqual({
      text: once.text,
      changes: [],
    });
  });

  for (const [name, text, reason] of [
    ["an alias as the item", "a: &a\n  name: Acme\nendpoints:\n  custom:\n    - *a\n", /alias \(\*a\)/],
    ["an alias in the item", "x: &k key\nendpoints:\n  custom:\n    - name: Acme\n      apiKey: *k\n", /alias \(\*k\)/],
    [
      "an anchor in the item",
      "endpoints:\n  custom:\n    - name: Acme\n      models: &m { default: [a] }\n    - name: B\n      models: *m\n",
      /anchor \(&m\)/,
    ],
    [
      "a merge key in the item",
      "b: &b { titleConvo: true }\nendpoints:\n  custom:\n    - name: Acme\n      <<: *b\n",
      /merge key/,
    ],
    ["an alias as the list", "l: &l []\nendpoints:\n  custom: *l\n", /alias \(\*l\)/],
    ["an anchored list", "endpoints:\n  custom: &l\n    - name: A\n", /anchor \(&l\)/],
    ["a merge key on the way", "e: &e { agents: {} }\nendpoints:\n  <<: *e\n", /merge key/],
    ["a list where a mapping belongs", "endpoints:\n  - custom\n", /not a mapping/],
    ["a mapping where a list belongs", "endpoints:\n  custom:\n    Acme: {}\n", /not a list/],
    ["broken YAML", "endpoints:\n\tcustom:\n", /line 2/],
    ["keys twice", "endpoints:\n  custom: []\nendpoints:\n  custom: []\n", /line 3/],
    ["a text", "just text\n", /not a librechat\.yaml/],
  ] as const) {
    it(`refuses ${name} with a clear message`, () => {
      expect(() => addToConfig(text, { endpoint: acme }, options)).toThrow(reason);
    });
  }

  it("leaves other endpoints' anchors and aliases alone", () => {
    const text = "x: &k key\nendpoints:\n  custom:\n    - name: A\n      apiKey: *k\n";
    expect(add(text).value.endpoints.custom[1]).toEqual(acme);
  });
});

// Issue 17: `add` refuses the files that the doctor refuses.
it.each([
  ["Endpoints:\n  custom: []\n", "`Endpoints` seems to be `endpoints`, misspelt"],
  ["endpoint:\n  custom: []\n", "`endpoint` seems to be `endpoints`, misspelt"],
  ["endpoints:\n  Custom: []\n", "`Custom` seems to be `custom`, misspelt"],
])("refuses to write beside a misspelt key: %j", (text, sentence) => {
  const write = () => addToConfig(`version: "1.3.17"\n${text}`, { endpoint: acme }, { target: "0.8.8" });
  expect(write).toThrow(sentence);
});

it("does not report a known key as misspelt", () => {
  const text = 'version: "1.3.17"\nmcpSettings:\n  allowedDomains: []\nendpoints:\n  agents: {}\n';
  expect(addToConfig(text, { endpoint: acme }, { target: "0.8.8" }).text).toContain("custom:");
});
