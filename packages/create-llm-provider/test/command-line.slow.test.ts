import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { answersSchema } from "../src/answers/answers-schema.ts";
import { readTree } from "../src/write/write-package.ts";
import { bin, type BinResult, bundle, canary, emptyFolder, runBin, runMain, removeFolders } from "./run-bin.ts";

afterAll(removeFolders);

const url = "https://api.acme.ai/v1";
const enough = ["acme", "--base-url", url, "--no-install", "--no-git"];

/** Checks that a run ends with a message and the exit code, without a stack trace or a key. */
function expectStop(result: BinResult, code: number, sentence: RegExp): void {
  expect(result.err).toMatch(sentence);
  expect(result.err).toMatch(/[.…?]\s*$|^Try: .*$/m);
  expect((result.err + result.out).match(/^\s+at |node:internal|ZodError|undefined|\[object/m)?.[0]).toBeUndefined();
  expect(result.err + result.out).not.toContain(canary);
  expect(result.code).toBe(code);
}

// Issue 15: all our bins share one command-line library, so these are its messages about wrong usage.
describe("wrong usage ends with a clear message and exit code 2, and writes nothing", () => {
  test.each<[name: string, words: string[], sentence: RegExp, environment?: { [name: string]: string }]>([
    [
      "nothing, and no terminal",
      [],
      /^An id and a base URL \(--base-url\) are needed.*\nTry: npx create-llm-provider acme --base-url/,
    ],
    ["nothing, in CI", [], /^An id and a base URL/, { CI: "1" }],
    ["nothing but --yes", ["--yes"], /^An id and a base URL/],
    ["no id", ["--base-url", url], /^An id is needed/],
    ["no base URL", ["acme"], /^A base URL \(--base-url\) is needed/],
    ["a name that npm refuses", ["Bad Name!", "--base-url", url], /^An id has 1 to 50 lower-case letters/],
    ["a name that is a path", ["../acme", "--base-url", url], /^An id has/],
    ["two names", ["acme", "ai", "--base-url", url], /^Too many arguments: one id is enough/],
    ["an invalid base URL", ["acme", "--base-url", "acme"], /^The base URL is not a URL/],
    ["a base URL without https", ["acme", "--base-url", "http://api.acme.ai"], /^The base URL must begin with https/],
    [
      "a base URL with a password",
      ["acme", "--base-url", `https://u:${canary}@api.acme.ai`],
      /must not contain a user or a password/,
    ],
    ["an empty base URL", ["acme", "--base-url="], /^The base URL is not a URL/],
    ["a flag without its value", ["acme", "--base-url"], /^--base-url needs a value/],
    ["a misspelt flag", ["acme", "--bse-url", url], /did you mean `--base-url`\?/],
    ["a misspelt negative flag", ["acme", "--no-instal"], /did you mean `--(no-)?install`\?/],
    [
      "a flag of another scaffolder",
      ["acme", "--typescript"],
      /^There is no option `--typescript`\. See `npx create-llm-provider --help`\.\n$/,
    ],
    ["a flag with a value although it takes none", ["acme", `--json=${canary}`], /^--json takes no value/],
    ["a flag in place of a value", ["acme", "--base-url", url, "--dir", "--yes"], /^--dir needs a value/],
    ["a key as a flag", [`--${canary}`], /^There is no such option\. See `.+ --help`\.\n$/],
    [
      "a key in a flag",
      ["acme", `--api-key=${canary}`],
      /^There is no option `--api-key`\. A key is never an argument/,
    ],
    ["a key in a short flag", ["acme", `-k${canary}`], /^There is no such option\. See `.+ --help`\.\n$/],
    ["a key beside the id", ["acme", canary], /^Too many arguments/],
    ["a flag twice", ["acme", "--base-url", url, "--base-url", url], /^--base-url is given twice/],
    ["an unknown template", ["acme", "--base-url", url, "--template", "plugin"], /^The template is provider or tool/],
    [
      "an unknown dialect",
      ["acme", "--base-url", url, "--dialect", "anthropic"],
      /^The dialect is chat-completions or custom/,
    ],
    ["an unknown package manager", ["acme", "--base-url", url, "--pm", "cnpm"], /^The package manager is/],
    [
      "a key instead of its variable",
      ["acme", "--base-url", url, "--api-key-env", canary],
      /^The key variable is a name/,
    ],
    ["a model made of YAML", ["acme", "--base-url", url, "--models", "a: [b"], /^A model id has/],
    ["no model", ["acme", "--base-url", url, "--models", ","], /^Name at least one model/],
    ["a missing config file", ["--config", "no.json"], /no\.json cannot be read \(ENOENT\)/],
    [
      "check with two folders",
      ["check", "a", "b"],
      /^Too many arguments for 'check'\. Expected 1 argument but got 2\./,
    ],
    ["check without a package", ["check"], /^There is no \.llm-provider\.json/],
  ])("%s", async (_name, words, sentence, environment) => {
    const folder = emptyFolder();
    const plain = await runMain(words, { folder, environment });
    expectStop(plain, 2, sentence);
    expect(plain.out).toBe("");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("with --json the error is one JSON value on stdout", async () => {
    const folder = emptyFolder();
    const result = await runMain(["Bad Name!", "--json"], { folder });
    expectStop(result, 2, /^An id has/);
    expect(JSON.parse(result.out)).toEqual({
      ok: false,
      version: expect.any(String),
      exitCode: 2,
      error: expect.stringMatching(/^An id has/),
    });
  });

  test.each([
    ["no JSON", "{", /is not valid JSON/],
    ["a list", "[]", /must contain one JSON object/],
    [
      "an unknown answer",
      '{"id":"acme","baseURL":"https://a.ai","modles":["a"]}',
      /^Unknown option "modles"\. Did you mean models\?\n$/,
    ],
    ["a wrong type", '{"id":"acme","baseURL":"https://a.ai","install":"no"}', /./],
    [
      "a prototype",
      '{"id":"acme","baseURL":"https://a.ai","__proto__":{"install":false}}',
      /^Unknown option "__proto__"\. /,
    ],
  ])("a config file that contains %s", async (_name, text, sentence) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "answers.json"), text);
    expectStop(await runMain(["--config", "answers.json"], { folder }), 2, sentence);
    expect(readdirSync(folder)).toEqual(["answers.json"]);
  });
});

