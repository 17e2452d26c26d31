import { execFile } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { ownProviders } from "../../../test/own-packages.ts";
import { writePdf } from "../../rag/test/text/write-pdf.ts";
import { fakeClone } from "../../upstream/test/fake-clone.ts";
import { findBlocks, type Block } from "./blocks/find-blocks.ts";
import { writePrograms } from "./blocks/write-programs.ts";

const root = join(import.meta.dirname, "../../..");
const canary = "canary-key-7c1d9e42";
// Inside the repository, so that copied packages find their dependencies.
mkdirSync(join(root, ".tmp"), { recursive: true });
const folder = mkdtempSync(join(root, ".tmp", "blocks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Commands that another script runs. */
const elsewhere: readonly (readonly [command: RegExp, script: string])[] = [
  [/^npx -y pnpm@\S+ scaffold /m, "scripts/e2e-readme.sh"],
  [/^npx create-llm-provider/m, "scripts/e2e-scaffold.sh"],
  [/^curl /, "test/provider-pages.test.ts"],
];
/** A vendor's example answer, for blocks that make a cassette of it. */
const head = { id: "1", created: 1, model: "llama" };
const turn = { role: "assistant", content: "Hi." };
const answer = { ...head, object: "chat.completion", choices: [{ index: 0, message: turn, finish_reason: "stop" }] };
const chunk = { ...head, object: "chat.completion.chunk", choices: [{ index: 0, delta: turn, finish_reason: "stop" }] };
const blocks = findBlocks(root);
const shell = blocks.filter(({ language }) => language === "sh");
const here = shell.filter(({ text }) => !elsewhere.some(([command]) => command.test(text)));

test("every block has a tested language or is `text`", () => {
  // `typescript` marks blocks generated from the types, see test/docs.test.ts.
  const tested = ["ts", "typescript", "js", "sh", "yaml", "json", "text"];
  expect(blocks.filter(({ language }) => !tested.includes(language))).toEqual([]);
  for (const [command, script] of elsewhere) {
    readFileSync(join(root, script));
    expect(
      shell.some(({ text }) => command.test(text)),
      String(command),
    ).toBe(true);
  }
});

test.each(blocks.filter(({ language }) => language === "yaml" || language === "json"))(
  "$page:$line is $language",
  ({ language, text }) => {
    expect(() => (language === "json" ? JSON.parse(text) : parse(text))).not.toThrow();
  },
);

// Code that a page migrates from: its packages are not installed here, so it is only parsed.
test.each(blocks.filter(({ language }) => language === "js"))("$page:$line is JavaScript", async ({ text, line }) => {
  const file = join(folder, `block-${line}.mjs`);
  writeFileSync(file, text);
  await expect(promisify(execFile)(process.execPath, ["--check", file])).resolves.toBeDefined();
});

const programs = join(folder, "programs");
beforeAll(() => {
  const clone = join(folder, "clone");
  mkdirSync(clone);
  writePrograms(root, programs, clone);
});

test.each(here)("$page:$line runs", { timeout: 120_000 }, async (block) => {
  cpSync(fakeClone().path, join(folder, "clone"), { recursive: true, force: true });
  const output = await run(block);
  expect(output).not.toContain(canary);
});

test("the blocks install only packages of ours or packages that we use", () => {
  const manifests = globSync("packages/*/package.json", { cwd: root }).map(
    (path) =>
      JSON.parse(readFileSync(join(root, path), "utf8")) as {
        name: string;
        dependencies?: object;
        devDependencies?: object;
      },
  );
  const known = new Set(
    manifests.flatMap(({ name, ...manifest }) => [
      name,
      ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
    ]),
  );
  known.add("vitest");
  const asked = readFileSync(join(programs, "installed"), "utf8")
    .split(/\s+/)
    .filter((word) => word !== "" && !word.startsWith("-"));
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !known.has(name))).toEqual([]);
});

/** Runs a block as one shell script that stops at the first failure. */
async function run({ page, line, text }: Block): Promise<string> {
  const at = join(folder, `${page.replaceAll(/\W+/g, "-")}${line}`);
  const adapter = join(root, "packages/groq");
  // A reader may be in a package's folder, or above it.
  for (const to of [at, join(at, "packages/acme")]) {
    for (const name of ["dist", "src", "test", "package.json", "README.md"])
      cpSync(join(adapter, name), join(to, name), { recursive: true });
  }
  // A reader of an example is in the example's folder.
  if (page.startsWith("examples/"))
    for (const name of globSync("{*.yaml,tasks/*}", { cwd: join(root, dirname(page)) }))
      cpSync(join(root, dirname(page), name), join(at, name));
  cpSync(join(root, "scripts/show-contribute/zenith.svg"), join(at, "acme.svg"));
  writeFileSync(join(at, "answer.json"), JSON.stringify(answer));
  writeFileSync(join(at, "stream.txt"), `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  writeFileSync(join(at, ".env"), `GROQ_API_KEY=${canary}\nJWT_SECRET=${canary}\n`);
  writeFileSync(join(at, "report.pdf"), writePdf([["The notice period is three months."]]));
  if (!text.includes("git clone")) cpSync(join(folder, "clone"), join(at, "librechat.ai"), { recursive: true });
  const script = `llm-provider librechat add groq --config librechat.yaml > /dev/null\n${text.replaceAll(/=\w*…/g, `=${canary}`)}`;
  const { PATH, HOME } = process.env;
  const environment: NodeJS.ProcessEnv = { HOME, PATH: [programs, PATH].join(delimiter), CANARY: canary };
  for (const name of ["SERPAPI", ...Object.keys(ownProviders)]) environment[`${name.toUpperCase()}_API_KEY`] = canary;
  try {
    const { stdout, stderr } = await promisify(execFile)("sh", ["-e", "-c", script], { cwd: at, env: environment });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${page}:${line}\n${text}\n${stdout}\n${stderr}`, { cause: error });
  }
}
