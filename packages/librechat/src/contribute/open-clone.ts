import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { inside } from "./inside.ts";
import { refusal } from "./refusal.ts";
import { runGit } from "./run-git.ts";

/** No run of ours changes as many files. */
const mostChanged = 100;

/** A clone with a work tree. Paths are relative to its top, with slashes. */
export type Clone = {
  /** Absent when HEAD is detached. */
  readonly branch?: string;
  /** Paths that differ from the last commit, or that git does not know. */
  readonly changed: readonly string[];
  list(folder: string): readonly string[];
  /** The file as it was committed last; absent when there was none. */
  read(path: string): string | undefined;
  /** The file as it stands in the work tree, which differs from `read` for `changed` paths only. */
  readWorkTree(path: string): string | undefined;
  write(path: string, text: string): void;
  hasBranch(name: string): Promise<boolean>;
  createBranch(name: string): Promise<void>;
};

/** Opens the clone whose top is `path`, and says what is changed in it. */
export async function openClone(path: string): Promise<Clone> {
  const given = resolve(path);
  if (!statSync(given, { throwIfNoEntry: false })?.isDirectory()) throw refusal(`There is no folder ${path}.`, 2);
  const root = realpathSync(given);
  const top = await runGit(root, ["rev-parse", "--show-toplevel"]).catch((error: Error) => {
    throw refusal(`${path} is no git clone with a work tree. ${error.message}`, 2);
  });
  if (realpathSync(top.trim()) !== root) throw refusal(`${path} is not the top of its clone. Name ${top.trim()}.`, 2);

  const status = await runGit(root, [
    "status",
    "--porcelain=v1",
    "--branch",
    "-z",
    "--no-renames",
    "--untracked-files=all",
  ]);
  const [head = "", ...entries] = status.split("\0");
  const branch = /^## (?:No commits yet on )?(\S+?)(?:\.\.\.|$)/.exec(head)?.[1];
  const changed = entries.flatMap((entry) => (entry === "" ? [] : [entry.slice(3)]));
  const committed = await readCommitted(root, changed.slice(0, mostChanged));
  const readWorkTree = (file: string) => readText(inside(root, file));
  return {
    ...(branch !== undefined && { branch }),
    changed,
    list: (folder) => readdirSync(inside(root, folder)),
    read: (file) => (committed.has(file) ? committed.get(file) : readWorkTree(file)),
    readWorkTree,
    write: (file, text) => writeText(inside(root, file), text),
    hasBranch: async (name) => {
      const found = await runGit(root, ["branch", "--list", "--format=%(refname:short)", name]);
      return found.trim() !== "";
    },
    createBranch: async (name) => {
      await runGit(root, ["switch", "--quiet", "--create", name]);
    },
  };
}

/** The last commit's text of these files. */
async function readCommitted(root: string, paths: readonly string[]): Promise<Map<string, string | undefined>> {
  const texts = new Map<string, string | undefined>();
  // A file that is new has none.
  for (const path of paths)
    texts.set(path, await runGit(root, ["cat-file", "blob", `HEAD:${path}`]).catch(() => undefined));
  return texts;
}

function readText(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined;
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}
