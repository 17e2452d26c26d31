import { readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startTwin } from "@llm-provider/testing";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { ownProviders } from "../../../test/own-packages.ts";
import { makeFolder } from "./make-folder.ts";
import { canary, runCommand, type Outcome } from "./run-command.ts";

const config = `version: 1
listen: 127.0.0.1:4100
clients:
  librechat: { key: "\${GATEWAY_KEY_LIBRECHAT}" }
models:
  fast: { targets: ["groq:openai/gpt-oss-120b", "openrouter:openai/gpt-oss-120b"] }
  cheap: { route: price, targets: ["deepseek:deepseek-flash", "mistral:mistral-small-2603"] }
`;
const open = config.replace(/clients:\n.*\n/, "");

/** Starts a gateway by the command line, which runs until the test stops it. */
async function startCommand(args: readonly string[], options: Parameters<typeof runCommand>[1] = {}) {
  const controller = new AbortController();
  let out = "";
  let err = "";
  let listening!: (url: string) => void;
  const url = new Promise<string>((resolve) => (listening = resolve));
  const { main } = await import("../src/main.ts");
  const io = {
    out(text: string) {
      out += text;
      listening(text.trim());
    },
    err: (text: string) => (err += text),
    stdin: async () => "",
    env: options.env ?? {},
    cwd: options.cwd ?? import.meta.dirname,
    isTerminal: false,
    hasInput: false,
    columns: 200,
    signal: controller.signal,
  };
  const ended = main(["gateway", "--port", "0", ...args], io, ownProviders);
  return {
    url: await Promise.race([url, ended.then((code) => Promise.reject(new Error(`It ended with ${code}: ${err}`)))]),
    told: () => err,
    stop: async () => {
      controller.abort();
      return { code: await ended, out };
    },
  };
}

const ask = (url: string, model: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] }),
  });

const log = (url: string, ...more: string[]): Promise<Outcome> =>
  runCommand(["log", "--url", url.replace("/v1", ""), ...more], { columns: 200 });

test("given only providers, it serves each of their models by provider and id", async () => {
  const gateway = await startCommand(["groq", "mistral", "--twin"]);
  const { data } = (await (await fetch(`${gateway.url}/models`)).json()) as { data: { id: string }[] };
  const ids = data.map(({ id }) => id);
  expect(ids).toContain("groq:openai/gpt-oss-120b");
  expect(ids).toContain("mistral:mistral-small-2603");
  const response = await ask(gateway.url, "groq:openai/gpt-oss-120b");
  expect(await response.json()).toMatchObject({
    object: "chat.completion",
    choices: [{ message: { role: "assistant" } }],
  });
  expect(gateway.told()).toContain(
    "A gateway over fakes listens at this address. Any program of this machine may ask, without a key.",
  );

  const lines = await log(gateway.url);
  expect(lines.out).toMatch(/ 200 groq:openai\/gpt-oss-120b → groq:openai\/gpt-oss-120b · total .* in · .* out/);
  const { requests } = JSON.parse((await log(gateway.url, "--json")).out) as { requests: object[] };
  expect(requests).toMatchObject([{ model: "groq:openai/gpt-oss-120b", status: 200, isStream: false }]);
  expect(await gateway.stop()).toMatchObject({ code: 0 });
});

test("a changed file is reloaded; a file with mistakes is reported and changes nothing", async () => {
  const cwd = makeFolder();
  const file = join(cwd, "gateway.yaml");
  writeFileSync(file, open);
  const gateway = await startCommand(["--config", "gateway.yaml", "--twin"], { cwd });
  expect((await ask(gateway.url, "fast")).status).toBe(200);
  writeFileSync(file, open.replace("fast:", "quick:"));
  await expect.poll(() => gateway.told(), { timeout: 5000 }).toContain("The configuration was read again.");
  expect([(await ask(gateway.url, "fast")).status, (await ask(gateway.url, "quick")).status]).toEqual([404, 200]);
  writeFileSync(file, open.replace("fast:", "slow:").replace("models:", "modles:"));
  await expect.poll(() => gateway.told(), { timeout: 5000 }).toContain("The configuration before it stays in use.");
  expect(gateway.told()).toContain(
    "gateway.yaml:3:1 `modles` is not a key of the configuration. Did you mean `models`?",
  );
  expect((await ask(gateway.url, "quick")).status).toBe(200);
  await gateway.stop();
});

test("a linked file is reloaded too, whether the link or the file changes", async () => {
  const cwd = makeFolder();
  const elsewhere = makeFolder();
  writeFileSync(join(elsewhere, "a.yaml"), open);
  writeFileSync(join(elsewhere, "b.yaml"), open.replace("fast:", "linked:"));
  symlinkSync(join(elsewhere, "a.yaml"), join(cwd, "gateway.yaml"));
  const gateway = await startCommand(["--config", "gateway.yaml", "--twin"], { cwd });
  writeFileSync(join(elsewhere, "a.yaml"), open.replace("fast:", "quick:"));
  await expect.poll(async () => (await ask(gateway.url, "quick")).status, { timeout: 5000 }).toBe(200);
  symlinkSync(join(elsewhere, "b.yaml"), join(cwd, "new"));
  renameSync(join(cwd, "new"), join(cwd, "gateway.yaml"));
  await expect.poll(async () => (await ask(gateway.url, "linked")).status, { timeout: 5000 }).toBe(200);
  await gateway.stop();
});

