import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.ts";
import { publishWorkspace } from "./publish-workspace.ts";
import { runCommand } from "./run-command.ts";
import { startRegistry } from "./start-registry.ts";
import { tryUpdate } from "./try-update.ts";
import { tryVariant } from "./try-variant.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "scaffold-e2e-"));
const started = performance.now();
const say = (text: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const ask = async (words: string[]) => (await runCommand(words, { folder, environment: process.env })).out.trim();

const uplink = await ask(["npm", "config", "get", "registry"]);
// This repository calls `npx -y pnpm@…`; the scaffolder itself calls plain `pnpm`.
const pnpm = await ask(["npm", "exec", "-y", "--package=pnpm@12.21.0", "--", "sh", "-c", "command -v pnpm"]);
const yarn = await ask([
  "npm",
  "exec",
  "-y",
  "--package=@yarnpkg/cli-dist@4.18.1",
  "--",
  "sh",
  "-c",
  "command -v yarn",
]);
const registry = await startRegistry(join(folder, "registry"), uplink);
say(`registry at ${registry.url}, in front of ${uplink}`);

/** An environment like a new machine's: home, caches and stores are empty. */
function machine(name: string, node: string): NodeJS.ProcessEnv {
  const home = join(folder, "homes", name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, ".npmrc"), registry.npmrc);
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
  return {
    PATH: [dirname(node), ...path, dirname(pnpm), dirname(yarn)].join(delimiter),
    HOME: home,
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
    pnpm_config_registry: registry.url,
    // Our packages are minutes old, and package managers may be configured to wait a day.
    pnpm_config_minimum_release_age: "0",
    YARN_NPM_MINIMAL_AGE_GATE: "0",
    YARN_NPM_REGISTRY_SERVER: registry.url,
    YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
    YARN_ENABLE_TELEMETRY: "0",
  };
}

try {
  const sizes = await publishWorkspace(
    root,
    mkdtempSync(join(folder, "tarballs-")),
    machine("publisher", process.execPath),
    [pnpm],
  );
  const size = [...sizes].find(([name]) => /^create-llm-provider-\d/.test(name))![1];
  say(`${sizes.size} packages published; the bin's tarball has ${Math.round(size / 1000)} kB`);
  if (size > 500_000) throw new Error("The bin's tarball is larger than 500 kB.");

  // The Node that a person would use: `node` is the workspace's own here, so take the next one on PATH.
  const machineNode = await ask([
    "sh",
    "-c",
    `PATH=$(echo "$PATH" | tr ':' '\\n' | grep -v node_modules | paste -sd:) command -v node`,
  ]);
  if (process.argv.includes("--measure")) await measure({ folder, machine, say, node: process.execPath });
  else {
    const variant =
      (template: "provider" | "tool", manager: "npm" | "pnpm" | "yarn", node = process.execPath) =>
      async () => {
        const name = `${template}-${manager}${node === process.execPath ? "" : "-old"}`;
        await tryVariant({
          template,
          manager,
          folder: join(folder, name),
          environment: machine(name, node),
          root,
          say,
        });
      };
    const version = await ask([machineNode, "--version"]);
    const again = version === process.version ? [] : [variant("provider", "npm", machineNode)];
    // Two at a time: one installs while the other compiles.
    const lanes = [
      [variant("provider", "pnpm"), variant("tool", "pnpm"), variant("tool", "npm")],
      [
        variant("provider", "npm"),
        variant("provider", "yarn"),
        () => tryUpdate({ folder: join(folder, "update"), environment: machine("update", process.execPath), say }),
        ...again,
      ],
    ];
    await Promise.all(
      lanes.map(async (lane) => {
        for (const run of lane) await run();
      }),
    );
  }
  say("done");
} finally {
  registry.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
