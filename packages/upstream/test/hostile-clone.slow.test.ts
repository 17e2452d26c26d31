import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { contribute, type Contribution } from "@llm-provider/upstream";
import { afterEach, describe, expect, it } from "vitest";
import { openGit } from "../src/clone/open-git.ts";
import { acme } from "./acme.ts";
import { addSubmodule, type HostileClone, hostileClone, loseBlob, plainGit } from "./hostile-clone.ts";

// In an untrusted clone, git runs only with filters, hooks, fsmonitor, pagers and external diffs switched off. Each case first proves
// that plain git would run the program.

interface Case {
  prepare(clone: HostileClone): void;
  /** The git commands that run the program. */
  readonly typed: readonly (readonly string[])[];
  /** The error of `contribute` if the clone cannot be used at all. */
  readonly refusal?: RegExp;
}

const status = [["status"]];
const everyFile = (driver: string) => `* filter=${driver} diff=${driver}\n`;

/** A section of git's configuration with a filter. */
const filterSection = ({ program }: HostileClone) => `[filter "x"]\n\tclean = "${program}; cat"\n`;

/** Adds a remote and removes an object, which git would fetch from it. */
function partialClone(clone: HostileClone, url: string): void {
  clone.config("core.repositoryformatversion", "1");
  clone.config("extensions.partialClone", "origin");
  clone.config("remote.origin.promisor", "true");
  clone.config("remote.origin.url", url);
  loseBlob(clone);
}
const lostBlob = [["cat-file", "blob", "HEAD:content/docs/configuration/librechat_yaml/ai_endpoints/bolt.mdx"]];
const notCommitted = /^The clone has changes that are not committed: /;

function hookFile(clone: HostileClone, folder: string): void {
  for (const event of ["reference-transaction", "post-checkout", "post-index-change"])
    clone.inGit(`${folder}/${event}`, `#!/bin/sh\n${clone.program}\n`, 0o755);
}

