import { describe, expect, it } from "vitest";
import { diagnose, fixConfig, hideSecrets } from "@llm-provider/librechat";
import { definitions } from "./definitions.ts";

/** Issue 17: the mistakes of the public cases in other files: other vendors, flow style, anchors, Windows line ends, comments. */
interface Variant {
  readonly text: string;
  readonly environment?: { readonly [name: string]: string };
  /** Rule and line of each finding that is more than a remark. */
  readonly found: readonly string[];
  /** Expected words of the fixes. */
  readonly says?: readonly RegExp[];
  readonly never?: readonly RegExp[];
}

const endpoint = (name: string, baseURL: string, more = ""): string =>
  `- {name: ${name}, apiKey: "\${K}", baseURL: "${baseURL}", models: {default: [m]}${more}}`;
const custom = (...items: string[]): string =>
  `version: 1.3.17\nendpoints:\n  custom:\n${items.map((item) => `  ${item}\n`).join("")}`;

const variants: { readonly [what: string]: Variant } = {
  "an anchor at the top, used by merge keys in flow style": {
    text: custom(
      '- {<<: *common, name: One, apiKey: "${ONE}", baseURL: "https://one.example.org/v1"}',
      '- {<<: *common, name: Two, apiKey: "${TWO}", baseURL: "https://two.example.org/v1"}',
    ).replace("endpoints:", "x-common: &common {titleConvo: true, models: {default: [a], fetch: false}}\nendpoints:"),
    found: ["unknown-key 2"],
    says: [/first \*common/],
    never: [/^Delete/],
  },
  "hosts of other vendors, short and long, one of them misspelt": {
    text: custom(
      ...["api.together.ai", "api.xa.ai", "api.cerebras.ai", "api.moonshot.ai", "open.bigmodel.cn", "api.ai21.com"].map(
        (host, index) => endpoint(`E${index}`, `https://${host}/v1`),
      ),
      endpoint("Slip", "https://api.deepsek.com"),
    ),
    found: ["base-url 10"],
    says: [/api\.deepseek\.com/],
  },
  "model ids that begin like keys": {
    text: custom(
      '- {name: G, apiKey: "${K}", baseURL: "https://gw.example.org/v1", models: {default: [sk-gpt-oss-120b-preview-internal, gsk-llama-3.3-70b-versatile-custom, xai-grok-4-fast-reasoning-latest, fw_deepseek_v3p1_terminus_large, r8_mixtral_8x7b_instruct_v01_long]}, titleModel: xai-grok-4-fast-reasoning-latest}',
    ),
    found: [],
  },
  "Azure groups that lost their lines to comments": {
    text: 'version: 1.3.17\nendpoints:\n  azureOpenAI:\n    groups:\n      # - group: "a"\n        apiKey: "${A}"\n        instanceName: x\n        version: "2024-10-21"\n        models: {gpt-4o: {deploymentName: d}}\n      # - group: "b"\n        apiKey: "${B}"\n        instanceName: y\n        version: "2024-10-21"\n        models: {gpt-5: {deploymentName: e}}\n',
    found: ["lost-dash 4"],
    says: [/Remove the # .* on lines 5, 10/],
  },
  "model specs that lost all their dashes, with Windows line ends": {
    text: "version: 1.3.17\r\nmodelSpecs:\r\n  list:\r\n    name: a\r\n    label: A\r\n    preset: {endpoint: openAI, model: gpt-5}\r\n    name: b\r\n    label: B\r\n    preset: {endpoint: openAI, model: gpt-5-mini}\r\n",
    found: ["lost-dash 3"],
    says: [/- name: …/],
  },
  "an entry without its dash, whose own mistakes are reported as well": {
    text: 'version: 1.3.17\nendpoints:\n  custom:\n    - name: A\n      apiKey: "${A}"\n      baseURL: https://a.example.org/v1\n      models: {default: [x]}\n      name: groq\n      apikey: "${B}"\n      baseURL: https://api.groq.com/openai/v1\n      models: {default: [llama3-70b-8192]}\n',
    found: ["duplicate-key 8", "unknown-key 9", "model-name 11"],
    says: [/Write `- name:` there/, /apiKey/, /openai\/gpt-oss-120b/],
    never: [/Delete/],
  },
  "speech at the top, beside an existing section": {
    text: 'version: 1.3.17\nstt:\n  openai: {apiKey: "${K}", model: whisper-1}\nspeech:\n  tts:\n    openai: {apiKey: "${K}", model: tts-1, voices: [alloy]}\n',
    found: ["unknown-key 2"],
    says: [/`speech`/],
    never: [/^Delete/],
  },
  "speech at the top, and in its section too": {
    text: 'version: 1.3.17\ntts:\n  openai: {apiKey: "${K}", model: tts-1, voices: [nova]}\nspeech:\n  tts:\n    openai: {apiKey: "${K}", model: tts-1, voices: [alloy]}\n',
    found: ["unknown-key 2"],
    says: [/at `speech`, and this file already has one there/],
  },
  "stream at the endpoint itself": {
    text: custom(endpoint("G", "https://gw.example.org/v1", ", stream: true")),
    found: ["unknown-key 4"],
    says: [/Delete it: LibreChat streams anyway/],
    never: [/disableStreaming|addParams/],
  },
  "variables of webSearch in other notations": {
    text: 'version: 1.3.17\nwebSearch:\n  serperApiKey: "$${SERPER_API_KEY}"\n  firecrawlApiKey: $FIRECRAWL_API_KEY\n  jinaApiKey: "${JINA_API_KEY}}"\n  cohereApiKey: "{{COHERE_API_KEY}}"\n',
    found: ["variable 3", "variable 4", "variable 5", "web-search-key 6"],
    says: [/one \$/, /\$\{FIRECRAWL_API_KEY\}/, /\$\{JINA_API_KEY\}\./, /Write \$\{COHERE_API_KEY\}/],
  },
  "names that LibreChat never sends, in either spelling": {
    text: custom(
      endpoint(
        "N",
        "https://api.studio.nebius.ai/v1",
        ", dropParams: [seed, responseFormat, parallelToolCalls, logit_bias, topLogprobs]",
      ),
    ),
    found: [],
  },
  "an allow list under agents": {
    text: 'version: 1.3.17\nendpoints:\n  agents:\n    allowedAddresses: ["10.0.0.5:8000"]\n',
    found: ["unknown-key 4"],
    says: [/the right place: .*`mcpSettings`/],
  },
  "a group of Azure twice, and a model in two": {
    text: 'version: 1.3.17\nendpoints:\n  azureOpenAI:\n    groups:\n    - {group: eu, apiKey: "${A}", instanceName: i, version: "2024-10-21", deploymentName: d, models: {gpt-4.1: true}}\n    - {group: eu, apiKey: "${B}", instanceName: j, version: "2024-10-21", models: {gpt-4.1: {deploymentName: g}}}\n',
    found: ["azure-group 6", "azure-group 6"],
    says: [/another name/, /Keep it in one group/],
  },
  "custom endpoints with the names of built-in clients": {
    text: custom(
      endpoint("BEDROCK", "https://gw.example.org/v1"),
      endpoint('" vertexai"', "https://gw.example.org/v1"),
    ),
    found: ["reserved-name 4", "reserved-name 5"],
    says: [/"BEDROCK API"/, /"vertexai API"/],
  },
  "keys of built-in endpoints": {
    text: 'version: 1.3.17\nendpoints:\n  google: {apiKey: "${GOOGLE_KEY}"}\n  openAI: {models: [{name: gpt-5}]}\n',
    found: ["unknown-key 3", "unknown-key 4"],
    says: [/reads GOOGLE_KEY from its \.env/, /reads OPENAI_MODELS from its \.env/],
  },
  "a misspelt top-level key does not hide mistakes below it": {
    text: custom(endpoint("Google", "https://gw.example.org/v1")).replace("endpoints:", "endpoint:"),
    found: ["unknown-key 2", "reserved-name 4"],
    says: [/Did you mean `endpoints`/],
  },
  "ENDPOINTS without agents and assistants": {
    text: "version: 1.3.17\nendpoints:\n  agents: {disableBuilder: true}\n  assistants: {disableBuilder: false}\n",
    environment: { ENDPOINTS: "openAI,google" },
    found: ["endpoints-variable 3", "endpoints-variable 4"],
  },
  "secrets in an address, in headers of any name, and in arguments": {
    text: 'version: 1.3.17\nmcpServers:\n  a: {command: npx, args: ["-y", "x", "postgres://u:Passw0rdPassw0rd@db/x"]}\n  b: {type: sse, url: "https://u:Passw0rdPassw0rd@b.example.org/sse"}\n  c: {type: http, url: "https://c.example.org/mcp", headers: {X-Consumer-Key: "Q9wErTy7UiOpAsDfGhJk"}}\n',
    found: ["clear-key 3", "clear-key 4", "clear-key 5"],
    never: [/Passw0rd|Q9wErTy7/],
  },
  "secrets of MCP servers by the name of a variable or of an argument": {
    text: 'version: 1.3.17\nmcpServers:\n  a: {command: npx, args: [-y, x, --password, ArgSpaceSecret12345, --token-file, /run/secrets/token, --db-password=Hunter2Hunter2, --auth, "https://auth.example.org"]}\n  b: {command: npx, args: [x], env: {FOO_PASSWORD: EnvPassSecret12345, TOKEN_LIMIT: "200000000", AUTH_URL: "https://x.example.org", API_TOKEN: "${T}", LOG_LEVEL: debugging}}\n  c: {type: http, url: "https://c.example.org/mcp", apiKey: {source: admin, authorization_type: bearer, key: AdminSecret12345}}\n',
    found: ["clear-key 3", "clear-key 3", "clear-key 4", "clear-key 5"],
    never: [/ArgSpace|Hunter2|EnvPass|AdminSecret/],
  },
  "MCP servers with Authorization in either case": {
    text: 'version: 1.3.17\nmcpServers:\n  a: {type: http, url: "https://a.example.org/mcp", headers: {authorization: "Bearer ${A}"}}\n  b: {type: sse, url: "https://b.example.org/sse", headers: {X-Api-Key: "${B}"}}\n  c: {type: http, url: "https://c.example.org/mcp", requiresOAuth: true}\n',
    found: ["mcp-oauth 3"],
    says: [/requiresOAuth: false/],
  },
  "bare ids of Fireworks": {
    text: custom(
      '- {name: fw, apiKey: "${F}", baseURL: "https://api.fireworks.ai/inference/v1", models: {default: [kimi-k3]}, customParams: {includeReasoningHistory: true}, dropParams: [useResponsesApi]}',
    ),
    found: ["model-name 4"],
    says: [/accounts\/fireworks\/models\/kimi-k3/],
  },
  "a preset with keys of its spec": {
    text: "version: 1.3.17\nmodelSpecs:\n  list:\n    - {name: a, label: A, preset: {endpoint: openAI, model: gpt-5, default: true, label: X}}\n",
    found: ["unknown-key 4", "unknown-key 4"],
    says: [/Move it to `modelSpecs\.list\[0\]`/, /and this file already has one there/],
  },
  "a document marker, comments after quotes, and tabs after colons": {
    text: "---\nversion:\t'1.3.17'#x\ncache: true\n...\n",
    found: [],
  },
  "two documents after a byte order mark": {
    text: "\uFEFFversion: 1.3.17\r\n---\r\nendpoints:\r\n  custom: []\r\n",
    found: ["yaml-syntax 2"],
    says: [/run the doctor again/],
  },
  "a file of Helm values": {
    text: "replicaCount: 1\nimage: {repository: x}\n",
    found: ["file-shape 1"],
    says: [/Helm|configuration/],
  },
  "a file of variables": { text: "OPENAI_API_KEY=user_provided\nENDPOINTS=openAI\n", found: ["file-shape 1"] },
  "an override of docker compose": {
    text: "services:\n  api:\n    volumes: [./librechat.yaml:/app/librechat.yaml]\n",
    found: ["file-shape 1"],
    says: [/\/app\/librechat\.yaml/],
  },
  "a file indented only with tabs": {
    text: 'version: 1.3.17\nendpoints:\n\tcustom:\n\t\t- name: G\n\t\t\tapiKey: "${K}"\n\t\t\tbaseURL: https://gw.example.org/v1\n\t\t\tmodels:\n\t\t\t\tdefault: [m]\n',
    found: ["yaml-syntax 3"],
    says: [/2 for each tab/],
    never: [/run the doctor again/],
  },
  "a file indented partly with tabs": {
    text: 'version: 1.3.17\nendpoints:\n  custom:\n    - name: G\n\t  apiKey: "${K}"\n\t  baseURL: https://gw.example.org/v1\n\t  models:\n\t    default: [m]\n',
    found: ["yaml-syntax 5"],
    says: [/4 for each tab/],
  },
  "a tab, an open quote and an open bracket at once": {
    text: 'version: 1.3.17\ninterface:\n\tagents: true\nendpoints:\n  custom:\n    - name: G\n      apiKey: "${K}\n      baseURL: https://gw.example.org/v1\n      models:\n        default: [m\n',
    found: ["yaml-syntax 3", "yaml-syntax 7", "yaml-syntax 10"],
    never: [/run the doctor again/],
  },
};

describe("the mistakes of the public cases, in other files", () => {
  it.each(Object.keys(variants))("%s", (what) => {
    const { text, environment, found, says = [], never = [] } = variants[what]!;
    const all = diagnose(text, { definitions, ...(environment && { environment }) });
    const wrong = all.filter(({ severity }) => severity !== "info");
    expect(wrong.map(({ rule, line }) => `${rule} ${line}`)).toEqual(found);
    const fixes = wrong.map(({ fix }) => fix ?? "");
    for (const words of says)
      expect(
        fixes.filter((fix) => words.test(fix)),
        `${String(words)} in ${fixes.join(" | ")}`,
      ).not.toEqual([]);
    for (const words of never)
      expect([...fixes, ...wrong.map(({ message }) => message)].filter((one) => words.test(one))).toEqual([]);
    const shown = hideSecrets(text);
    for (const words of never) if (/Secret|Hunter|Passw0rd/.test(words.source)) expect(shown).not.toMatch(words);
    // `--fix` loses no key, and its result has fewer mistakes.
    const { text: after, left } = fixConfig(text, { definitions, ...(environment && { environment }) });
    expect(left.filter(({ severity }) => severity === "error").length).toBeLessThanOrEqual(
      all.filter(({ severity }) => severity === "error").length,
    );
    for (const key of ["apiKey", "baseURL", "group"])
      expect(after.split(`${key}:`).length).toBeGreaterThanOrEqual(text.split(`${key}:`).length);
  });
});
