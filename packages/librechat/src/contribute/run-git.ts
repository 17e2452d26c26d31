import { execFile } from "node:child_process";
import { refusal } from "./refusal.ts";

/** Hooks and the file monitor are programs that a clone can name: neither is run. */
const quiet = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"];

/** What a git command prints. Only commands that stay on this machine are given here. */
export async function runGit(folder: string, command: readonly string[]): Promise<string> {
  // Set when git itself started us; they would point at another repository.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...inherited } = process.env;
  const env = { ...inherited, GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" };
  return new Promise((resolve, reject) => {
    execFile("git", [...quiet, ...command], { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, out, said) => {
      if (!error) resolve(out);
      else if (error.code === "ENOENT") reject(refusal("git cannot be run. Install it, or put it on the PATH.", 2));
      else reject(refusal(`\`git ${command.join(" ")}\` failed: ${said.trim() || error.message}`));
    });
  });
}