const cases: { readonly [name: string]: Case } = {
  "filter.x.clean with .git/info/attributes": {
    prepare: (clone) => {
      clone.config("filter.x.clean", `${clone.program}; cat`);
      clone.inGit("info/attributes", everyFile("x"));
    },
    typed: status,
  },
  "filter.x.clean with attributes that are committed": {
    prepare: (clone) => {
      appendFileSync(join(clone.path, ".gitattributes"), everyFile("x"));
      clone.git("commit", "--all", "--quiet", "--message", "Attributes");
      clone.config("filter.x.clean", `${clone.program}; cat`);
      utimesSync(join(clone.path, "package.json"), 0, 0);
    },
    typed: status,
  },
  "a required filter.x.process whose name has signs in it": {
    prepare: (clone) => {
      clone.inGit("info/attributes", everyFile("a=b.c.clean"));
      clone.config("filter.a=b.c.clean.process", clone.program);
      clone.config("filter.a=b.c.clean.required", "true");
    },
    typed: status,
  },
  "filter.x.smudge": {
    prepare: (clone) => {
      clone.config("filter.x.smudge", `${clone.program}; cat`);
      clone.inGit("info/attributes", everyFile("x"));
    },
    typed: [["checkout-index", "--force", "--all"]],
  },
  "a filter in an included file": {
    prepare: (clone) => {
      clone.inGit("more", filterSection(clone));
      clone.config("include.path", "more");
      clone.inGit("info/attributes", everyFile("x"));
    },
    typed: status,
  },
  "a filter in a file that only the new branch includes": {
    prepare: (clone) => {
      clone.inGit("more", filterSection(clone));
      clone.config("includeIf.onbranch:docs/**.path", "more");
      clone.inGit("info/attributes", everyFile("x"));
    },
    typed: [["switch", "--quiet", "--create", "docs/x"], ...status],
  },
  "a filter in the configuration of the work tree": {
    prepare: (clone) => {
      clone.config("extensions.worktreeConfig", "true");
      clone.inGit("config.worktree", filterSection(clone));
      clone.inGit("info/attributes", everyFile("x"));
    },
    typed: status,
  },
  "a filter in a submodule": {
    prepare: (clone) => {
      const sub = addSubmodule(clone);
      clone.inGit("modules/sub/info/attributes", everyFile("x"));
      appendFileSync(join(clone.path, ".git/modules/sub/config"), filterSection(clone));
      utimesSync(join(sub, "package.json"), 0, 0);
      for (const [key, value] of [
        ["submodule.recurse", "true"],
        ["submodule.sub.ignore", "none"],
        ["diff.ignoreSubmodules", "none"],
        ["status.submoduleSummary", "true"],
      ] as const)
        clone.config(key, value);
    },
    typed: status,
  },
  "core.fsmonitor": {
    prepare: (clone) => clone.config("core.fsmonitor", clone.program),
    typed: status,
  },
  "files in .git/hooks": {
    prepare: (clone) => hookFile(clone, "hooks"),
    typed: [["switch", "--quiet", "--create", "x"]],
  },
  "files in core.hooksPath": {
    prepare: (clone) => {
      hookFile(clone, "other");
      clone.config("core.hooksPath", ".git/other");
    },
    typed: [["switch", "--quiet", "--create", "x"]],
  },
  "diff.external": {
    prepare: (clone) => {
      clone.config("diff.external", clone.program);
      writeFileSync(join(clone.path, "package.json"), "{}\n");
    },
    typed: [["diff"]],
    refusal: notCommitted,
  },
  "diff.x.textconv": {
    prepare: (clone) => {
      clone.config("diff.x.textconv", `${clone.program}; cat`);
      clone.inGit("info/attributes", everyFile("x"));
      writeFileSync(join(clone.path, "package.json"), "{}\n");
    },
    typed: [["diff"]],
    refusal: notCommitted,
  },
  "gpg.program": {
    prepare: (clone) => {
      clone.inGit("sign", `#!/bin/sh\n${clone.program}\n`, 0o755);
      clone.config("gpg.program", join(clone.path, ".git/sign"));
      for (const key of ["commit.gpgSign", "tag.gpgSign", "log.showSignature"]) clone.config(key, "true");
    },
    typed: [["-c", "user.name=x", "-c", "user.email=x", "commit", "--allow-empty", "--message", "x"]],
  },
  "core.sshCommand, an object that is missing": {
    prepare: (clone) => {
      partialClone(clone, "ssh://localhost/x");
      clone.config("core.sshCommand", clone.program);
    },
    typed: lostBlob,
    refusal: notCommitted,
  },
  "core.gitProxy, an object that is missing": {
    prepare: (clone) => {
      partialClone(clone, "git://localhost/x");
      clone.inGit("proxy", `#!/bin/sh\n${clone.program}\n`, 0o755);
      clone.config("core.gitProxy", join(clone.path, ".git/proxy"));
    },
    typed: lostBlob,
    refusal: notCommitted,
  },
  "a remote of the kind ext::, an object that is missing": {
    prepare: (clone) => {
      clone.inGit("fetch", `#!/bin/sh\n${clone.program}\n`, 0o755);
      partialClone(clone, `ext::${join(clone.path, ".git/fetch")}`);
      clone.config("protocol.ext.allow", "always");
    },
    typed: lostBlob,
    refusal: notCommitted,
  },
  "remote.origin.uploadpack, an object that is missing": {
    prepare: (clone) => {
      partialClone(clone, clone.path);
      clone.config("remote.origin.uploadpack", `${clone.program}; git-upload-pack`);
    },
    typed: lostBlob,
    refusal: notCommitted,
  },
};

async function run(clone: HostileClone, dryRun: boolean): Promise<Contribution> {
  return contribute({ definitions: [acme], path: clone.path, env: {}, dryRun });
}

