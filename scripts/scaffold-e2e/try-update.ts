import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { frozenPackage, writeTree } from "../../packages/create-llm-provider/test/frozen-package.ts";
import { runCommand } from "./run-command.ts";

interface Updating {
  /** A folder that the trial creates. */
  folder: string;
  environment: NodeJS.ProcessEnv;
  say: (text: string) => void;
}

/** Like the first version: does not read its config from a manifest. */
const firstVersion = `#!/usr/bin/env node
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const config = JSON.parse(readFileSync(option("--config"), "utf8"));
if (config.id === undefined || config.created !== undefined) process.exit(2);
for (const [path, text] of Object.entries(require("./frozen.json"))) {
  mkdirSync(dirname(join(option("--dir"), path)), { recursive: true });
  writeFileSync(join(option("--dir"), path), text);
}
`;

/**
 * Updates an edited package of the first version to this one: the update fetches the original from the registry, has no conflict,
 * and the commands that it prints succeed.
 */
export async function tryUpdate({ folder, environment, say }: Updating): Promise<void> {
  const old = join(folder, "first-version");
  mkdirSync(old, { recursive: true });
  const manifest = { name: "create-llm-provider", version: "0.0.1", bin: "bin.cjs" };
  writeFileSync(join(old, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(old, "bin.cjs"), firstVersion);
  writeFileSync(join(old, "frozen.json"), JSON.stringify(Object.fromEntries(frozenPackage)));
  await runCommand(["npm", "publish", "--tag", "first", "--loglevel=error"], { folder: old, environment });

  const made = join(folder, "acme");
  writeTree(made, frozenPackage);
  const path = join(made, "package.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"version": "0.0.0"', '"version": "1.4.0"'));
  const run = (words: string[]) => runCommand(words, { folder: made, environment });
  const { out } = await run(["npx", "-y", "create-llm-provider@latest", "update", "--json"]);
  const { next, files } = JSON.parse(out) as { next: string[]; files: { path: string; action: string }[] };
  const merged = files.filter(({ action }) => action === "merged").map((file) => file.path);
  if (merged.join() !== "package.json") throw new Error(`These are merged: ${merged.join(", ")}`);
  for (const words of next) await run(words.split(" "));
  await run(["npm", "run", "check"]);
  await run(["npx", "-y", "create-llm-provider@latest", "check"]);
  const again = await run(["npx", "-y", "create-llm-provider@latest", "update", "--json"]);
  if (!again.out.includes('"files": []')) throw new Error(`A second update does something:\n${again.out}`);
  say("a package of the first version updates without a conflict, keeps its edit, and is green");
}