test("a local provider is found relative to the file's folder, with its own key and address", async () => {
  const folder = makeFolder();
  const core = pathToFileURL(join(import.meta.dirname, "../../core/src/index.ts")).href;
  const definition = { id: "acme", name: "Acme", docs: "https://acme.example", baseURL: "https://api.acme.example/v1" };
  writeFileSync(
    join(folder, "acme.mjs"),
    `import { chatCompletions, defineProvider } from ${JSON.stringify(core)};
    export const acme = defineProvider({ ...${JSON.stringify(definition)}, auth: { env: "ACME_API_KEY", page: "https://acme.example/keys" },
      dialect: chatCompletions(), models: { "acme-1": { source: "https://acme.example" } }, smallModel: "acme-1" });`,
  );
  const { acme } = (await import(join(folder, "acme.mjs"))) as {
    acme: { definition: Parameters<typeof startTwin>[0] };
  };
  const twin = await startTwin(acme.definition, { apiKey: canary });
  onTestFinished(() => twin.close());
  const target = `{ to: "./acme.mjs:acme-1", key: "\${ACME_KEY_2}", baseURL: "${twin.url}" }`;
  writeFileSync(join(folder, "gateway.yaml"), `version: 1\nmodels: { own: { targets: [${target}] } }\n`);
  const gateway = await startCommand(["--config", join(folder, "gateway.yaml")], { env: { ACME_KEY_2: canary } });
  const response = await ask(gateway.url, "own");
  expect([response.status, response.headers.get("x-llm-provider-target")]).toEqual([200, "./acme.mjs:acme-1"]);
  expect(gateway.told()).toContain(
    "./acme.mjs is a local package: its provider sends requests and ACME_API_KEY to api.acme.example.",
  );
  await gateway.stop();
});

test("clients of the file need their keys; log takes one from LLM_GATEWAY_KEY", async () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, "gateway.yaml"), config);
  const gateway = await startCommand(["--config", "gateway.yaml", "--twin"], {
    cwd,
    env: { GATEWAY_KEY_LIBRECHAT: canary },
  });
  expect((await ask(gateway.url, "fast")).status).toBe(401);
  expect((await ask(gateway.url, "fast", { authorization: `Bearer ${canary}` })).status).toBe(200);
  const url = gateway.url.replace("/v1", "");
  const refused = await runCommand(["log", "--url", url]);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("Set LLM_GATEWAY_KEY")]);
  const shown = await runCommand(["log", "--url", url], { env: { LLM_GATEWAY_KEY: canary }, columns: 200 });
  expect(shown.out).toMatch(/ 200 librechat: fast → groq:openai\/gpt-oss-120b/);
  expect(shown.out + gateway.told()).not.toContain(canary.slice(9, 17));
  await gateway.stop();
});

test.each<[string, string[], number, string]>([
  ["nothing at all", [], 2, "Which providers?"],
  ["providers and a file", ["groq", "--config", "gateway.yaml"], 2, "Give providers or `--config`"],
  ["an unknown provider", ["grok"], 2, "Did you mean `groq`?"],
  ["a missing file", ["--config", "none.yaml"], 2, "There is no file none.yaml."],
  ["a folder", ["--config", "."], 2, "is"],
  ["an address of the network without clients", ["groq", "--host", "0.0.0.0"], 2, "Add `clients`"],
  ["an unknown option", ["groq", "--tiwn"], 2, "did you mean `--twin`?"],
  ["an invalid port", ["groq", "--port", "http"], 2, "`--port` takes a number"],
])("%s ends with a clear message", async (_, args, code, sentence) => {
  const outcome = await runCommand(["gateway", ...args], { cwd: makeFolder(), columns: 400 });
  expect([outcome.code, outcome.err]).toEqual([code, expect.stringContaining(sentence)]);
  expect(outcome.err).not.toMatch(/\n\s+at /);
});

test("a taken port exits with 1, not as wrong usage", async () => {
  const gateway = await startCommand(["groq", "--twin"]);
  const { port } = new URL(gateway.url);
  const outcome = await runCommand(["gateway", "groq", "--port", port]);
  expect([outcome.code, outcome.err]).toEqual([1, expect.stringContaining("is taken. Choose another with --port.")]);
  await gateway.stop();
});

test("--check reports every mistake with its place, and binds nothing", async () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, "gateway.yaml"), config);
  const env = { GATEWAY_KEY_LIBRECHAT: canary, GROQ_API_KEY: canary };
  const good = await runCommand(["gateway", "--config", "gateway.yaml", "--check"], { cwd, env });
  expect([good.code, good.out]).toEqual([0, "No problems found in gateway.yaml.\n"]);
  expect(good.err).toContain("`deepseek:deepseek-flash` has no key: set DEEPSEEK_API_KEY");
  expect(good.err).not.toContain("GROQ_API_KEY");
  writeFileSync(
    join(cwd, "gateway.yaml"),
    config.replace("groq:", "grok:").replace("deepseek-flash", "deepseek-flahs"),
  );
  const bad = await runCommand(["gateway", "--config", "gateway.yaml", "--check"], { cwd, env });
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining("gateway.yaml:6:21 There is no provider `grok`")]);
  const unset = await runCommand(["gateway", "--config", "gateway.yaml", "--check"], { cwd });
  expect(unset.err).toContain("gateway.yaml:4:16 The environment variable GATEWAY_KEY_LIBRECHAT is not set.");
});

