import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { startTwin } from "@llm-provider/testing";
import { afterAll, describe, expect, test } from "vitest";
import { sampleKeys } from "../../core/test/support/sample-keys.ts";
import { normaliseGiven } from "../src/answers/normalise-given.ts";
import { readTree } from "../src/write/write-package.ts";
import { combinations } from "./combinations.ts";
import { canary, emptyFolder, removeFolders, runMain } from "./run-bin.ts";

// Issue 19, 5 and 6: problems found in a trial as a new user.
afterAll(removeFolders);

const url = "https://api.acme.ai/v1";
const enough = ["acme", "--base-url", url, "--no-install", "--no-git"];

/** A folder for PATH with one program that prints a line and exits with a code. */
function program(name: string, line: string, code: number): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, name), `#!/bin/sh\necho '${line}'\nexit ${code}\n`);
  chmodSync(join(folder, name), 0o755);
  return folder;
}
const first = (folder: string) => ({ PATH: `${folder}${delimiter}${process.env["PATH"]}` });

describe("pasted input is read as intended, with a note", () => {
  test.each([
    ["acme/", url, "acme", url],
    ["./acme", url, "acme", url],
    ["Acme", url, "acme", url],
    ["acme", `${url}/chat/completions`, "acme", url],
    ["acme", `${url}/chat/completions/`, "acme", url],
    ["acme", `${url}/models`, "acme", url],
    ["acme", "https://api.acme.ai", "acme", url],
    ["acme", "https://api.acme.ai/openai/v1/embeddings", "acme", "https://api.acme.ai/openai/v1"],
  ])("%s %s", (id, baseURL, meantId, meantURL) => {
    const { given, notes } = normaliseGiven({ id, baseURL });
    expect(given).toEqual({ id: meantId, baseURL: meantURL });
    expect(notes).toHaveLength(Number(id !== meantId) + Number(baseURL !== meantURL));
    expect(normaliseGiven(given)).toEqual({ given, notes: [] });
  });

  test.each([
    ["acme", "https://api.acme.ai/"],
    ["Bad Name!", url],
    ["../acme", url],
    ["acme", "https://u:canary@api.acme.ai"],
    ["acme", "acme"],
  ])("%s %s stays", (id, baseURL) => {
    expect(normaliseGiven({ id, baseURL })).toEqual({ given: { id, baseURL }, notes: [] });
  });

  test("a tool's address keeps its path", () => {
    const given = { id: "acme", baseURL: "https://api.acme.ai", template: "tool" };
    expect(normaliseGiven(given)).toEqual({ given, notes: [] });
  });

  test("the command prints the note, and its last line needs none", async () => {
    const folder = emptyFolder();
    const { code, out } = await runMain(["Acme", "--base-url", `${url}/models`, "--no-install", "--no-git"], {
      folder,
    });
    expect(out).toMatch(/^The id is acme: .*\nThe base URL is https:\/\/api\.acme\.ai\/v1: \/models is added/);
    expect(out).toContain(` acme --base-url ${url} --no-install`);
    expect(code).toBe(0);
  });
});

describe("a taken name", () => {
  test("is reported if it is one of ours", async () => {
    const { out } = await runMain(["groq", ...enough.slice(1)], { folder: emptyFolder() });
    expect(out).toMatch(/^@llm-provider\/groq exists already: `npm install @llm-provider\/groq`\./m);
  });

  test("is found on npm, in the configured registry", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url!);
      response.writeHead(request.url === "/llm-provider-acme" ? 200 : 404).end("{}");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const tools = program("npm", "ok", 0);
    const environment = { ...first(tools), npm_config_registry: `http://127.0.0.1:${port}/` };
    const words = ["acme", "--base-url", url, "--no-git"];
    const taken = await runMain(words, { folder: emptyFolder(), environment });
    const free = await runMain([...words, "--scope", "ann"], { folder: emptyFolder(), environment });
    server.close();
    expect(taken.out).toMatch(/^llm-provider-acme is taken on npm\./m);
    expect(free.out).not.toContain("taken");
    expect(asked).toEqual(["/llm-provider-acme", "/@ann%2fllm-provider-acme"]);
  });
});