describe("an occupied place is left alone, with exit code 3", () => {
  test.each<[name: string, make: (path: string) => void]>([
    ["a folder that is not empty", (path) => (mkdirSync(path), writeFileSync(join(path, "mine.txt"), "mine"))],
    ["a folder with only a dotfile", (path) => (mkdirSync(path), writeFileSync(join(path, ".gitkeep"), ""))],
    ["a file", (path) => writeFileSync(path, "mine")],
    ["a link to a folder", (path) => (mkdirSync(`${path}-target`), symlinkSync(`${path}-target`, path))],
    ["a link to nowhere", (path) => symlinkSync(`${path}-nowhere`, path)],
  ])("%s", async (_name, make) => {
    const folder = emptyFolder();
    make(join(folder, "acme"));
    const before = [...(await readTree(folder))];
    expectStop(await runMain(enough, { folder }), 3, /(is not empty|is not a folder)\. .*--dir\.$/m);
    expect([...(await readTree(folder))]).toEqual(before);
    const json = await runMain([...enough, "--json"], { folder });
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, exitCode: 3 });
  });
});

describe("a place without write permission", () => {
  test("ends with a clear message and exit code 1", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "file"), "mine");
    expectStop(
      await runMain([...enough, "--dir", "file/acme"], { folder }),
      1,
      /file\/acme cannot be read \(ENOTDIR\)/,
    );
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

describe("a package that fails while it is written", () => {
  test.each<[name: string, files: { [path: string]: string }]>([
    ["half-way through the files", { a: "1", b: "2", "b/c": "3" }],
    ["before the first file", { "a.hbs": "{{nope}}" }],
  ])("leaves nothing behind: %s", async (_name, files) => {
    const folder = emptyFolder();
    const result = await runMain([...enough, "--dir", "x/acme", "--json"], { folder, templates: { package: files } });
    expectStop(result, 1, /^The package could not be made, and none of its files remain: .*\.$/m);
    expect(JSON.parse(result.out)).toMatchObject({ ok: false, exitCode: 1, files: [] });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a new package", () => {
  test("is in ./<id>, and contains no key, no path and no other trace of this machine", async () => {
    const folder = emptyFolder();
    const result = await runMain(enough, { folder });
    expect(result).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(folder)).toEqual(["acme"]);
    const files = await readTree(join(folder, "acme"));
    const all = [...files.values(), result.out].join("\n");
    for (const trace of [canary, folder, process.env["HOME"] ?? "/root", "127.0.0.1"])
      expect(all.includes(trace), trace).toBe(false);
    expect(result.out).toMatch(
      /Next\n.*cd acme && npm install && npm test\n.*ACME_API_KEY=… npm run record\n.*librechat add/,
    );
  });

  test("is described by one JSON value with --json, and prose goes to stderr", async () => {
    const folder = emptyFolder();
    const { code, out, err } = await runMain([...enough, "--json"], {
      folder,
      environment: { npm_config_user_agent: "pnpm/12.21.0 npm/? node/v24" },
    });
    expect(code).toBe(0);
    expect(err).toContain("LibreChat");
    const told = JSON.parse(out) as { dir: string; files: { path: string; action: string; bytes: number }[] };
    expect(told).toMatchObject({
      ok: true,
      dir: join(folder, "acme"),
      answers: {
        id: "acme",
        baseURL: url,
        apiKeyEnv: "ACME_API_KEY",
        packageManager: "pnpm",
        dialect: "chat-completions",
      },
      steps: [{ name: "write", ok: true, ms: expect.any(Number) }],
      next: [expect.stringContaining("pnpm install && pnpm test"), expect.any(String), expect.any(String)],
      rerun: expect.stringMatching(
        /^npx create-llm-provider@\d+\.\d+\.\d+ acme --base-url https:\/\/api\.acme\.ai\/v1 --no-install --no-git --yes$/,
      ),
    });
    const files = await readTree(join(folder, "acme"));
    expect(told.files.map(({ path }) => path)).toEqual([...files.keys()]);
    for (const { path, bytes, action } of told.files)
      expect([action, bytes]).toEqual(["create", Buffer.byteLength(files.get(path)!)]);
  });

  test("is made from answers that were validated once", async () => {
    const validate = vi.spyOn(answersSchema, "safeParse");
    expect((await runMain(enough, { folder: emptyFolder() })).code).toBe(0);
    expect(validate).toHaveBeenCalledTimes(1);
    validate.mockRestore();
  });

  test("is reproduced by the command printed at the end", async () => {
    const folder = emptyFolder();
    const first = await runMain([...enough, "--models", "a,b/c:d", "--pm", "pnpm", "--dir", "one", "--json"], {
      folder,
    });
    const { rerun } = JSON.parse(first.out) as { rerun: string };
    const words = rerun.split(" ").slice(2);
    await runMain(
      words.map((word) => (word === "one" ? "two" : word)),
      { folder },
    );
    const [one, two] = await Promise.all(["one", "two"].map((name) => readTree(join(folder, name))));
    const lasting = (files: Map<string, string>) =>
      [...files].filter(([path]) => !path.startsWith("test/cassettes/") && path !== ".llm-provider.json");
    expect(lasting(two!)).toEqual(lasting(one!));
    expect([...two!.keys()]).toEqual([...one!.keys()]);
  });

  test("can go into an existing empty folder, however deep", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "here"));
    expect((await runMain([...enough, "--dir", "."], { folder: join(folder, "here") })).code).toBe(0);
    expect((await runMain([...enough, "--dir", "a/b/c d"], { folder })).code).toBe(0);
    expect(existsSync(join(folder, "here/package.json")) && existsSync(join(folder, "a/b/c d/package.json"))).toBe(
      true,
    );
    expect(readdirSync(folder).sort()).toEqual(["a", "here"]);
  });

  test("follows the config file, and flags override it", async () => {
    const folder = emptyFolder();
    const answers = {
      $schema: "./schema.json",
      id: "acme",
      baseURL: url,
      models: ["from-file"],
      install: false,
      git: false,
    };
    writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
    const { out } = await runMain(["zeta", "--config", "answers.json", "--json"], { folder });
    expect(JSON.parse(out)).toMatchObject({ ok: true, answers: { id: "zeta", models: ["from-file"] } });
  });

  test("is only described with --dry-run", async () => {
    const folder = emptyFolder();
    const { code, out } = await runMain([...enough, "--dry-run", "--json"], { folder });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      files: expect.arrayContaining([{ path: "src/acme.ts", action: "would create", bytes: expect.any(Number) }]),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a failing step", () => {
  test("leaves the files and says what to do if no registry is reachable", async () => {
    const folder = emptyFolder();
    const environment = {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      npm_config_cache: join(folder, "cache"),
    };
    const result = await runMain(["acme", "--base-url", url, "--no-git", "--json"], { folder, environment });
    expectStop(result, 1, /Installing with npm failed\. The files are all there.*Is the npm registry reachable\?/);
    expect(JSON.parse(result.out)).toMatchObject({
      ok: false,
      steps: [
        { name: "write", ok: true },
        { name: "install", ok: false },
      ],
    });
    expect(existsSync(join(folder, "acme/package.json"))).toBe(true);
  });

  test("reports a missing package manager", async () => {
    const folder = emptyFolder();
    const result = await runMain(["acme", "--base-url", url, "--no-git", "--pm", "bun"], {
      folder,
      environment: { PATH: folder },
    });
    expectStop(result, 1, /Installing with bun failed/);
  });
});

describe.concurrent("as a program", () => {
  test.each([
    ["without a terminal", {}],
    ["in CI", { CI: "1" }],
  ])("%s, it does not wait, and does not exit with 0", async (_name, environment) => {
    const folder = emptyFolder();
    expectStop(await runBin([], { folder, environment }), 2, /^An id and a base URL/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("reports a Node that is too old before it imports anything", async () => {
    await bundle();
    const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.8" } })`;
    const words = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, bin, ...enough];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: emptyFolder(), encoding: "utf8" });
    expect(stderr).toBe("create-llm-provider needs Node 20.19 or newer, and this is Node 18.20.8.\n");
    expect([status, stdout]).toEqual([1, ""]);
    // node:module is in every Node; any other import could fail before the message.
    expect([...readFileSync(bin, "utf8").matchAll(/^import.*from *"(.*)"/gm)].map(([, name]) => name)).toEqual([
      "node:module",
    ]);
  });

  test("makes a package", async () => {
    const folder = emptyFolder();
    expect(await runBin(enough, { folder })).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(folder)).toEqual(["acme"]);
  });
});

