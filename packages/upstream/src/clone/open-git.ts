import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { refusal } from "../refusal.ts";

/** The git commands that we run: none of them shows a diff, signs, fetches, or asks for a password. */
type Verb = "cat-file" | "config" | "for-each-ref" | "rev-parse" | "status" | "symbolic-ref" | "update-ref";

/** Runs one git command in the clone and returns its output. Rejects with git's own words, or if git takes too long. */
export type RunGit = (verb: Verb, ...args: readonly string[]) => Promise<string>;

type Setting = readonly [key: string, value: string];

/** Git repeats this setting to us, which proves that it reads the others too. */
const proof = "llm-provider.overridden";

/** Settings with which a clone could make git run programs. `cat-file` and `status` reach a transport if an object is missing. */
const overrides: readonly Setting[] = [
  [proof, "true"],
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["core.pager", "cat"],
  ["core.sshCommand", ""],
  ["core.askPass", ""],
  ["credential.helper", ""],
  ["diff.external", ""],
  ["gpg.program", ""],
  ["protocol.allow", "never"],
  ["submodule.recurse", "false"],
];

/** An environment can contain a few hundred settings; an honest clone has one or two filters. */
const mostPrograms = 100;

/** Settings that are kept from the user's environment. Every other GIT_ variable may point at another repository, or write a trace. */
const ownVariables = new Set(["GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_EXEC_PATH"]);

/**
 * Git for a clone that someone else made, whose configuration may name programs: content filters, hooks, a file monitor,
 * transports. All of them are switched off before the first command that could start one. Rejects with a sentence if
 * git does not support that.
 */
export async function openGit(
  folder: string,
  { timeout = 60_000 }: { readonly timeout?: number } = {},
): Promise<RunGit> {
  const listed = await run(folder, timeout, overrides, ["config", "--list", "--includes", "--name-only", "-z"]);
  const keys = listed.split("\0");
  if (!keys.includes(proof)) throw refusal("This git is too old to run safely here: 2.31 or newer is required.", 2);
  const programs = namedPrograms(keys);
  if (programs.length > mostPrograms) {
    throw refusal(`The clone's configuration names ${programs.length} filters and hooks: too many to switch off.`);
  }
  const settings = [...overrides, ...programs.flatMap(switchedOff)];
  return async (...command) => run(folder, timeout, settings, command);
}

/** The sections of filters and of hooks, such as `filter.lfs`. A name may contain any character but a line end. */
function namedPrograms(keys: readonly string[]): string[] {
  return [...new Set(keys.flatMap((key) => /^((?:filter|hook)\.[^]+)\.[^.]+$/.exec(key)?.[1] ?? []))];
}

function switchedOff(section: string): Setting[] {
  if (section.startsWith("hook.")) return [[`${section}.enabled`, "false"]];
  return [
    [`${section}.clean`, ""],
    [`${section}.smudge`, ""],
    [`${section}.process`, ""],
    [`${section}.required`, "false"],
  ];
}

async function run(
  folder: string,
  timeout: number,
  settings: readonly Setting[],
  command: readonly string[],
): Promise<string> {
  // Not in the clone: Windows would look for a `git.exe` there first.
  const cwd = dirname(process.execPath);
  const args = ["-C", folder, "--no-pager", "--no-optional-locks", ...command];
  const options = { cwd, env: environment(settings), timeout, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile("git", args, options, (error, out, complaint) => {
      if (!error) resolve(out);
      else if (error.code === "ENOENT") reject(refusal("git cannot be run. Install it, or put it on the PATH.", 2));
      else if (error.killed)
        reject(refusal(`\`git ${command[0]}\` did not finish. Look for pipes or huge files in the clone.`));
      else reject(refusal(`\`git ${command.join(" ")}\` failed: ${complaint.trim() || error.message}`));
    });
  });
}

function environment(settings: readonly Setting[]): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_") || ownVariables.has(name));
  const set = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(set),
    GIT_CONFIG_COUNT: String(settings.length),
    // No protocol has this name, so a missing object causes an error instead of a fetch.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}
