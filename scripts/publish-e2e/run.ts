import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../scaffold-e2e/run-command.ts";
import { startRegistry } from "../scaffold-e2e/start-registry.ts";
import { checkTarballs } from "./check-tarballs.ts";
import { expect } from "./expect.ts";
import { tryConsumer } from "./try-consumer.ts";
import { tryOutsideAdapter } from "./try-outside-adapter.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "publish-e2e-"));
const began = performance.now();
const say = (text: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const ask = async (...words: string[]): Promise<string> =>
  (await runCommand(words, { folder, environment: process.env })).out.trim();

const uplink = await ask("npm", "config", "get", "registry");
const pnpm = await ask("npm", "exec", "-y", "--package=pnpm@12.21.0", "--", "sh", "-c", "command -v pnpm");
const registry = await startRegistry(join(folder, "registry"), uplink);
say(`registry on loopback, in front of ${uplink}`);

/** An environment like a new machine's: home and caches are empty. */
function machine(name: string): NodeJS.ProcessEnv {
  const home = join(folder, "homes", name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, ".npmrc"), registry.npmrc);
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
  return {
    PATH: [dirname(process.execPath), dirname(pnpm), ...path].join(delimiter),
    HOME: home,
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
}

try {
  // A clone, because versioning writes files: the commit is published, not the work tree.
  const clone = join(folder, "clone");
  await ask("git", "clone", "--quiet", "--branch", "main", root, clone);
  const inClone = (words: string[], extra: NodeJS.ProcessEnv = {}, seconds = 300) =>
    runCommand(words, { folder: clone, environment: { ...process.env, CI: "true", ...extra }, seconds });
  await inClone(["npx", "-y", "pnpm@12.21.0", "install", "--frozen-lockfile", "--prefer-offline"]);
  // Without pending changesets `changeset version` fails: then this commit already has the versions to publish.
  const waiting = globSync(".changeset/*.md", { cwd: clone }).some((path) => !path.endsWith("README.md"));
  if (waiting) await inClone(["npx", "-y", "pnpm@12.21.0", "exec", "changeset", "version"]);
  await inClone(["npx", "-y", "pnpm@12.21.0", "run", "build"]);
  say(`cloned, ${waiting ? "versioned, " : ""}built`);
  await checkTarballs(clone, join(folder, "tarballs"), root);
  say("each tarball contains what it should; publint and attw report no problem");

  const git = ["git", "-c", "user.name=Release", "-c", "user.email=release@example.com"];
  await inClone([...git, "commit", "--quiet", "--all", "--allow-empty", "--message", "Release"]);
  await inClone(["npx", "-y", "pnpm@12.21.0", "exec", "changeset", "publish"], {
    ...machine("publisher"),
    npm_config_registry: registry.url,
    pnpm_config_registry: registry.url,
    npm_config_provenance: "false",
  });
  const names = globSync("packages/*/package.json", { cwd: clone }).map(
    (path) => (JSON.parse(readFileSync(join(clone, path), "utf8")) as { name: string }).name,
  );
  for (const name of names) expect((await fetch(registry.url + name)).ok, `${name} is in the registry`);
  say(`changeset publish: ${names.length} packages`);

  await tryConsumer(join(folder, "consumer"), machine("consumer"), clone, say);
  await tryOutsideAdapter(join(folder, "outside-adapter"), machine("outside-adapter"), registry.npmrc, say);
  say("done");
} finally {
  registry.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
