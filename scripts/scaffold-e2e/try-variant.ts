import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

export type Variant = {
  template: "provider" | "tool";
  manager: "npm" | "pnpm";
  /** Where the package goes; made here. */
  folder: string;
  environment: NodeJS.ProcessEnv;
  root: string;
  say: (text: string) => void;
};

type Told = {
  ok: boolean;
  dir: string;
  answers: { ownNode: boolean };
  steps: { name: string; ok: boolean; ms: number }[];
  files: { path: string }[];
};

/** One package from nothing, by way of its first green test, to a tarball. Every command of it must end with 0. */
export async function tryVariant({ template, manager, folder, environment, root, say }: Variant): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const start =
    manager === "npm" ? ["npx", "-y", "create-llm-provider@latest"] : ["pnpm", "create", "llm-provider@latest"];
  const scaffolded = await runCommand(
    [...start, "acme", "--template", template, "--base-url", "https://api.acme.ai/v1", "--json"],
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

  const run = (words: string[]) => runCommand(words, { folder: told.dir, environment });
  await run([manager, "run", "check"]);
  // Without a key in the environment, this is the twin again, and nothing may differ.
  const check = template === "tool" ? [] : [...(manager === "npm" ? ["--"] : []), "--check"];
  await run([manager, "run", "record", ...check]);
  if (template === "tool") await run([manager, "run", "test"]);
  // This builds it, too.
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
  expect(shipped.sort().join() === allowed.sort().join(), `it ships only what it means to ship: ${shipped.join(", ")}`);

  const tool = (name: string) => join(root, "e2e/node_modules/.bin", name);
  await runCommand([tool("publint"), filename, "--strict"], { folder: told.dir, environment });
  await runCommand([tool("attw"), filename, "--profile", "esm-only"], { folder: told.dir, environment });
  await run(["npx", "-y", "create-llm-provider@latest", "check"]);
  say(`${template}, ${manager}: form, lint, types, build, record, test, pack, publint, attw and check are clean`);
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`This does not hold: ${what}`);
}
