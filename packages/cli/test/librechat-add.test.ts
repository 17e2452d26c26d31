import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { writeConfig } from "../src/librechat/config-file.ts";
import { makeFolder } from "./make-folder.ts";
import { canary, runCommand } from "./run-command.ts";

const config = `# Ours
version: 1.3.17
endpoints:
  custom:
    - name: 'Acme'   # first
      apiKey: "\${ACME_API_KEY}"
      baseURL: https://api.acme.ai/v1
      models: { default: [ 'acme-large' ] }
`;

const read = (folder: string, name = "librechat.yaml"): string => readFileSync(join(folder, name), "utf8");

test("creates a small valid file if there is none, and changes nothing the second time", async () => {
  const cwd = makeFolder();
  const first = await runCommand(["librechat", "add", "groq", "serpapi"], { cwd });
  expect(first.code).toBe(0);
  expect(first.out).toBe("added    groq\nadded    mcpServers.serpapi\nlibrechat.yaml is new.\n");
  expect(first.err).toContain("GROQ_API_KEY=…   https://console.groq.com/keys");
  const text = read(cwd);
  expect(parse(text)).toMatchObject({
    version: "1.3.17",
    endpoints: { custom: [{ name: "groq", apiKey: "${GROQ_API_KEY}" }] },
    mcpServers: {
      serpapi: {
        type: "stdio",
        command: "npx",
        args: ["-y", expect.stringMatching(/^@llm-provider\/serpapi@\d+\.\d+\.\d+$/)],
      },
    },
  });
  const second = await runCommand(["librechat", "add", "groq", "serpapi"], { cwd });
  expect(second.out).toBe("Nothing to change in librechat.yaml.\n");
  expect(read(cwd)).toBe(text);
  expect(readdirSync(cwd)).toEqual(["librechat.yaml"]);
  expect((await runCommand(["librechat", "doctor", "librechat.yaml"], { cwd })).out).toBe(
    "No problems found in librechat.yaml.\n",
  );
});

test("keeps every line of the file, its permissions and its link, and makes a backup", async () => {
  const cwd = makeFolder({ "real.yaml": config });
  chmodSync(join(cwd, "real.yaml"), 0o640);
  symlinkSync("real.yaml", join(cwd, "link.yaml"));
  const { code } = await runCommand(["librechat", "add", "mistral", "-c", "link.yaml"], { cwd });
  expect(code).toBe(0);
  expect(read(cwd, "real.yaml").startsWith(config)).toBe(true);
  expect(lstatSync(join(cwd, "link.yaml")).isSymbolicLink()).toBe(true);
  expect(read(cwd, "real.yaml.bak")).toBe(config);
  for (const name of ["real.yaml", "real.yaml.bak"]) expect(statSync(join(cwd, name)).mode & 0o777).toBe(0o640);
  await runCommand(["librechat", "add", "groq", "-c", "link.yaml"], { cwd });
  expect(readdirSync(cwd).sort()).toEqual(["link.yaml", "real.yaml", "real.yaml.bak", "real.yaml.bak2"]);
  expect(read(cwd, "real.yaml.bak")).toBe(config);
});