describe.each(Object.entries(cases))("%s", (_, { prepare, typed, refusal }) => {
  it("runs with plain git", () => {
    const clone = hostileClone();
    prepare(clone);
    clone.hasRun();
    for (const command of typed) plainGit(clone, ...command);
    expect(clone.hasRun()).toBe(true);
  });

  it.each([true, false])("does not run in contribute (dry run: %s)", async (dryRun) => {
    const clone = hostileClone();
    prepare(clone);
    clone.hasRun();
    if (refusal) await expect(run(clone, dryRun)).rejects.toThrow(refusal);
    else expect((await run(clone, dryRun)).edits.length).toBeGreaterThan(0);
    // A second run reads the changes of the first.
    if (!refusal && !dryRun) expect((await run(clone, dryRun)).isWritten).toBe(true);
    expect(clone.hasRun()).toBe(false);
  });
});

describe("a clone whose configuration names programs", () => {
  const path = process.env["PATH"];
  afterEach(() => void (process.env["PATH"] = path));

  it("has its configured hooks (git 2.54 and later) switched off by name", async () => {
    const clone = hostileClone();
    clone.config("hook.sly.one.command", clone.program);
    clone.config("hook.sly.one.event", "reference-transaction");
    const git = await openGit(clone.path);
    expect(await git("config", "--get", "hook.sly.one.enabled")).toBe("false\n");
    await run(clone, false);
    expect(clone.hasRun()).toBe(false);
  });

  it("runs no pager, editor, password helper or alias", async () => {
    const clone = hostileClone();
    const keys = ["core.pager", "pager.status", "pager.config", "core.editor", "core.askPass", "credential.helper"];
    for (const key of keys) clone.config(key, clone.program);
    for (const verb of ["status", "rev-parse", "config", "update-ref"])
      clone.config(`alias.${verb}`, `!${clone.program}`);
    await run(clone, false);
    expect(clone.hasRun()).toBe(false);
  });

  it("is refused if it names too many", async () => {
    const clone = hostileClone();
    const sections = Array.from({ length: 101 }, (_, index) => `[filter "f${index}"]\n\tclean = ${clone.program}\n`);
    appendFileSync(join(clone.path, ".git/config"), sections.join(""));
    await expect(run(clone, true)).rejects.toThrow("names 101 filters and hooks: too many to switch off");
  });

  it("is not searched for git", async () => {
    const clone = hostileClone({ git: "#!/bin/sh\n" });
    writeFileSync(join(clone.path, "git"), `#!/bin/sh\n${clone.program}\n`);
    chmodSync(join(clone.path, "git"), 0o755);
    process.env["PATH"] = `.${delimiter}${path}`;
    spawnSync("git", ["--version"], { cwd: clone.path });
    expect(clone.hasRun()).toBe(true);
    await expect(run(clone, true)).rejects.toThrow(notCommitted);
    expect(clone.hasRun()).toBe(false);
  });

  it("is refused if git is too old to switch programs off", async () => {
    const clone = hostileClone();
    const folder = mkdtempSync(join(tmpdir(), "old-git-"));
    // 2.30 does not read GIT_CONFIG_COUNT.
    const old = `#!/bin/sh\nunset GIT_CONFIG_COUNT\nPATH='${path}' exec git "$@"\n`;
    writeFileSync(join(folder, "git"), old, { mode: 0o755 });
    process.env["PATH"] = `${folder}${delimiter}${path}`;
    await expect(run(clone, true)).rejects.toThrow("This git is too old");
    rmSync(folder, { recursive: true });
  });

  it("cannot block git forever", async () => {
    const clone = hostileClone();
    spawnSync("mkfifo", [join(clone.path, ".gitignore")]);
    expect(existsSync(join(clone.path, ".gitignore"))).toBe(true);
    const git = await openGit(clone.path, { timeout: 500 });
    await expect(git("status")).rejects.toThrow("`git status` did not finish. Look for pipes");
  });

  it("cannot point at another repository or work tree", async () => {
    const clone = hostileClone();
    clone.config("core.worktree", hostileClone().path);
    await expect(run(clone, false)).rejects.toThrow("is not the top of its clone");
  });
});