// Issue 19: complete files are kept, and the line that repeats the run is printed before the install.
describe.concurrent("Ctrl-C keeps the complete files", () => {
  test.each([
    ["into a new folder", "acme", false],
    ["into a new folder, deep down", "a/b/acme", false],
    ["into an empty folder", "mine", true],
  ])("while it installs %s", async (_name, dir, exists) => {
    const folder = emptyFolder();
    const tools = emptyFolder();
    if (exists) mkdirSync(join(folder, dir));
    // A slow npm with a child process.
    const alive = join(tools, "alive");
    writeFileSync(join(tools, "npm"), `#!/bin/sh\nsh -c 'while true; do date +%s%N > "${alive}"; sleep 0.05; done'\n`);
    chmodSync(join(tools, "npm"), 0o755);
    const result = await runBin(["acme", "--base-url", url, "--no-git", "--dir", dir], {
      folder,
      environment: { PATH: `${tools}${delimiter}${process.env["PATH"]}` },
      onOutput: (text, kill) =>
        void (text.endsWith("Installing with npm …\n") && waitFor(alive).then(() => kill("SIGINT"))),
    });
    expect(result.err).toContain(`Cancelled. The files are all in ${dir}. Continue with: cd ${dir} && npm install`);
    expect(result.out).toMatch(/The same again, without questions\n.* acme --base-url[^]*Installing with npm …\n$/);
    expect(result.code).toBe(130);
    expect(existsSync(join(folder, dir, "package.json"))).toBe(true);
    expect(readdirSync(dirname(join(folder, dir)))).toEqual([basename(dir)]);
    const last = readFileSync(alive, "utf8");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(readFileSync(alive, "utf8"), "npm's child has ended too").toBe(last);
  });
});

async function waitFor(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("the help", () => {
  test("names every flag and the exit codes, in 100 columns", async () => {
    const { code, out } = await runMain(["--help"], { folder: emptyFolder() });
    expect(code).toBe(0);
    for (const flag of [
      "template",
      "base-url",
      "api-key-env",
      "models",
      "dialect",
      "pm",
      "dir",
      "dry-run",
      "json",
      "yes",
      "config",
      "print-schema",
      "no-install",
      "no-git",
    ])
      expect(out).toContain(`--${flag}`);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("--print-schema prints a JSON schema for the config file", async () => {
    const { out } = await runMain(["--print-schema"], { folder: emptyFolder() });
    expect(JSON.parse(out)).toMatchObject({
      type: "object",
      required: ["id", "baseURL"],
      additionalProperties: false,
      properties: {
        template: { enum: ["provider", "tool"], default: "provider" },
        models: { type: "array" },
        id: { pattern: expect.any(String) },
      },
    });
  });
});
