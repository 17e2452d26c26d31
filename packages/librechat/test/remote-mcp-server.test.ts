import { addToConfig, diagnose, toRemoteMcpServer, type Addition } from "@llm-provider/librechat";
import { expect, test } from "vitest";
import { parse } from "yaml";

const url = "http://weaviate:8080/v1/mcp";
const remote: Addition = { name: "weaviate", mcpServer: toRemoteMcpServer(url, "WEAVIATE_API_KEY") };
const options = { target: "0.8.8" } as const;
const head = "version: 1.3.17\ncache: true\n";
const environment = { WEAVIATE_API_KEY: "x" };

// oxlint-disable-next-line typescript/no-explicit-any -- parsed YAML
function add(before: string, addition = remote): { text: string; value: any; paths: string[] } {
  const { text, changes } = addToConfig(before, addition, options);
  expect(addToConfig(text, addition, options)).toEqual({ text, changes: [] });
  return { text, value: parse(text), paths: changes.map(({ path, action }) => `${action} ${path}`) };
}

/** Checks that every line of the file is still there, in order. */
function keepsLines(before: string, after: string): boolean {
  const lines = after.split("\n");
  return before
    .trimEnd()
    .split("\n")
    .every((line) => lines.splice(0, lines.indexOf(line) + 1).length > 0);
}

const shapes: { [name: string]: string } = {
  "no file": "",
  "a file without servers": `# mine\n${head}`,
  "other servers": `${head}mcpServers:\n  # theirs\n  other: { type: sse, url: "https://x.example/sse" } # keep\n`,
  "other addresses": `${head}mcpSettings:\n  # reached over the host\n  allowedAddresses:\n    - 'ollama:11434' # theirs\n`,
  "addresses in brackets": `${head}mcpSettings: { allowedAddresses: [ "a:1" ] } # keep\n`,
  "settings without addresses": `${head}mcpSettings:\n  allowedDomains: # keep\n    - weaviate\n`,
  "empty settings": `${head}mcpSettings: # later\n`,
  "no final newline": `${head}mcpServers:\n  a:\n    type: sse\n    url: https://x.example/sse`,
};

test.each(Object.entries(shapes))("a server and its address are added to %s, and nothing else changes", (_, before) => {
  const { text, value, paths } = add(before);
  expect(value.mcpServers.weaviate).toEqual({
    type: "streamable-http",
    url,
    headers: { Authorization: "Bearer ${WEAVIATE_API_KEY}" },
    requiresOAuth: false,
    timeout: 60_000,
    serverInstructions: true,
  });
  expect(value.mcpSettings.allowedAddresses).toContain("weaviate:8080");
  expect(paths[0]).toBe("added mcpServers.weaviate");
  expect(paths[1]).toMatch(/^added mcpSettings\.allowedAddresses$/);
  const old = (parse(before || "{}") ?? {}) as { mcpServers?: object; mcpSettings?: { allowedAddresses?: string[] } };
  expect(value.mcpServers).toMatchObject(old.mcpServers ?? {});
  const kept = old.mcpSettings?.allowedAddresses ?? [];
  expect(value.mcpSettings.allowedAddresses).toEqual([...kept, "weaviate:8080"]);
  if (!before.includes("{")) expect(keepsLines(before, text)).toBe(true);
  for (const comment of before.match(/#.*/g) ?? []) expect(text).toContain(comment);
  if (before !== "") expect(diagnose(text, { ...options, environment })).toEqual([]);
});

test("an allowed address is not added again, and a public host needs none", () => {
  const allowed = `${head}mcpSettings:\n  allowedAddresses: ["weaviate:8080"]\n`;
  expect(add(allowed).value.mcpSettings.allowedAddresses).toEqual(["weaviate:8080"]);
  const cloud: Addition = { name: "w", mcpServer: toRemoteMcpServer("https://x.weaviate.cloud/v1/mcp", "W_API_KEY") };
  expect(add(head, cloud).value).not.toHaveProperty("mcpSettings");
});

const stdio = `${head}mcpServers:\n  weaviate:\n    type: stdio\n    command: npx\n    args: [a]\n`;

test("a local server of the same name stays, without any part of ours", () => {
  const { text, changes } = addToConfig(stdio, remote, options);
  expect(text).toBe(stdio);
  expect(changes).toEqual([{ path: "mcpServers.weaviate", action: "kept", value: expect.anything() }]);
});

test("with replace ours takes its place, and the other addresses stay", () => {
  const before = `${stdio}mcpSettings:\n  allowedAddresses:\n    - ollama:11434\n`;
  const { text } = addToConfig(before, remote, { ...options, replace: true });
  const value = parse(text);
  expect(value.mcpServers.weaviate).not.toHaveProperty("command");
  expect(value.mcpServers.weaviate).toMatchObject({ url, requiresOAuth: false });
  expect(value.mcpSettings.allowedAddresses).toEqual(["ollama:11434", "weaviate:8080"]);
});

test.each(["mcpSettings: [a]\n", "mcpSettings: &a {}\nx: *a\n", "mcpSetings: { allowedAddresses: [] }\n"])(
  "a file that cannot be edited safely is refused with a clear message: %s",
  (settings) => {
    expect(() => addToConfig(head + settings, remote, options)).toThrow(/mcpSet/);
  },
);
