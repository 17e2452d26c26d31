import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toEndpoint } from "@llm-provider/librechat";
import { contribute, type Contribution, type ContributeOptions } from "@llm-provider/upstream";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { acme, zenith } from "./acme.ts";
import { type FakeClone, fakeClone, guides, type Layout, oldPage } from "./fake-clone.ts";

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 2h20v20H2z"/></svg>`;

function run(clone: FakeClone, options: Partial<ContributeOptions> = {}): Promise<Contribution> {
  return contribute({ definitions: [acme], path: clone.path, env: {}, ...options });
}

function text(clone: FakeClone, path: string): string {
  return readFileSync(join(clone.path, path), "utf8");
}

function commit(clone: FakeClone): void {
  clone.git("add", "--all");
  clone.git("commit", "--quiet", "--message", "Work");
}

/** Returns the endpoint in a page's block, parsed as it is after a user pastes it. */
function blockOf(page: string): unknown {
  const [, block] = /```yaml filename="librechat.yaml"\n([^]*?)```/.exec(page)!;
  return (parse(`endpoints:\n  custom:\n${block!}`) as { endpoints: { custom: unknown[] } }).endpoints.custom[0];
}

describe.each<Layout>(["lines", "compact"])("a new guide with registries in the layout %s", (layout) => {
  it("writes page, list and icon on a new branch, and commits nothing", async () => {
    const clone = fakeClone({}, layout);
    const head = clone.git("rev-parse", "HEAD");
    const result = await run(clone, { icon });
    expect(result.branch).toBe("docs/acme-endpoint");
    expect(clone.git("branch", "--show-current").trim()).toBe("docs/acme-endpoint");
    expect(clone.git("rev-parse", "HEAD")).toBe(head);
    expect(result.edits.map(({ path }) => path).sort()).toEqual([
      "components/icons/providers/acme.tsx",
      "components/icons/providers/index.ts",
      `${guides}/acme.mdx`,
      `${guides}/meta.json`,
      "lib/icons.tsx",
    ]);
    const page = text(clone, `${guides}/acme.mdx`);
    expect(page).toMatch(/^---\ntitle: Acme Cloud\nicon: AcmeCloud\n/);
    expect(page).toContain("ACME_API_KEY=your-api-key");
    expect(blockOf(page)).toEqual(toEndpoint(acme, { target: "0.8.8", keys: "env" }));
  });

  it("inserts whole lines or items into the registries in alphabetical order", async () => {
    const clone = fakeClone({}, layout);
    const { edits } = await run(clone, { icon });
    for (const { before, after } of edits.filter((edit) => edit.before !== undefined)) {
      let position = 0;
      for (const sign of after) if (sign === before![position]) position++;
      expect(position).toBe(before!.length);
    }
    const pages = (JSON.parse(text(clone, `${guides}/meta.json`)) as { pages: string[] }).pages;
    expect(pages).toEqual(
      layout === "lines" ? ["acme", "bolt", "comet", "nova"] : ["index", "acme", "bolt", "...", "nova"],
    );
    expect(text(clone, "components/icons/providers/index.ts")).toMatch(
      /^export \{ default as AcmeCloudIcon \} from ['"]\.\/acme['"];?\nexport \{ default as BoltIcon/,
    );
    const map = text(clone, "lib/icons.tsx");
    expect(map).toContain("import {\n  AcmeCloudIcon,\n  BoltIcon,");
    expect(map).toContain("  AcmeCloud: <AcmeCloudIcon />,\n  Bolt: <BoltIcon />,");
  });

  it("appends an entry that comes last in the alphabet", async () => {
    const clone = fakeClone({}, layout);
    await run(clone, { definitions: [zenith], icon });
    expect((JSON.parse(text(clone, `${guides}/meta.json`)) as { pages: string[] }).pages.at(-1)).toBe("zenith");
    expect(text(clone, "components/icons/providers/index.ts")).toMatch(
      /nova['"];?\nexport \{ default as Zenith\w*Icon \}/,
    );
    // The name of an existing general icon is not reused.
    const name = layout === "lines" ? "ZenithBrand" : "Zenith";
    expect(text(clone, "lib/icons.tsx")).toContain(`  Nova: <NovaIcon />,\n  ${name}: <${name}Icon />,\n}`);
  });

  it("can be run again before and after the commit", async () => {
    const clone = fakeClone({}, layout);
    const first = await run(clone, { icon });
    const status = clone.git("status", "--porcelain");
    const again = await run(clone, { icon });
    expect(again.isWritten).toBe(true);
    expect(again.pullRequest).toEqual(first.pullRequest);
    expect(clone.git("status", "--porcelain")).toBe(status);
    commit(clone);
    const later = await run(clone, { icon });
    expect(later.edits).toEqual([]);
    expect((await run(clone)).edits).toEqual([]);
    expect((await run(clone, { rewrite: true })).edits).toEqual([]);
    expect(clone.git("status", "--porcelain")).toBe("");
  });
});

describe("a refresh", () => {
  const extra = { [`${guides}/acme.mdx`]: oldPage };

  it("updates block, variable and notes and keeps all other text", async () => {
    const clone = fakeClone(extra);
    const { guides: plans, edits } = await run(clone);
    expect(edits.map(({ path }) => path)).toEqual([`${guides}/acme.mdx`, `${guides}/meta.json`]);
    const page = text(clone, `${guides}/acme.mdx`);
    expect(blockOf(page)).toEqual(toEndpoint(acme, { target: "0.8.8", keys: "env" }));
    expect(page).toContain("\nACME_API_KEY=put-it-here\n");
    expect(page).not.toContain("the clever one");
    expect(page).not.toContain("and it says so");
    const [opening, rest] = [page.slice(0, page.indexOf("```bash")), page.slice(page.indexOf("## Notes"))];
    expect(opening).toBe(oldPage.slice(0, oldPage.indexOf("```bash")));
    expect(rest).toMatch(
      /^## Notes\n\n- Acme forgets nothing.*\n- Fetching its models is fine\.\n- LibreChat offers the models/,
    );
    expect(rest.endsWith(oldPage.slice(oldPage.indexOf("\n<Callout>")))).toBe(true);
    expect(plans[0]!.refreshed!.goneModels).toEqual(["condor-1", "condor-0"]);
    expect(plans[0]!.refreshed!.removedNotes).toEqual(["- `condor-1` is the clever one,\n  and it says so."]);
  });

  it("lists the lines that a person should read", async () => {
    const { guides: plans } = await run(fakeClone(extra), { dryRun: true });
    const why = plans[0]!.linesToRead.map(({ line, why: reason }) => `${line} ${reason}`);
    expect(why).toEqual([
      "7 names Condor; no model of the block is called that",
      "11 links to another page for keys than the definition: https://acme.example/keys",
      expect.stringMatching(/^\d+ mentions `stop`, which the block no longer drops$/),
      expect.stringMatching(/^\d+ mentions fetching; `fetch` is false now$/),
    ]);
  });

  it("lists further blocks and does not change them", async () => {
    const other =
      '```yaml filename="librechat.yaml"\n    - name: "Acme"\n      baseURL: "https://other.example"\n```\n';
    const clone = fakeClone({ [`${guides}/acme.mdx`]: oldPage.replace("## More\n", `## More\n\n${other}`) });
    const { guides: plans } = await run(clone);
    const page = text(clone, `${guides}/acme.mdx`);
    expect(page).toContain(other);
    const { line, why } = plans[0]!.linesToRead.at(-1)!;
    expect(page.split("\n")[line - 1]).toBe('    - name: "Acme"');
    expect(why).toMatch(/another block/);
  });

  it("describes the changes for the reviewer in the pull request", async () => {
    const { pullRequest, commitMessage, checks } = await run(fakeClone(extra), { dryRun: true });
    expect(commitMessage).toBe("docs: refresh Acme Cloud endpoint guide");
    expect(checks).toEqual(["pnpm typecheck", "pnpm lint", "pnpm test"]);
    expect(pullRequest.body).toContain(
      "`condor-1` (switched off on 2026-03-01; its successor is `acme-wide-2`); `condor-0`.",
    );
    expect(pullRequest.body).toContain("`name` was `acme` and is `Acme Cloud`. An installation stores keys");
    expect(pullRequest.body).toContain("No longer dropped: `stop`.");
    expect(pullRequest.body).toContain("https://docs.acme.example/models (read on 2026-11-20)");
    expect(pullRequest.body).not.toContain("- [x]");
  });

  it("keeps Windows line ends", async () => {
    const clone = fakeClone({ [`${guides}/acme.mdx`]: oldPage.replaceAll("\n", "\r\n") });
    await run(clone);
    const page = text(clone, `${guides}/acme.mdx`);
    expect(page.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect((await run(clone)).isWritten).toBe(true);
  });

  it("keeps later changes by a person", async () => {
    const clone = fakeClone(extra);
    await run(clone);
    const path = join(clone.path, guides, "acme.mdx");
    writeFileSync(path, readFileSync(path, "utf8").replace("fast birds such as Condor", "fast birds"));
    await expect(run(clone)).rejects.toThrow(/not committed/);
    commit(clone);
    expect((await run(clone)).edits).toEqual([]);
    expect(readFileSync(path, "utf8")).toContain("fast birds and Wide");
  });

  it("rewrites the page if requested and keeps its icon", async () => {
    const clone = fakeClone(extra);
    const { guides: plans } = await run(clone, { rewrite: true });
    expect(plans[0]!.kind).toBe("rewritten");
    expect(text(clone, `${guides}/acme.mdx`)).toMatch(/^---\ntitle: Acme Cloud\nicon: Bolt\n/);
    expect(text(clone, `${guides}/acme.mdx`)).not.toContain("dragons");
  });

  it("finds a page with another name by the endpoint's host", async () => {
    const clone = fakeClone({ [`${guides}/acmecloud.mdx`]: oldPage, [`${guides}/acmecloud.de.mdx`]: oldPage });
    const { guides: plans } = await run(clone);
    expect(plans[0]!.path).toBe(`${guides}/acmecloud.mdx`);
    expect(text(clone, `${guides}/acmecloud.de.mdx`)).toBe(oldPage);
  });

  it("handles several providers in one change", async () => {
    const clone = fakeClone(extra);
    const result = await run(clone, { definitions: [acme, zenith] });
    expect(result.commitMessage).toBe("docs: add Zenith, refresh Acme Cloud endpoint guides");
    expect(result.branch).toBe("docs/acme-zenith-endpoint");
    expect((JSON.parse(text(clone, `${guides}/meta.json`)) as { pages: string[] }).pages).toEqual([
      "acme",
      "bolt",
      "comet",
      "nova",
      "zenith",
    ]);
  });
});

describe("refusals", () => {
  async function refused(
    clone: FakeClone,
    options: Partial<ContributeOptions>,
    message: RegExp,
    exitCode = 1,
  ): Promise<void> {
    const before = clone.git("status", "--porcelain", "--branch");
    await expect(run(clone, options)).rejects.toMatchObject({ message: expect.stringMatching(message), exitCode });
    expect(clone.git("status", "--porcelain", "--branch")).toBe(before);
  }

  it("refuses a clone with changed, staged or untracked files", async () => {
    for (const path of ["package.json", "new file.txt", `${guides}/acme.mdx`]) {
      const clone = fakeClone();
      writeFileSync(join(clone.path, path), "x\n");
      await refused(clone, {}, /^The clone has changes that are not committed: /);
      clone.git("add", "--all");
      await refused(clone, {}, /^The clone has changes that are not committed: /);
    }
  });

  it("refuses a folder that is not a clone, not its top, or another repository", async () => {
    const clone = fakeClone();
    await refused(clone, { path: join(clone.path, "nowhere") }, /^There is no folder/, 2);
    await refused(clone, { path: join(clone.path, "lib") }, /is not the top of its clone/, 2);
    const other = fakeClone();
    other.git("rm", "-r", "--quiet", "--", guides);
    commit(other);
    await refused(other, {}, /meta\.json is missing: this is not a clone of LibreChat-AI\/librechat\.ai/, 2);
    mkdirSync(join(other.path, "plain"));
    renameSync(join(other.path, ".git"), join(other.path, "plain", "git"));
    await expect(run(other)).rejects.toThrow(/is not a git clone with a work tree/);
  });

  it("refuses an existing branch and an invalid branch name", async () => {
    const clone = fakeClone();
    clone.git("branch", "docs/acme-endpoint");
    await refused(clone, {}, /already has a branch docs\/acme-endpoint/);
    await refused(clone, { branch: "--force" }, /is not a valid branch name/, 2);
    await refused(clone, { branch: "a..b" }, /is not a valid branch name/, 2);
    expect((await run(clone, { branch: "docs/other" })).branch).toBe("docs/other");
  });

  it("refuses a clone in the middle of a merge or a rebase", async () => {
    for (const state of ["MERGE_HEAD", "rebase-merge"]) {
      const clone = fakeClone();
      writeFileSync(join(clone.path, ".git", state), clone.git("rev-parse", "HEAD"));
      await refused(clone, {}, /^A merge, rebase or bisect is under way in the clone/);
    }
  });

  it("accepts a package.json of any shape, and refuses invalid JSON", async () => {
    for (const content of ['{ "scripts": null }', '{ "scripts": "test" }', "{}", "null", "[]", "7"]) {
      expect((await run(fakeClone({ "package.json": content }), { dryRun: true })).checks).toEqual([]);
    }
    await refused(fakeClone({ "package.json": "{" }), {}, /^package\.json is not valid JSON/);
  });

  it("refuses registries with an unknown layout and says which", async () => {
    const unknown = {
      [`${guides}/meta.json`]: '{ "title": "x" }\n',
      "components/icons/providers/index.ts": "export * from './all'\n",
      "lib/icons.tsx": "export const all = {}\n",
    };
    for (const [path, content] of Object.entries(unknown)) {
      await refused(fakeClone({ [path]: content }), { icon }, /its layout has changed/);
    }
    await refused(
      fakeClone({ [`${guides}/acme.mdx`]: "---\ntitle: Acme\n---\nSoon.\n" }),
      {},
      /no block of librechat\.yaml with one endpoint/,
    );
    await refused(
      fakeClone({ [`${guides}/acme.mdx`]: oldPage.replace("\n", "\r\n") }),
      {},
      /mixes Windows and Unix line ends/,
    );
  });

  it("refuses a page that is a pipe", async () => {
    const clone = fakeClone();
    execFileSync("mkfifo", [join(clone.path, guides, "acme.mdx")]);
    await refused(clone, {}, /acme\.mdx is a pipe\. Name a regular file/);
  });

  it("refuses links that lead out of the clone", async () => {
    const outside = fakeClone({ "secret.mdx": oldPage });
    const page = fakeClone();
    symlinkSync(join(outside.path, "secret.mdx"), join(page.path, guides, "acme.mdx"));
    commit(page);
    await refused(page, {}, /acme\.mdx is a link, or its folder is one/);

    const folder = fakeClone();
    renameSync(join(folder.path, "content"), join(outside.path, "content2"));
    symlinkSync(join(outside.path, "content2"), join(folder.path, "content"));
    commit(folder);
    await refused(folder, {}, /is a link, or its folder is one/);
    expect(existsSync(join(outside.path, "content2/docs/configuration/librechat_yaml/ai_endpoints/acme.mdx"))).toBe(
      false,
    );
  });

  it("does not run the clone's hooks", async () => {
    const clone = fakeClone();
    const trace = join(clone.path, ".git", "ran");
    writeFileSync(join(clone.path, ".git", "hooks", "post-checkout"), `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
    await run(clone);
    expect(existsSync(trace)).toBe(false);
  });

  it("refuses names and URLs that would be code on a page", async () => {
    const clone = fakeClone();
    await refused(
      clone,
      { definitions: [{ ...acme, id: "../x" }] },
      /definition of \.\.\/x is invalid|cannot be the id/,
    );
    await refused(clone, { definitions: [{ ...acme, id: "index" }] }, /cannot be the id of a page/);
    await refused(
      clone,
      { definitions: [{ ...acme, name: "Acme {process.exit()}" }] },
      /The name of acme is not safe on a page/,
    );
    await refused(clone, { definitions: [{ ...acme, name: "<b>Acme" }] }, /The name of acme is not safe on a page/);
    await refused(clone, { definitions: [{ ...acme, docs: "https://acme.example/)<x>" }] }, /is not safe in a link/);
    await refused(clone, { definitions: [] }, /Name the provider/, 2);
    await refused(clone, { definitions: [{ ...acme, smallModel: "none" }] }, /is invalid\. smallModel/);
    await refused(clone, { definitions: [acme, zenith], icon }, /belongs to one provider/, 2);
  });

  it("writes nothing in a dry run", async () => {
    const clone = fakeClone();
    // Otherwise git would update its index after reading the file.
    utimesSync(join(clone.path, "package.json"), 0, 0);
    const index = readFileSync(join(clone.path, ".git/index"));
    const plan = await run(clone, { dryRun: true, icon });
    expect(readFileSync(join(clone.path, ".git/index")).equals(index)).toBe(true);
    expect([plan.branch, plan.isNewBranch, plan.edits.length]).toEqual(["docs/acme-endpoint", true, 5]);
    expect(clone.git("status", "--porcelain")).toBe("");
    expect(clone.git("branch", "--show-current").trim()).toBe("main");
  });
});

describe("keys", () => {
  const canary = "canary-7Qm2vX9tLw4ZpRk8";
  const shaped = "gsk_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij0123456789";
  const places: { readonly [place: string]: (key: string) => Partial<ContributeOptions> } = {
    "an error's example": (key) => ({
      definitions: [
        {
          ...acme,
          errors: [
            {
              status: 401,
              code: "invalid-key",
              hint: "Look.",
              source: "models",
              example: { error: { message: `wrong ${key}` } },
            },
          ],
        },
      ],
    }),
    "a base URL": (key) => ({ definitions: [{ ...acme, baseURL: `https://api.acme.example/${key}` }] }),
    "a model's id": (key) => ({
      definitions: [{ ...acme, models: { ...acme.models, [`m-${key}`]: { source: "models" } } }],
    }),
    "a page": (key) => ({
      definitions: [{ ...acme, docs: `https://docs.acme.example/?key=${encodeURIComponent(key)}` }],
    }),
    "an icon's attribute": (key) => ({ icon: icon.replace("<path", `<path transform="${key.replaceAll("_", "-")}"`) }),
  };

  it.each(Object.keys(places))("refuses a key in %s and never repeats it", async (place) => {
    for (const [key, env] of [
      [canary, { ACME_API_KEY: canary }],
      [canary, { SOME_OTHER_TOKEN: canary }],
      [shaped, {}],
    ] as const) {
      if (place === "an icon's attribute" && key === shaped) continue;
      const clone = fakeClone();
      const error: unknown = await run(clone, { ...places[place]!(key), env }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(String((error as Error).message)).toMatch(/contains a key, at `|looks like a key would be written/);
      expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toContain(key);
      expect(clone.git("status", "--porcelain")).toBe("");
    }
  });

  it("does not mistake a page's placeholder for a key, and never writes another variable's value", async () => {
    const clone = fakeClone({ [`${guides}/acme.mdx`]: oldPage });
    const result = await run(clone, { env: { ACME_API_KEY: "your-api-key", OTHER_API_KEY: canary } });
    const said = JSON.stringify(result) + clone.git("diff") + text(clone, `${guides}/acme.mdx`);
    expect(said).not.toContain(canary);
  });
});
