// Shows `llm-provider contribute` on a fresh clone of LibreChat's documentation: a refresh of four guides, then a new one.
//   node scripts/show-contribute.ts [clone or URL] [--new <package> [--icon <svg>]] [--checks] [--write]
// Without an argument it clones from GitHub. `--checks` installs that repository's packages and runs its checks.
// `--write` puts the output into docs/upstream.md. Everything happens in a folder that is deleted at the end.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { replacePart } from "../packages/docs/src/replace-part.ts";

const root = join(import.meta.dirname, "..");
const page = join(root, "docs", "upstream.md");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    new: { type: "string" },
    icon: { type: "string" },
    checks: { type: "boolean" },
    write: { type: "boolean" },
  },
});
const given = positionals[0] ?? "https://github.com/LibreChat-AI/librechat.ai";
const source = existsSync(given) ? resolve(given) : given;
const folder = mkdtempSync(join(tmpdir(), "show-contribute-"));
const clone = join(folder, "librechat.ai");
let seen = "";

try {
  execFileSync("git", ["clone", "--quiet", ...(source === given ? ["--depth", "1"] : []), source, clone]);
  const refresh = ["deepseek", "mistral", "groq", "fireworks"];
  contribute(refresh);
  run("git", ["diff", "--stat=80", "--stat-name-width=40"], "git diff --stat");
  contribute(refresh, 6);
  commit();
  check();

  const isOurs = values.new === undefined;
  const icon = isOurs ? join(root, "scripts/show-contribute/zenith.svg") : values.icon;
  if (icon !== undefined) cpSync(icon, join(folder, "icon.svg"));
  const name = isOurs ? join(root, "scripts/show-contribute/zenith.ts") : values.new!;
  contribute([name], 6, icon === undefined ? [] : ["--icon", "icon.svg"]);
  run("git", ["diff", "--stat=80", "--stat-name-width=40"], "git diff --stat");
  commit();
  check();
  contribute([name], 3, icon === undefined ? [] : ["--icon", "icon.svg"]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (values.write)
  writeFileSync(page, replacePart(readFileSync(page, "utf8"), "contribute", `\`\`\`\`text\n${seen.trim()}\n\`\`\`\``));

/** Runs this repository's command line, and shows the given number of lines of its output. */
function contribute(names: readonly string[], lines = Number.POSITIVE_INFINITY, options: readonly string[] = []): void {
  const args = ["contribute", ...names, "--path", "librechat.ai", ...options];
  const shown = args.map((arg) => arg.replace(join(root, "scripts/show-contribute/"), "./"));
  const bin = ["--conditions=source", join(root, "packages/cli/src/bin.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...bin, ...args], { cwd: folder, encoding: "utf8" });
  const text = stdout.split("\n").slice(0, lines).join("\n").trimEnd();
  say(`\n$ llm-provider ${shown.join(" ")}${lines === Number.POSITIVE_INFINITY ? "" : ` | head -${lines}`}\n${text}`);
  if (status !== 0) throw new Error(stderr);
}

function run(command: string, args: readonly string[], shown: string): void {
  say(`\n$ ${shown}\n${execFileSync(command, args, { cwd: clone, encoding: "utf8" }).trimEnd()}`);
}

function commit(): void {
  git("add", "--all");
  git("-c", "user.name=Show", "-c", "user.email=show@example.com", "commit", "--quiet", "--no-verify", "-m", "Guides");
}

/** That repository's own checks, each with its outcome. */
function check(): void {
  if (!values.checks) return;
  const env = { ...process.env, CI: "1", HUSKY: "0", NEXT_TELEMETRY_DISABLED: "1" };
  const pnpm = (...args: string[]) =>
    spawnSync("npx", ["-y", "pnpm@9.15.9", ...args], { cwd: clone, encoding: "utf8", env }).status;
  say("");
  for (const args of [
    ["install", "--frozen-lockfile", "--ignore-scripts"],
    ["lint:prettier"],
    ["typecheck"],
    ["lint"],
    ["test"],
  ]) {
    say(`$ pnpm ${args.join(" ")}\n${pnpm(...args) === 0 ? "passed" : "FAILED"}`);
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: clone, encoding: "utf8" });
}

function say(text: string): void {
  console.log(text);
  seen += `${text}\n`;
}