test("--print-schema prints JSON Schema", async () => {
  const { code, out } = await runCommand(["gateway", "--print-schema"]);
  expect([code, JSON.parse(out)]).toMatchObject([0, { type: "object", properties: { models: {} } }]);
});

test("an empty log and a missing gateway give a clear message", async () => {
  const closed = await runCommand(["log", "--url", "http://127.0.0.1:9"]);
  expect([closed.code, closed.err]).toEqual([1, expect.stringContaining("Nothing answers at http://127.0.0.1:9.")]);
  expect((await runCommand(["log", "--url", "nonsense"])).code).toBe(2);
});

test("librechat add gateway writes one endpoint with every model, and changes nothing the second time", async () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, "gateway.yaml"), config);
  const added = await runCommand(["librechat", "add", "gateway", "--config", "librechat.yaml"], { cwd });
  expect([added.code, added.out]).toEqual([0, "added    Gateway\nlibrechat.yaml is new.\n"]);
  expect(added.err).toContain("GATEWAY_KEY_LIBRECHAT=…");
  const [endpoint] = (parse(readFileSync(join(cwd, "librechat.yaml"), "utf8")) as { endpoints: { custom: object[] } })
    .endpoints.custom;
  expect(endpoint).toMatchObject({
    name: "Gateway",
    apiKey: "${GATEWAY_KEY_LIBRECHAT}",
    baseURL: "http://127.0.0.1:4100/v1",
    models: { default: ["fast", "cheap"], fetch: false },
    titleModel: "current_model",
    headers: { "x-user": "{{LIBRECHAT_USER_ID}}" },
    // Two switches of the panel select another API than the gateway's; no parameter has to be dropped.
    dropParams: ["web_search", "useResponsesApi"],
    tokenConfig: {
      fast: { prompt: 0.15, completion: 0.6, context: 131_072 },
      cheap: { context: 262_144 },
    },
  });
  const again = await runCommand(["librechat", "add", "gateway"], { cwd });
  expect(again.out).toBe("Nothing to change in librechat.yaml.\n");
  expect((await runCommand(["librechat", "doctor", "librechat.yaml"], { cwd })).code).toBe(0);

  writeFileSync(join(cwd, "gateway.yaml"), config.replace("${GATEWAY_KEY_LIBRECHAT}", canary));
  const literal = await runCommand(["librechat", "add", "gateway", "--config", "other.yaml"], { cwd });
  expect([literal.code, literal.err]).toEqual([2, expect.stringContaining("a key is never copied")]);
  expect(literal.err).not.toContain(canary.slice(9, 17));
  writeFileSync(join(cwd, "gateway.yaml"), config.replace("127.0.0.1:", "0.0.0.0:"));
  await runCommand(["librechat", "add", "gateway", "--config", "docker.yaml"], { cwd });
  expect(readFileSync(join(cwd, "docker.yaml"), "utf8")).toContain('baseURL: "http://gateway:4100/v1"');
  // The gateway counts the budget by the header that the entry sends.
  writeFileSync(join(cwd, "gateway.yaml"), config.replace('KEY_LIBRECHAT}"', 'KEY_LIBRECHAT}", perUser: X-Person'));
  await runCommand(["librechat", "add", "gateway", "--config", "person.yaml"], { cwd });
  expect(readFileSync(join(cwd, "person.yaml"), "utf8")).toContain('x-person: "{{LIBRECHAT_USER_ID}}"');
});

test("a fake replaces every target except a local address, which may be down", async () => {
  const cwd = makeFolder();
  const dead = '{ to: "groq:openai/gpt-oss-120b", baseURL: "http://127.0.0.1:4999/v1" }';
  const far = '{ to: "mistral:mistral-small-2603", baseURL: "https://proxy.example/v1" }';
  writeFileSync(
    join(cwd, "gateway.yaml"),
    `version: 1\nmodels:\n  fast: { targets: [${dead}, "openrouter:openai/gpt-oss-120b"] }\n  far: { targets: [${far}] }\n`,
  );
  const gateway = await startCommand(["--config", "gateway.yaml", "--twin"], { cwd });
  const fast = await ask(gateway.url, "fast");
  expect(fast.headers.get("x-llm-provider-target")).toBe("openrouter:openai/gpt-oss-120b");
  expect(fast.headers.get("x-llm-provider-attempts")).toBe("2");
  expect((await ask(gateway.url, "far")).status).toBe(200);
  expect((await log(gateway.url)).out).toContain("left groq:openai/gpt-oss-120b");
  expect(await gateway.stop()).toMatchObject({ code: 0 });
});
