import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { refusal } from "../refusal.ts";
import { cloneFiles, type CloneFiles } from "./clone-files.ts";
import { openGit, type RunGit } from "./open-git.ts";

/** More files than any of our runs changes. */
const mostChanged = 100;

/** Files in git's folder while a merge, a rebase or the like is unfinished. */
const unfinished = ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG", "rebase-merge", "rebase-apply"];

/** A clone with a work tree. Paths are relative to its top, with slashes. */
export interface Clone extends Pick<CloneFiles, "list" | "write"> {
  /** Absent when HEAD is detached. */
  readonly branch?: string;
  /** Paths that differ from the last commit, or that git does not know. */
  readonly changed: readonly string[];
  /** The file as it was last committed; absent when there was none. */
  read(path: string): string | undefined;
  /** The file in the work tree, which differs from `read` for `changed` paths only. */
  readWorkTree(path: string): string | undefined;
  /** Rejects when a branch of that name cannot be made: a bad or taken name, an unfinished merge or rebase. */
  checkBranch(name: string): Promise<void>;
  /** Makes a branch at the last commit and switches to it. */
  createBranch(name: string): Promise<void>;
}

/** Opens the clone whose top is `path` and finds out what has changed in it. Runs no program that the clone names. */
export async function openClone(path: string): Promise<Clone> {
  const given = resolve(path);
  if (!statSync(given, { throwIfNoEntry: false })?.isDirectory()) throw refusal(`There is no folder ${path}.`, 2);
  const root = realpathSync(given);
  const git = await openGit(root);
  const top = await git("rev-parse", "--show-toplevel").catch((error: Error) => {
    throw refusal(`${path} is not a git clone with a work tree. ${error.message}`, 2);
  });
  if (realpathSync(top.trim()) !== root) throw refusal(`${path} is not the top of its clone. Name ${top.trim()}.`, 2);

  // Work trees of submodules are ignored: git would follow the configuration there.
  const status = await git(
    "status",
    "--porcelain=v1",
    "--branch",
    "--no-ahead-behind",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--ignore-submodules=dirty",
  );
  const [head = "", ...entries] = status.split("\0");
  const branch = /^## (?:No commits yet on )?(\S+?)(?:\.\.\.|$)/.exec(head)?.[1];
  const changed = entries.flatMap((entry) => (entry === "" ? [] : [entry.slice(3)]));
  const committed = await readCommitted(git, changed.slice(0, mostChanged));
  const { list, read, write } = cloneFiles(root);
  return {
    ...(branch !== undefined && { branch }),
    changed,
    list,
    read: (file) => (committed.has(file) ? committed.get(file) : read(file)),
    readWorkTree: read,
    write,
    checkBranch: (name) => checkBranch(git, root, name),
    createBranch: async (name) => {
      // Unlike `switch`, these two move no file, so no filter runs. The empty value means that it must not exist yet.
      await git("update-ref", "-m", "branch: Created from HEAD", `refs/heads/${name}`, "HEAD", "");
      const message = `checkout: moving from ${branch ?? "HEAD"} to ${name}`;
      await git("symbolic-ref", "-m", message, "HEAD", `refs/heads/${name}`);
    },
  };
}

async function checkBranch(git: RunGit, root: string, name: string): Promise<void> {
  if (!/^[A-Za-z0-9_][\w./-]*$/.test(name) || /\.\.|\/\/|[./]$|\.lock$/.test(name)) {
    throw refusal(`${JSON.stringify(name)} is not a valid branch name: use letters, digits, hyphens and slashes.`, 2);
  }
  if ((await git("for-each-ref", "--format=%(refname)", `refs/heads/${name}`)) !== "") {
    throw refusal(
      `The clone already has a branch ${name}. Switch to it with \`git switch ${name}\`, or choose another name with --branch.`,
    );
  }
  const paths = await git("rev-parse", ...unfinished.flatMap((state) => ["--git-path", state]));
  if (
    paths
      .trimEnd()
      .split("\n")
      .some((path) => existsSync(resolve(root, path)))
  ) {
    throw refusal("A merge, rebase or bisect is under way in the clone. Finish or abort it first.");
  }
}

/** The last commit's text of these files. */
async function readCommitted(git: RunGit, paths: readonly string[]): Promise<Map<string, string | undefined>> {
  const texts = new Map<string, string | undefined>();
  // A file that is new has none.
  for (const path of paths) texts.set(path, await git("cat-file", "blob", `HEAD:${path}`).catch(() => undefined));
  return texts;
}
