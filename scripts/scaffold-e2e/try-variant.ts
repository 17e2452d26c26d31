import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "../publish-e2e/expect.ts";
import { runCommand } from "./run-command.ts";

export type Variant = {
  template: "provider" | "tool";
  manager: "npm" | "pnpm" | "yarn";
  /** The folder of the package, which the trial creates. */
  folder: string;
  environment: NodeJS.ProcessEnv;
  root: string;
  say: (text: string) => void;
};

const docs = "https://docs.acme.ai";

type Run = (words: string[], expected?: number) => Promise<{ out: string; err: string }>;

type Told = {
  ok: boolean;
  dir: string;
  answers: { ownNode: boolean };
  steps: { name: string; ok: boolean; ms: number }[];
  files: { path: string }[];
  next: string[];
};

/** Takes one package from nothing to its first green test and to a tarball. Every command must exit with 0. */
export async function tryVariant({ template, manager, folder, environment, root, say }: Variant): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const start =
    manager === "pnpm" ? ["pnpm", "create", "llm-provider@latest"] : ["npx", "-y", "create-llm-provider@latest"];
  // Once is enough: with a cold cache npm needs minutes for the version lists of the two libraries.
  const bridges = manager === "pnpm" ? ["--with", "ai-sdk,langchain"] : [];
  const facts =
    template === "provider"
      ? ["--models", "acme-1", "--docs", docs, ...bridges]
      : ["--method", manager === "npm" ? "post" : "get"];
  const scaffolded = await runCommand(
    [
      ...start,
      "acme",
      "--template",
      template,
      "--base-url",
      "https://api.acme.ai/v1",
      "--pm",
      manager,
      ...facts,
      "--json",
    ],
    {
      folder,
      environment,
      seconds: 180,
    },
  );
  const told = JSON.parse(scaffolded.out.slice(scaffolded.out.indexOf("{"))) as Told;
  const steps = told.steps.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)} s`).join(", ");
  say(
    `${template}, ${manager}: command to first green test ${scaffolded.seconds.toFixed(1)} s (${steps}), ${told.files.length} files${told.answers.ownNode ? ", with a Node of its own" : ""}`,
  );
  expect(told.ok && told.steps.map(({ name }) => name).join() === "write,git,install,test", "all steps are done");
  expect(existsSync(join(told.dir, ".git")), "a repository is started");

  const run = (words: string[], expected?: number) => runCommand(words, { folder: told.dir, environment, expected });
  await run([manager, "run", "check"]);
  // Without a key in the environment this records from the twin again, and nothing may change.
  const check = template === "tool" ? [] : [...(manager === "npm" ? ["--"] : []), "--check"];
  await run([manager, "run", "record", ...check]);
  if (template === "tool") await run([manager, "run", "test"]);
  if (template === "provider") await tryHonesty(told.dir, manager, run);
  await tryLibreChat(folder, told.next.at(-1)!, run);
  // This also builds the package.
  const packed = JSON.parse(
    (await run(["npm", "pack", "--json", "--loglevel=error"])).out.replace(/^[^[{]*(?=[[{])/, ""),
  ) as unknown;
  const [{ filename, files }] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as [
    { filename: string; files: { path: string }[] },
  ];
  if (template === "tool") {
    const hello = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "e2e", version: "1" } };
    const input = `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: hello })}\n`;
    const { out } = await runCommand(["node", "dist/serve.js"], { folder: told.dir, environment, input });
    expect(out.includes('"name":"llm-tool-acme"'), `its MCP server introduces itself: ${out}`);
  }
  const shipped = files.map(({ path }) => path);
  const sources = readdirSync(join(told.dir, "src"), { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  const built = sources.flatMap((path) => [`dist/${path.replace(/ts$/, "js")}`, `dist/${path.replace(/ts$/, "d.ts")}`]);
  const allowed = ["LICENSE", "README.md", "package.json", ...built];
  expect(shipped.sort().join() === allowed.sort().join(), `it ships only the intended files: ${shipped.join(", ")}`);

  const tool = (name: string) => join(root, "e2e/node_modules/.bin", name);
  await runCommand([tool("publint"), filename, "--strict"], { folder: told.dir, environment });
  await runCommand([tool("attw"), filename, "--profile", "esm-only"], { folder: told.dir, environment });
  await run(["npx", "-y", "create-llm-provider@latest", "check"]);
  say(`${template}, ${manager}: form, lint, types, build, record, test, pack, publint, attw and check are clean`);
}

/** No fact is made up: the page is unread, packing fails until it is read, and a change in only one file fails with a clear message. */
async function tryHonesty(dir: string, manager: string, run: Run): Promise<void> {
  const change = (path: string, from: string, to: string) =>
    writeFileSync(join(dir, path), readFileSync(join(dir, path), "utf8").replaceAll(from, to));
  const tested = await run([manager, "run", "test"]);
  expect(tested.out.includes(`Not read yet: docs (${docs})`), "the tests name the page that nobody has read");
  const refused = await run(["npm", "pack", "--loglevel=error"], 1);
  expect(/docs\.acme\.ai is marked unread/.test(refused.out + refused.err), `it is not packed: ${refused.err}`);

  change("src/models.ts", "acme-1", "acme-2");
  // Each package manager has its own exit code.
  const types = await run(["sh", "-c", `${manager} run types || echo red`]);
  const errors = types.out.match(/error TS.*/g) ?? [];
  expect(
    errors.length === 1 && /src\/acme\.ts\(\d+,3\)/.test(types.out),
    `one type error, at smallModel: ${types.out}`,
  );
  const red = await run([manager, "run", "test"], 1);
  expect(/src\/<id>\.ts.*src\/models\.ts/.test(red.out + red.err), `a red test names both files: ${red.out}`);
  change("src/models.ts", "acme-2", "acme-1");

  change("src/acme.ts", '"unread"', `"${new Date().toISOString().slice(0, 10)}"`);
  await run([manager, "run", "test"], 1);
  await run([manager, "run", "docs"]);
  await run([manager, "run", "test"]);
}

/** Runs the last printed line as printed, with LibreChat's folder filled in. */
async function tryLibreChat(folder: string, command: string, run: Run): Promise<void> {
  const config = join(folder, "LibreChat/librechat.yaml");
  mkdirSync(dirname(config));
  writeFileSync(config, "version: 1.3.17\n");
  const { out, err } = await run(["sh", "-c", command]);
  expect(readFileSync(config, "utf8").includes("acme"), `LibreChat's file has it: ${out}${err}`);
  expect(!/not ours|third-party/.test(out + err), `your own package is not called third-party: ${err}`);
}
