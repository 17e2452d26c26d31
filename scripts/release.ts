// Publishes the versions that npm does not have yet. Refuses a dirty tree, changes without a changeset, pending changesets, drafts
// and failing tests. `--dry-run` stops before publishing.
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packagesWhere } from "./packages-where.ts";

/** The reasons not to publish from this checkout; empty if there are none. Looks at git and changesets, not at the tests. */
export function releaseObstacles(root: string): string[] {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const obstacles: string[] = [];
  if (git("status", "--porcelain") !== "")
    obstacles.push("The tree is not clean. Commit or stash what `git status` shows.");
  for (const folder of packagesWhere(root, ({ draft }) => draft === true)) {
    obstacles.push(
      `packages/${folder} is a draft, and no test of the whole repository reads it. Take \`draft\` out of its package.json.`,
    );
  }
  const waiting = readdirSync(join(root, ".changeset")).filter((file) => file.endsWith(".md") && file !== "README.md");
  if (waiting.length > 0) {
    obstacles.push(
      `${waiting.length} changesets wait. Run \`npx -y pnpm@12.21.0 run version\` and commit what it writes.`,
    );
    return obstacles;
  }
  const tag = `@llm-provider/core@${versionOf(root)}`;
  if (git("tag", "--list", tag) === "") return obstacles;
  const changed = git("diff", "--name-only", tag, "--", ":(glob)packages/*/src/**", "templates")
    .split("\n")
    .filter(Boolean);
  if (changed.length > 0) {
    obstacles.push(
      `${changed.length} files changed since ${tag} without a changeset, ${changed[0]} among them. Run \`npx -y pnpm@12.21.0 changeset\`.`,
    );
  }
  return obstacles;
}

/** All packages share one version. */
function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8")) as { version: string }).version;
}

function isGreen(root: string): boolean {
  return ["check", "test"].every(
    (script) => spawnSync("npx", ["-y", "pnpm@12.21.0", "run", script], { cwd: root, stdio: "inherit" }).status === 0,
  );
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, "..");
  const obstacles = releaseObstacles(root);
  if (obstacles.length === 0 && !isGreen(root)) obstacles.push("The checks or the tests fail. See their output above.");
  for (const obstacle of obstacles) console.error(obstacle);
  if (obstacles.length > 0) process.exit(1);
  if (process.argv.includes("--dry-run"))
    console.log("The release is ready. This was a dry run: no package was published.");
  else
    process.exit(
      spawnSync("npx", ["-y", "pnpm@12.21.0", "exec", "changeset", "publish"], { cwd: root, stdio: "inherit" })
        .status ?? 1,
    );
}