test("keeps Windows line ends and a byte order mark", async () => {
  const before = `\uFEFF${config.replaceAll("\n", "\r\n")}`;
  const cwd = makeFolder({ "librechat.yaml": before });
  await runCommand(["librechat", "add", "groq"], { cwd });
  expect(read(cwd).startsWith(before)).toBe(true);
  expect(read(cwd).replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});

test("--dry-run shows the diff, with colours only on a terminal, and writes nothing", async () => {
  const cwd = makeFolder({ "librechat.yaml": config });
  const args = ["librechat", "add", "groq", "--dry-run"];
  const piped = await runCommand(args, { cwd });
  expect(piped.code).toBe(0);
  expect(piped.out).toMatch(/^--- librechat\.yaml\n\+\+\+ librechat\.yaml\n@@ /);
  expect(piped.out).toContain("\n+    - name: groq\n");
  expect(piped.out + piped.err).not.toContain("\u001b");
  const shown = await runCommand(args, { cwd, isTerminal: true });
  expect(shown.out).toContain("\u001b[32m+    - name: groq\u001b[39m");
  expect(read(cwd)).toBe(config);
  expect(readdirSync(cwd)).toEqual(["librechat.yaml"]);
  const fresh = makeFolder();
  expect((await runCommand(args, { cwd: fresh })).out).toMatch(/^--- \/dev\/null\n/);
  expect(readdirSync(fresh)).toEqual([]);
});

test("keeps and reports the person's own values; --replace writes ours", async () => {
  const theirs = `endpoints:\n  custom:\n    - name: groq\n      apiKey: "\${GROQ_API_KEY}"\n      titleModel: mine # dear\n`;
  const cwd = makeFolder({ "librechat.yaml": theirs });
  const { out, err } = await runCommand(["librechat", "add", "groq"], { cwd });
  expect(out).toContain('kept     groq.titleModel: "mine"\n');
  expect(err).toContain("--replace");
  expect(read(cwd)).toContain("titleModel: mine # dear\n");
  const replaced = await runCommand(["librechat", "add", "groq", "--replace"], { cwd });
  expect(replaced.out).toContain("replaced groq.titleModel\n");
  expect(read(cwd)).toContain('titleModel: "openai/gpt-oss-20b" # dear\n');
});

test("refuses a file that cannot be edited safely, and leaves it unchanged", async () => {
  for (const [text, sentence] of [
    ["endpoints: &a\n  custom: []\nagain: *a\n", /anchor/],
    ["endpoints: [\n", /not valid YAML \(line \d+, column \d+\)/],
    ["- a\n", /not a librechat\.yaml/],
  ] as const) {
    const cwd = makeFolder({ "librechat.yaml": text });
    const { code, out, err } = await runCommand(["librechat", "add", "groq"], { cwd });
    expect(err).toMatch(sentence);
    expect([code, out]).toEqual([1, ""]);
    expect(read(cwd)).toBe(text);
  }
  const cwd = makeFolder();
  writeFileSync(join(cwd, "librechat.yaml"), Buffer.from([0x76, 0x3a, 0x20, 0xe4, 0x0a]));
  expect((await runCommand(["librechat", "add", "groq"], { cwd })).err).toMatch(/not UTF-8/);
});

test("does not overwrite a file that changed since it was read", async () => {
  const cwd = makeFolder({ "librechat.yaml": "version: 1.3.17\n" });
  const path = join(cwd, "librechat.yaml");
  const file = { name: "librechat.yaml", path, bytes: Buffer.from("version: 1.3.16\n") };
  await expect(writeConfig(file, "version: 1.3.15\n")).rejects.toThrow(/changed by somebody else/);
  expect(read(cwd)).toBe("version: 1.3.17\n");
  expect(readdirSync(cwd)).toEqual(["librechat.yaml"]);
});

test("neither shows nor writes a key of the environment or of the file", async () => {
  const env = { GROQ_API_KEY: canary };
  const secret = `${canary}-in-file`;
  const before = config.replace('"${ACME_API_KEY}"', secret).replace("# Ours", `# Ours, formerly gsk_${canary}`);
  const cwd = makeFolder({ "librechat.yaml": `${before}mcpServers:\n  groq: &x\n    url: https://a.b\n` });
  const dry = await runCommand(["librechat", "add", "groq", "--dry-run"], { cwd, env });
  expect(dry.code).toBe(0);
  // Issue 17, item 2: a diff never shows the value of a key or a header.
  expect(dry.out).toContain("[hidden]");
  const added = await runCommand(["librechat", "add", "groq"], { cwd, env });
  const doctor = await runCommand(["librechat", "doctor", "librechat.yaml"], { cwd, env });
  const json = await runCommand(["librechat", "doctor", "librechat.yaml", "--json"], { cwd, env });
  const fixed = await runCommand(["librechat", "doctor", "librechat.yaml", "--fix", "--dry-run"], { cwd, env });
  expect(doctor.out).toContain("clear-key");
  for (const { out, err } of [dry, added, doctor, json, fixed]) expect(out + err).not.toContain(canary);
  const own = makeFolder();
  await runCommand(["librechat", "add", "groq"], { cwd: own, env });
  expect(read(own)).not.toContain(canary);
});

const acme = (query: string): string => `
const definition = {
  id: "acme", name: "Acme", docs: "https://docs.acme.ai", baseURL: "https://api.acme.ai/v1${query}",
  auth: { env: "ACME_API_KEY", page: "https://acme.ai/keys" }, sources: { models: ["https://docs.acme.ai/models", "2026-11-22"] },
  dialect: { name: "openai", settings: {} }, smallModel: "acme-small",
  models: { "acme-small": { context: 131072, price: { input: 0.1, output: 0.2 }, source: "models" } },
};
export const acme = Object.assign(() => {}, { definition });
`;
const manifest = '{ "name": "llm-acme", "type": "module", "exports": "./index.js", "bin": "./bin.js" }';

test("a foreign package is added after its host and its key's variable are printed", async () => {
  const cwd = makeFolder({ "acme/package.json": manifest, "acme/index.js": acme("") });
  const { code, err } = await runCommand(["librechat", "add", "./acme"], { cwd });
  expect(code).toBe(0);
  // design.md, Security: host and variable are printed first.
  expect(err).toMatch(
    /^\.\/acme is a local package: its provider sends requests and ACME_API_KEY to api\.acme\.ai\.\n/,
  );
  expect(parse(read(cwd)).endpoints.custom[0]).toMatchObject({
    name: "Acme",
    apiKey: "${ACME_API_KEY}",
    tokenConfig: { "acme-small": { prompt: 0.1, completion: 0.2, context: 131_072 } },
  });
  const user = await runCommand(["librechat", "add", ".", "-c", "../user.yaml", "--keys", "user"], {
    cwd: join(cwd, "acme"),
  });
  expect(user.code).toBe(0);
  expect(parse(read(cwd, "user.yaml")).endpoints.custom[0].apiKey).toBe("user_provided");
});

test("a definition that holds a key is not written", async () => {
  const cwd = makeFolder({
    "acme/package.json": manifest,
    "acme/index.js": acme(`?key=${canary}`),
  });
  const { code, err } = await runCommand(["librechat", "add", "./acme"], { cwd, env: { ACME_API_KEY: canary } });
  expect(code).toBe(1);
  expect(err).toContain("contains a key in plain text");
  expect(err).not.toContain(canary);
  expect(existsSync(join(cwd, "librechat.yaml"))).toBe(false);
});

test("a local tool becomes an MCP server that starts from the tool's folder", async () => {
  const tool = `export const rain = Object.assign(() => {}, { definition: { id: "rain", auth: { env: "RAIN_KEY", page: "https://rain.ai" }, toText() {} } });`;
  const cwd = makeFolder({
    "rain/package.json": manifest,
    "rain/index.js": tool,
    "mute/package.json": '{ "name": "mute", "type": "module", "exports": "./index.js" }',
    "mute/index.js": tool,
    "none/package.json": '{ "name": "none", "type": "module", "exports": "./index.js" }',
    "none/index.js": "export const a = 1;",
  });
  expect((await runCommand(["librechat", "add", "./rain"], { cwd })).code).toBe(0);
  expect(parse(read(cwd)).mcpServers.rain).toEqual({
    type: "stdio",
    command: "node",
    args: [join(cwd, "rain/bin.js")],
    env: { RAIN_KEY: "${RAIN_KEY}" },
    // Issue 17, item 1: the first start may download a package, and LibreChat reads the server's own instructions.
    timeout: 60_000,
    initTimeout: 60_000,
    serverInstructions: true,
  });
  const mute = await runCommand(["librechat", "add", "./mute"], { cwd });
  expect([mute.code, mute.err]).toEqual([2, expect.stringContaining("names no `bin`")]);
  const none = await runCommand(["librechat", "add", "./none"], { cwd });
  expect([none.code, none.err]).toEqual([2, expect.stringContaining("neither a provider nor a tool")]);
});

// Issue 28: an entry for a vendor's own MCP server in place of ours.
test("--builtin adds a vendor's own MCP server and the address that LibreChat must allow", async () => {
  const cwd = makeFolder({
    "librechat.yaml": `${config}mcpSettings:\n  allowedAddresses: ["ollama:11434"] # theirs\n`,
  });
  const env = { WEAVIATE_API_KEY: canary };
  const url = "http://weaviate:8080/v1/mcp";
  const first = await runCommand(["librechat", "add", "weaviate", "--builtin", "--url", url], { cwd, env });
  expect(first.code).toBe(0);
  expect(first.out).toContain("added    mcpServers.weaviate");
  expect(first.out).toContain('added    mcpSettings.allowedAddresses: ["weaviate:8080"]');
  expect(first.err).toContain("Weaviate 1.38 or newer with MCP_SERVER_ENABLED=true");
  expect(first.err).toContain("WEAVIATE_API_KEY=…");
  const text = read(cwd);
  expect(text).toContain("# theirs");
  expect(text).not.toContain(canary);
  expect(parse(text)).toMatchObject({
    endpoints: { custom: [{ name: "Acme" }] },
    mcpServers: {
      weaviate: {
        type: "streamable-http",
        url,
        headers: { Authorization: "Bearer ${WEAVIATE_API_KEY}" },
        requiresOAuth: false,
      },
    },
    mcpSettings: { allowedAddresses: ["ollama:11434", "weaviate:8080"] },
  });
  const second = await runCommand(["librechat", "add", "weaviate", "--builtin", "--url", url], { cwd, env });
  expect(second.out).toBe("Nothing to change in librechat.yaml.\n");
});

test("without --builtin our tool is added with its variables; an existing entry of the other kind is kept and reported", async () => {
  const cwd = makeFolder();
  expect((await runCommand(["librechat", "add", "weaviate"], { cwd })).code).toBe(0);
  expect(parse(read(cwd)).mcpServers.weaviate).toMatchObject({
    command: "npx",
    env: { WEAVIATE_API_KEY: "${WEAVIATE_API_KEY}", WEAVIATE_URL: "${WEAVIATE_URL}" },
  });
  const text = read(cwd);
  const other = await runCommand(["librechat", "add", "weaviate", "--builtin"], { cwd });
  expect(other.out).toContain("kept     mcpServers.weaviate");
  expect(other.err).toContain("--replace");
  expect(read(cwd)).toBe(text);
  expect((await runCommand(["librechat", "add", "weaviate", "--builtin", "--replace"], { cwd })).code).toBe(0);
  expect(parse(read(cwd))).toMatchObject({
    mcpServers: { weaviate: { url: "http://localhost:8080/v1/mcp" } },
    mcpSettings: { allowedAddresses: ["localhost:8080"] },
  });
});

test.each([
  [["serpapi", "--builtin"], /serpapi has none: weaviate has one/],
  [["groq", "--builtin"], /groq has none/],
  [["weaviate", "--url", "http://x:1/mcp"], /`--url` goes with `--builtin`/],
  [["weaviate", "--builtin", "--url", "weaviate:8080"], /takes a web address/],
  [["weaviate", "--builtin", "--url", "http://u:p@x/mcp"], /takes a web address/],
  [["weaviate", "--builtin", "--url", "https://x/mcp?key=1"], /takes a web address/],
])("%j is wrong usage", async (args, sentence) => {
  const cwd = makeFolder();
  const { code, err } = await runCommand(["librechat", "add", ...args], { cwd });
  expect(code).toBe(2);
  expect(err).toMatch(sentence);
  expect(readdirSync(cwd)).toEqual([]);
});