describe("keys", () => {
  const { key, prefix } = sampleKeys.find(({ vendor }) => vendor === "Groq")!;
  const part = key.slice(prefix.length, prefix.length + 8);

  test.each([[["--api-key", key]], [["--api-key", "x"]], [[`--api-key=${key}`]]])(
    "%j gives a message that names the right option",
    async (words) => {
      const { code, out, err } = await runMain([...enough, ...words], { folder: emptyFolder() });
      expect(err).toMatch(
        /^There is no option `--api-key`\. A key is never an argument.*name that with `--api-key-env`\. See .*--help`\.$/m,
      );
      expect(out + err).not.toContain(part);
      expect(code).toBe(2);
    },
  );

  test.each([
    "dir",
    "config",
    "author",
    "repository",
    "scope",
    "name",
    "docs",
    "pm",
    "method",
    "template",
    "dialect",
    "models",
  ])("--%s repeats no key, on the screen or in a file", async (flag) => {
    for (const secret of [key, `x/${key}`]) {
      const folder = emptyFolder();
      const { out, err } = await runMain([...enough, `--${flag}`, secret], { folder });
      expect(out + err).not.toContain(part);
      if (flag !== "dir") expect([...(await readTree(folder)).values()].join()).not.toContain(part);
    }
  });

  test("a key of the environment is not repeated, whatever its form", async () => {
    const folder = emptyFolder();
    const { out } = await runMain([...enough, "--dir", canary], { folder });
    expect(out).toContain("llm-provider-acme in [redacted]");
    expect(out).not.toContain(canary);
  });

  test("a variable that may not be a key needs a confirmation, which is recorded", async () => {
    const folder = emptyFolder();
    const words = [...enough, "--api-key-env", "GOOGLE_CREDENTIALS"];
    const refused = await runMain(words, { folder });
    expect(refused.err).toMatch(/^GOOGLE_CREDENTIALS may contain something other than a key\..* --confirm-key-env\.$/m);
    expect(refused.code).toBe(2);
    const { code, out } = await runMain([...words, "--confirm-key-env"], { folder });
    expect(code).toBe(0);
    expect(out).toMatch(/ --api-key-env GOOGLE_CREDENTIALS --confirm-key-env .*--yes$/m);
    expect((await runMain(["check", join(folder, "acme")], { folder })).code).toBe(0);
  });
});

describe("an address without TLS", () => {
  const near = (...words: string[]) =>
    runMain(["acme", "--base-url", "http://192.168.1.7:8080/v1", "--no-install", "--no-git", ...words], {
      folder: emptyFolder(),
    });

  test("is accepted only for endpoints without a key", async () => {
    expect((await near("--api-key-env", "none")).code).toBe(0);
    const { code, err } = await near();
    expect(err).toMatch(/^The base URL must begin with https:\/\/ if a key is sent\..*--api-key-env none\.$/m);
    expect(code).toBe(2);
  });
});

describe("the target folder", () => {
  test("a new repository counts as empty, and its files stay", async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, "acme/.git"), { recursive: true });
    writeFileSync(join(folder, "acme/README.md"), "# mine\n");
    writeFileSync(join(folder, "acme/LICENSE"), "mine\n");
    const { code, out } = await runMain(enough, { folder });
    expect(code).toBe(0);
    expect(out).toMatch(/^Kept: LICENSE, README\.md. The new text is in LICENSE\.new, README\.md\.new\.$/m);
    expect(readFileSync(join(folder, "acme/README.md"), "utf8")).toBe("# mine\n");
    expect(existsSync(join(folder, "acme/.github/workflows/ci.yml"))).toBe(true);
  });

  test.each<[name: string, make: (folder: string) => void]>([
    ["another repository", (folder) => mkdirSync(join(folder, ".git"))],
    ["a pnpm workspace", (folder) => writeFileSync(join(folder, "pnpm-workspace.yaml"), "packages: []\n")],
    ["an npm workspace", (folder) => writeFileSync(join(folder, "package.json"), '{"workspaces":["packages/*"]}')],
  ])("in %s, no file without effect is written", async (_name, make) => {
    const folder = emptyFolder();
    make(folder);
    const { code } = await runMain([...enough, "--dir", "packages/acme"], { folder });
    expect(code).toBe(0);
    const files = await readTree(join(folder, "packages/acme"));
    expect([...files.keys()].filter((path) => /^\.(github|changeset)/.test(path))).toEqual([]);
    expect(files.get("package.json")).not.toContain("changeset");
    expect(files.get("CONTRIBUTING.md")).not.toContain("## Release");
    expect((await runMain(["check", "packages/acme"], { folder })).code).toBe(0);
  });
});

describe("the machine", () => {
  test("without git, it warns and continues", async () => {
    const folder = emptyFolder();
    const tools = program("npm", " Tests  7 passed (7)", 0);
    const { code, out } = await runMain(["acme", "--base-url", url], { folder, environment: { PATH: tools } });
    expect(out).toMatch(/^Warning: Starting a git repository failed\. The package is complete without it\./m);
    expect(out).toMatch(/Running its tests …\n.*7 tests passed/);
    expect(code).toBe(0);
  });

  test("Yarn 1 is refused with a clear message, and nothing is written", async () => {
    const folder = emptyFolder();
    for (const environment of [
      first(program("yarn", "1.22.22", 0)),
      { npm_config_user_agent: "yarn/1.22.22 npm/? node/v24" },
    ]) {
      const { code, err } = await runMain([...enough, "--pm", "yarn"], { folder, environment });
      expect(err).toMatch(/^This is Yarn 1\.22\.22, and a package needs Yarn 4 or newer\. .*--pm npm\.\n$/);
      expect(code).toBe(2);
    }
    expect(existsSync(join(folder, "acme"))).toBe(false);
  });

  test("Yarn 4 gets what it needs", async () => {
    const folder = emptyFolder();
    const { code } = await runMain([...enough, "--pm", "yarn"], {
      folder,
      environment: first(program("yarn", "4.18.1", 0)),
    });
    expect(code).toBe(0);
    const files = await readTree(join(folder, "acme"));
    expect(files.get(".yarnrc.yml")).toContain("nodeLinker: node-modules\n");
    expect(files.get(".gitignore")).toMatch(/^\.yarn\/$/m);
    expect(JSON.parse(files.get("package.json")!)).toMatchObject({
      packageManager: "yarn@4.18.1",
      // Yarn does not install vitest's peers by itself.
      devDependencies: { vite: expect.any(String) },
    });
  });

  test.each(["npm", "pnpm", "yarn", "bun"])("the publishing job pins its package manager: %s", async (name) => {
    const folder = emptyFolder();
    const environment = first(program("yarn", "4.18.1", 0));
    await runMain([...enough, "--pm", name], { folder, environment });
    const workflow = readFileSync(join(folder, "acme/.github/workflows/release.yml"), "utf8");
    for (const [, what] of workflow.matchAll(/npm install --global (\S+)/g))
      expect(what).toMatch(/^@?[\w/-]+@\d+\.\d+\.\d+$/);
    expect(workflow).toMatch(/node-version: \d+\.\d+\.\d+$/m);
    expect(workflow).toMatch(/run: (npm ci|\w+ install --(frozen-lockfile|immutable))$/m);
    expect(workflow).not.toMatch(/npx|@latest/);
    expect(readFileSync(join(folder, "acme/CONTRIBUTING.md"), "utf8")).toContain("create and approve pull requests");
  });
});

describe("--config with the manifest of a package", () => {
  test("makes the same package again, even on another day", async () => {
    const folder = emptyFolder();
    await runMain([...enough, "--models", "a,b", "--docs", "https://docs.acme.ai", "--author", "Ann"], { folder });
    const manifest = join(folder, "acme/.llm-provider.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"created": "\d+/, '"created": "2021'));
    const words = ["--config", "acme/.llm-provider.json", "--dir", "again", "--no-install", "--no-git", "--yes"];
    const { code, err } = await runMain(words, { folder });
    expect([code, err]).toEqual([0, ""]);
    const [one, two] = await Promise.all(["acme", "again"].map((name) => readTree(join(folder, name))));
    expect(two!.get("LICENSE")).toContain("(c) 2021 Ann");
    for (const [path, text] of one!)
      if (!path.startsWith("test/cassettes/") && !["LICENSE", ".llm-provider.json"].includes(path))
        expect(two!.get(path), path).toBe(text);
  });
});

describe("--fetch-models", () => {
  const { definition } = combinations("provider").find(({ name }) => name === "odd models")!.context;

  test("reads the endpoint's ids, with the key of the environment", async () => {
    const folder = emptyFolder();
    const twin = await startTwin(definition!, { apiKey: "canary-key-5d1f6e0b" });
    const words = ["acme", "--base-url", twin.url, "--fetch-models", "--no-install", "--no-git"];
    const { code, out, err } = await runMain(words, { folder });
    const refused = await runMain([...words, "--dir", "two"], {
      folder,
      environment: { ACME_API_KEY: "no-such-key-0000" },
    });
    await twin.close();
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^8 models fetched\. The first, 1, became smallModel: choose the cheapest\.$/m);
    expect(readFileSync(join(folder, "acme/src/models.ts"), "utf8")).toContain('"org/model.v1:free": {},');
    expect(refused.err).toMatch(/^The models could not be fetched: .*--models\.$/m);
    expect(refused.err).not.toContain("no-such-key");
    expect(refused.code).toBe(1);
    expect(existsSync(join(folder, "two"))).toBe(false);
  });

  test("needs the key", async () => {
    const { code, err } = await runMain([...enough, "--fetch-models"], {
      folder: emptyFolder(),
      environment: { ACME_API_KEY: "" },
    });
    expect(err).toBe("--fetch-models sends a request to api.acme.ai with ACME_API_KEY, which is not set.\n");
    expect(code).toBe(2);
  });
});
